import Secrets
import Seeded
import Testing
import Tracks

/// The bits of a head, read into characters.
@Suite struct RawTrackTests {
    private static let one = "%\(Sample.track1)?"
    private static let two = ";\(Sample.track2)?"

    /// Each way in which bits of a card can come.
    struct Swipe: CustomTestStringConvertible, Sendable {
        let text: String
        let alphabet: RawAlphabet
        var zeros = 25
        var isReversed = false
        var isInverted = false
        var testDescription: String {
            "\(alphabet), \(zeros) zeros, reversed \(isReversed), inverted \(isInverted)"
        }

        var bits: BitComposer {
            var bits = BitComposer(text, alphabet, zeros: zeros)
            if isReversed { bits.reverse() }
            if isInverted { bits.invert() }
            return bits
        }
    }

    static let swipes = [(one, RawAlphabet.sixBit), (two, .fourBit), (";?", .fourBit)].flatMap {
        text, alphabet in
        [0, 1, 25, 700].flatMap { zeros in
            [false, true].flatMap { isReversed in
                [false, true].map { isInverted in
                    Swipe(
                        text: text, alphabet: alphabet, zeros: zeros, isReversed: isReversed,
                        isInverted: isInverted)
                }
            }
        }
    }

    @Test(arguments: swipes) func `reads either way and either polarity`(swipe: Swipe) throws {
        for alphabet in [nil, swipe.alphabet] {
            let read = try ReadRawTrack(swipe.bits, alphabet)
            #expect(read.text == swipe.text)
            #expect(read.track.isSound)
            #expect(read.track.alphabet == swipe.alphabet)
            #expect(read.track.isReversed == swipe.isReversed)
            #expect(read.track.isInverted == swipe.isInverted)
            #expect(read.track.leadingZeroBits == swipe.zeros)
            #expect(read.track.characterCount == swipe.text.utf8.count)
        }
    }

    @Test func `tells each single wrong bit, and where it is`() throws {
        for (text, alphabet) in [(Self.one, RawAlphabet.sixBit), (Self.two, .fourBit)] {
            let width = alphabet.bitsPerCharacter
            let count = text.utf8.count
            var cutShort = 0
            // A wrong bit of a sentinel leaves no track; one of any other character is told.
            for character in Array(1..<(count - 1)) + [count] {
                for bit in 0..<width {
                    var bits = BitComposer(text, alphabet, zeros: 9)
                    bits.flip(9 + character * width + bit)
                    let read = try ReadRawTrack(bits, alphabet)
                    #expect(!read.track.isSound)
                    guard character < count else { continue }
                    guard read.track.characterCount == count else {
                        cutShort += 1
                        continue
                    }
                    #expect(read.track.firstParityError == character)
                    #expect(read.track.parityErrorCount == 1)
                    #expect(read.track.isLRCRight == (bit == width - 1))
                }
            }
            // One bit makes an end sentinel of one character alone.
            #expect(cutShort == 1)
        }
    }

    @Test func `counts wrong parities and names the first`() throws {
        var bits = BitComposer(Self.two, .fourBit, zeros: 3)
        for character in [7, 4] { bits.flip(3 + character * 5 + 4) }
        let read = try ReadRawTrack(bits, nil)
        #expect(read.text == Self.two)
        #expect(read.track.firstParityError == 4)
        #expect(read.track.parityErrorCount == 2)
        #expect(read.track.isLRCRight && !read.track.isSound)
    }

    @Test func `tells a wrong check character by its value or its parity`() throws {
        let end = 3 + Self.two.utf8.count * 5
        for bit in 0..<5 {
            var bits = BitComposer(Self.two, .fourBit, zeros: 3)
            let right = try ReadRawTrack(bits, nil).track.lrc
            bits.flip(end + bit)
            let read = try ReadRawTrack(bits, nil)
            #expect(!read.track.isLRCRight && read.track.parityErrorCount == 0)
            #expect((read.track.lrc == right) == (bit == 4))
        }
    }

