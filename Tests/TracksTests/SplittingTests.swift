import Quiet
import Secrets
import Seeded
import Testing
import Tracks
import Values

/// All that a reader types, cut into its tracks.
@Suite struct SplittingTests {
    private static let one = Sample.track1
    private static let two = Sample.track2
    private static let three = Sample.track3

    @Test(arguments: [
        "%\(one)?;\(two)?+\(three)?", "%\(one)?;\(two)?+\(three)?\r",
        "%\(one)?\r\n;\(two)?\r+\(three)?\n",
        "%\(one)?X;\(two)?4+\(three)?:", "%\(one)??;\(two)??+\(three)??",
        "%\(one)?;;\(two)?++\(three)?%", "%\(one)?%;\(two)?;+\(three)?+\r\n",
        "%\(one)\r;\(two)\r+\(three)\r", "%\(one)?\r;\(two)\r+\(three)",
        "\r\n\r\n%\(one)?;\(two)?+\(three)?",
        "%\(one)?;\(two)?;\(three)?", "\(one)\r\(two)\r\(three)", "\(one)\n\(two)\n+\(three)?",
        ";\(two)?%\(one)?+\(three)?", "+\(three)?;\(two)?%\(one)?",
    ])
    func `finds all three however sentinels, check characters and line ends stand`(
        text: CardText
    )
        throws
    {
        for offset in [0, 9] {
            let read = try ReadText(text.clear, offset: offset)
            #expect(read.text(read.tracks.track1.layout?.text) == Self.one)
            #expect(read.text(read.tracks.track2.layout?.text) == Self.two)
            #expect(read.text(read.tracks.track3.layout?.text) == Self.three)
        }
    }

    @Test(
        arguments: [
            ("%\(one)?", true, false), ("%\(one)?;", true, false), ("\(one)", true, false),
            (";\(two)?", false, true), ("\(two)", false, true), ("\(two)?8", false, true),
            (";\(two)?\r\n", false, true),
        ] as [(CardText, Bool, Bool)])
    func `a track alone is a swipe`(text: CardText, hasOne: Bool, hasTwo: Bool) throws {
        let read = try ReadText(text.clear)
        #expect((read.tracks.track1 != .absent) == hasOne)
        #expect((read.tracks.track2 != .absent) == hasTwo)
        #expect(read.tracks.track3 == .absent)
        #expect(read.tracks.isUsable)
        #expect(read.text(read.tracks.pan) == Sample.pan)
        #expect(read.text(read.tracks.expiry) == "2912")
        #expect(read.text(read.tracks.serviceCode) == "101")
    }

    @Test(arguments: ["", "\r", "\r\n\r\n"]) func `nothing is no track`(text: String) throws {
        let read = try ReadText(text)
        #expect(read.tracks == CardTracks())
        #expect(!read.tracks.isUsable)
    }

    @Test(arguments: ["%E?;E?+E?", "%E?;E?+E?\r", "%E\r;E\r+E\r", "%E?X;E?Y+E?Z"])
    func `a reader's own read errors are told apart from bad text`(text: String) throws {
        let tracks = try ReadText(text).tracks
        #expect(tracks.track1 == .failed(.readError))
        #expect(tracks.track2 == .failed(.readError))
        #expect(tracks.track3 == .failed(.readError))
        #expect(!tracks.isUsable)
    }

    @Test(arguments: ["", "X", "4"])
    func `behind an end sentinel no first digit is guessed`(lrc: String) throws {
        let read = try ReadText("%\(Self.one)?\(lrc)\(Self.two)?")
        #expect(read.tracks.track2 == .failed(.malformed(.startSentinelExpected, offset: 0)))
        #expect(read.text(read.tracks.track1.layout?.text) == Self.one)
        let alone = try ReadText("%E?\(lrc)\(Self.two)?")
        #expect(!alone.tracks.isUsable)
    }

    @Test func `one track that reads well is enough`() throws {
        let read = try ReadText("%E?;\(Self.two)?")
        #expect(read.tracks.track1 == .failed(.readError))
        #expect(read.tracks.isUsable)
        #expect(read.text(read.tracks.pan) == Sample.pan)
    }

    @Test func `empty tracks are faults, not swipes`() throws {
        let tracks = try ReadText("%?;?").tracks
        #expect(tracks.track1.fault == .malformed(.empty, offset: 0))
        #expect(tracks.track2.fault == .malformed(.empty, offset: 0))
    }

    @Test func `a fourth track takes no other's place`() throws {
        let read = try ReadText("%\(Self.one)?;\(Self.two)?+\(Self.three)?+9?")
        #expect(read.tracks.track3 == .failed(.malformed(.moreThanThreeTracks, offset: 0)))
        #expect(read.text(read.tracks.track2.layout?.text) == Self.two)
    }

    @Test func `what stands outside the range is not read`() throws {
        let arena = try SecretArena(blocks: 1)
        var bytes = try arena.take(capacity: 256)
        for byte in "E\r;\(Self.two)?+9?".utf8 { try bytes.append(byte) }
        let tracks = CardTracks.read(
            &bytes, in: ByteRange(start: 2, count: Self.two.utf8.count + 2))
        #expect(tracks.track1 == .absent)
        #expect(tracks.track3 == .absent)
        #expect(tracks.track2.layout?.text == ByteRange(start: 3, count: Self.two.utf8.count))
        let whole = CardTracks.read(&bytes)
        #expect(whole.track1 == .failed(.readError))
        #expect(whole.track3 != .absent)
    }

    @Test func `track 2 comes before track 1 when both have a field`() throws {
        let read = try ReadText("%\(Self.one)?;4012881888818888=30011200?")
        #expect(read.text(read.tracks.pan) == "4012881888818888")
        #expect(read.text(read.tracks.expiry) == "3001")
        #expect(read.text(read.tracks.serviceCode) == "120")
        let mixed = try ReadText("%\(Self.one)?;4111111111111111===?")
        #expect(mixed.text(mixed.tracks.expiry) == "2912")
        #expect(mixed.text(mixed.tracks.serviceCode) == "101")
    }

    @Test(arguments: [UInt64(1), 20_261_121, .random(in: 0...(.max))])
    func `no text makes it read outside or crash`(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let alphabet = Array("%;+?=^BDdE0123456789\r\n \u{7F}/*".utf8)
        for _ in 0..<3000 {
            let count = Int.random(in: 0...160, using: &random)
            let text = String(
                decoding: (0..<count).map { _ in
                    alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                }, as: UTF8.self)
            let read = try ReadText(text, offset: 3)
            let ranges = [read.tracks.track1.layout?.text, read.tracks.track2.layout?.text]
            let isInside = ranges.compactMap { $0 }.allSatisfy {
                $0.start >= 3 && $0.end <= 3 + count
            }
            #expect(isInside, "seed \(seed)")
        }
    }
}
