import OwnThreads
import Secrets
import Testing
import Values

/// Appending and looking at many bytes at once, held against doing it one by one.
@Suite(.blocks) struct BytesTests {
    private let arena: SecretArena

    init() throws { arena = try SecretArena(blocks: 1) }

    /// What `body` appends behind a byte that was there.
    private func appended(_ body: (inout OutputSpan<UInt8>) -> Void) throws -> [UInt8] {
        var bytes = try arena.take(capacity: 1024)
        try bytes.append(0x23)
        bytes.fill { body(&$0) }
        return bytes.withBytes { span in span.indices.dropFirst().map { span[$0] } }
    }

    @Test(arguments: [0, 1, 7, 8, 15, 16, 17, 31, 33, 256])
    func `bytes and hex digits are appended as one by one`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        #expect(try appended { $0.append(copying: bytes.span) } == bytes)
        for inCapitals in [false, true] {
            let digits = bytes.map { byte in
                let text = String(byte, radix: 16, uppercase: inCapitals)
                return byte < 16 ? "0" + text : text
            }
            let hex = try appended { $0.append(hexDigitsOf: bytes.span, inCapitals: inCapitals) }
            #expect(hex == Array(digits.joined().utf8))
        }
    }

    @Test func `a text of ours is appended`() throws {
        #expect(try appended { $0.append(copying: "{\"a\":") } == Array("{\"a\":".utf8))
        #expect(try appended { $0.append(copying: "") }.isEmpty)
    }

    @Test(arguments: 0..<40)
    func `a byte is found where it first stands, and only in the range`(place: Int) {
        var bytes = [UInt8](repeating: 1, count: 40)
        bytes[place] = 2
        let whole = ByteRange(start: 0, count: 40)
        let found = [
            bytes.span.firstOffset(of: 2, in: whole), bytes.span.firstOffset(of: 1, in: whole),
            bytes.span.firstOffset(of: 2, in: ByteRange(start: 0, count: place)),
            bytes.span.firstOffset(of: 2, in: ByteRange(place + 1, upTo: 40)),
        ]
        #expect(found == [place, place == 0 ? 1 : 0, nil, nil])
        let foundFrom = [
            bytes.span.firstOffset(from: 0) { $0 == 2 },
            bytes.span.firstOffset(from: place + 1) { $0 == 2 },
        ]
        #expect(foundFrom == [place, 40])
        var sum = 0
        bytes.span.forEach { sum += Int($0) }
        #expect(sum == 41)
        let others = [UInt8](repeating: 1, count: 40)
        let same = [
            bytes.span.isSame(as: others.span),
            bytes.span.extracting(0..<place).isSame(as: others.span.extracting(0..<place)),
            bytes.span.isSame(as: others.span.extracting(0..<place)),
        ]
        #expect(same == [false, true, false])
    }
}