    static let unreadable: [(BitComposer, RawTrackFault)] = [
        (BitComposer(bits: []), .noStartSentinel),
        (BitComposer(bits: Array(repeating: 0, count: 48)), .noStartSentinel),
        (BitComposer(bits: Array(repeating: 1, count: 8)), .noStartSentinel),
        (BitComposer(bits: [1, 1, 0, 1, 0]), .noEndSentinel),
        (BitComposer(";\(String(repeating: "0", count: 106))?", .fourBit), .noEndSentinel),
        (BitComposer(two, .fourBit, zeros: 0).without(last: 4), .noLRC),
        (BitComposer(one, .sixBit, zeros: 0).without(last: 1), .noLRC),
    ]

    @Test(arguments: unreadable)
    func `says what keeps bits from being a track`(bits: BitComposer, fault: RawTrackFault) {
        #expect(throws: fault) { try ReadRawTrack(bits, nil) }
    }

    @Test func `takes a track of the most characters and none more`() throws {
        let longest = ";\(String(repeating: "0", count: 104))?"
        #expect(try ReadRawTrack(BitComposer(longest, .fourBit), nil).text == longest)
        let longer = BitComposer(";\(String(repeating: "0", count: 105))?", .fourBit)
        #expect(throws: RawTrackFault.noEndSentinel) { try ReadRawTrack(longer, .fourBit) }
    }

    @Test func `refuses noise that has sentinels`() {
        var bits = BitComposer(Self.two, .fourBit, zeros: 0)
        for character in stride(from: 1, to: 34, by: 3) { bits.flip(character * 5 + 4) }
        #expect(throws: RawTrackFault.noise) { try ReadRawTrack(bits, .fourBit) }
    }

    @Test(arguments: [-1, 17, Int.max]) func `refuses a count beyond the bytes`(count: Int) throws {
        let arena = try SecretArena(blocks: 1)
        var text = try arena.take(capacity: 1)
        let bytes: [UInt8] = [0xD0, 0]
        #expect(throws: RawTrackFault.moreBitsThanBytes) {
            try RawTrack(bytes.span, bitCount: count, into: &text)
        }
    }

    @Test func `appends, and nothing when the buffer is full`() throws {
        let arena = try SecretArena(blocks: 1)
        var text = try arena.take(capacity: 1)
        let bytes = BitComposer(";?", .fourBit)
        while text.count < text.capacity - 3 { try text.append(UInt8(ascii: "x")) }
        _ = try RawTrack(bytes.packed.span, bitCount: bytes.count, into: &text)
        let end = text.capacity - 3
        let isAppended = text.withBytes {
            $0[end - 1] == UInt8(ascii: "x") && $0[end] == UInt8(ascii: ";")
        }
        #expect(isAppended && text.count == text.capacity - 1)
        #expect(throws: RawTrackFault.noRoom) {
            try RawTrack(bytes.packed.span, bitCount: bytes.count, into: &text)
        }
        #expect(text.count == text.capacity - 1)
    }

    @Test(arguments: [UInt64(1), 20_261_121, .random(in: 0...(.max))])
    func `no bits make it read outside or crash`(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let arena = try SecretArena(blocks: 1)
        var text = try arena.take(capacity: 1)
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...120, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            text.wipe()
            let bits = Int.random(in: 0...(bytes.count * 8), using: &random)
            guard let track = try? RawTrack(bytes.span, bitCount: bits, into: &text) else {
                #expect(text.count == 0, "seed \(seed)")
                continue
            }
            #expect(text.count == track.characterCount, "seed \(seed)")
        }
    }

    @Test(arguments: RawTrackFault.allCases)
    func `every fault says what to do`(fault: RawTrackFault) {
        #expect(fault.description.contains(":"))
    }
}

/// Bits read as a track, with its characters as text: published test cards only.
private struct ReadRawTrack {
    let track: RawTrack
    let text: String

    init(_ bits: BitComposer, _ alphabet: RawAlphabet?) throws {
        let arena = try SecretArena(blocks: 1)
        var read = try arena.take(capacity: RawTrack.charactersMaximum)
        track = try RawTrack(
            bits.packed.span, bitCount: bits.count, alphabet: alphabet, into: &read)
        text = read.withBytes { span in
            String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
        }
    }
}
