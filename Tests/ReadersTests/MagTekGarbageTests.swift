import Readers
import Secrets
import Seeded
import Testing
import Values

@Suite struct MagTekGarbageTests {
    /// How many inputs a test tries.
    private static let rounds = 100_000

    private static func seed(_ test: String) -> UInt64 {
        let seed = UInt64.random(in: .min ... .max)
        print("seed of \(test): \(seed)")
        return seed
    }

    /// Every range of the content lies in the bytes.
    private static func isInside(_ decoded: Decoded) -> Bool {
        switch decoded.content {
        case .bad: return true
        case .encrypted(let block):
            let ranges = [block.frame, block.expiry, block.keySerialNumber].compactMap(\.self)
            return ranges.allSatisfy { $0.end <= decoded.bytes.count }
        case .plain: return decoded.track1Text != nil || decoded.track2Text != nil
        }
    }

    @Test func `random reports never trap`() throws {
        var numbers = SeededNumbers(seed: Self.seed("random MagTek reports"))
        let arena = try SecretArena()
        let sizes = [0, 1, 336, 337, 338, 855, 856, 857, 887, 888, 900]
        var outside = 0
        for _ in 0..<Self.rounds {
            let count = sizes.randomElement(using: &numbers) ?? 0
            var raw = [UInt8](repeating: 0, count: count)
            // Random where something is decided, which is all but what the areas hold.
            for offset in 0..<min(count, 8) { raw[offset] = Self.oftenSmall(&numbers) }
            for offset in [119, 231, 348, 493, 494, 495, 505, 506, 507, 508, 620, 852, 853]
            where offset < count { raw[offset] = Self.oftenSmall(&numbers) }
            if !Self.isInside(try Decoded(raw, .magTek, in: arena)) { outside += 1 }
        }
        #expect(outside == 0)
    }

    private static func oftenSmall(_ numbers: inout SeededNumbers) -> UInt8 {
        switch UInt8.random(in: 0...3, using: &numbers) {
        case 0: UInt8.random(in: 0...255, using: &numbers)
        case 1: UInt8.random(in: 0...7, using: &numbers)
        default: 0
        }
    }

    @Test func `sound reports with a few bytes changed never trap`() throws {
        var numbers = SeededNumbers(seed: Self.seed("changed MagTek reports"))
        let arena = try SecretArena()
        let clear = MagTekComposer.sureSwipe([MagTekComposer.track1, MagTekComposer.track2, nil])
        let sound = [MagTekComposer().report, MagTekComposer.level2.report, clear]
        var outside = 0
        var usable = 0
        for _ in 0..<Self.rounds {
            var raw = sound.randomElement(using: &numbers) ?? clear
            for _ in 0..<Int.random(in: 1...3, using: &numbers) {
                let offset = Int.random(in: 0..<raw.count, using: &numbers)
                raw[offset] = UInt8.random(in: 0...255, using: &numbers)
            }
            let decoded = try Decoded(raw, .magTek, in: arena)
            if !Self.isInside(decoded) { outside += 1 }
            if case .bad = decoded.content { continue }
            usable += 1
        }
        #expect(outside == 0)
        #expect(usable > 0, "no input gets to the end of the decoder")
    }

    @Test func `random typed fields with a right CRC never trap`() throws {
        var numbers = SeededNumbers(seed: Self.seed("random MagTek text"))
        let arena = try SecretArena()
        // Short fields: the CRC over them is what takes the time.
        let sound = [
            ";4111000000001111=3012?", "0600", "", "0123456789ABCDEF", "", "", "", "B1", "",
            "FFFF9876543210E00008",
        ].map { Array($0.utf8) }
        var outside = 0
        var blocks = 0
        for _ in 0..<Self.rounds {
            var fields = sound
            for _ in 0..<Int.random(in: 1...2, using: &numbers) {
                let index = Int.random(in: 0..<fields.count, using: &numbers)
                fields[index] = Self.changed(fields[index], &numbers)
            }
            let front = fields.joined(separator: [0x7C]) + [0x7C]
            let crc = MagTekComposer.crc(Array(front))
            let hex = FrameComposer.hex([UInt8(crc & 0xFF), UInt8(crc >> 8)])
            let decoded = try Decoded(
                Array(front) + hex + Array("||1000\r".utf8), .keyboard, in: arena)
            if !Self.isInside(decoded) { outside += 1 }
            if decoded.block != nil { blocks += 1 }
        }
        #expect(outside == 0)
        #expect(blocks > 0, "no input gets to the end of the walk")
    }

    private static func changed(_ field: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
        switch UInt8.random(in: 0...3, using: &numbers) {
        case 0: return []
        case 1: return Array(field.dropLast(Int.random(in: 0...field.count, using: &numbers)))
        case 2:
            return (0..<Int.random(in: 0...60, using: &numbers)).map { _ in
                UInt8.random(in: 0x20...0x7E, using: &numbers)
            }
        default:
            var changed = field
            if let index = changed.indices.randomElement(using: &numbers) {
                changed[index] =
                    Array("0123456789ABCDEF%;?=^#|".utf8)
                    .randomElement(using: &numbers) ?? 0
            }
            return changed
        }
    }

    @Test func `reports with flipped bits never trap`() throws {
        let arena = try SecretArena()
        let clear = MagTekComposer.sureSwipe([MagTekComposer.track1, MagTekComposer.track2, nil])
        var outside = 0
        for sound in [MagTekComposer().report, MagTekComposer.level2.report, clear] {
            var raw = sound
            for bit in 0..<raw.count * 8 {
                raw[bit / 8] ^= 1 << (bit % 8)
                if !Self.isInside(try Decoded(raw, .magTek, in: arena)) { outside += 1 }
                raw[bit / 8] ^= 1 << (bit % 8)
            }
        }
        #expect(outside == 0)
    }

    @Test(arguments: [UInt64](arrayLiteral: 1, 2, 3))
    func `random printable text never traps`(_ seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        let arena = try SecretArena()
        let keyboard = try #require(MagTekComposer.keyboard)
        let letters = Array("%;+#&@?=^|E0123456789ABCDEF\r".utf8)
        var outside = 0
        for _ in 0..<Self.rounds / 5 {
            let text = (0..<Int.random(in: 0...60, using: &numbers)).map { _ in
                letters.randomElement(using: &numbers) ?? 0
            }
            let decoded = try Decoded(text, profile: keyboard, in: arena)
            if !Self.isInside(decoded) { outside += 1 }
        }
        #expect(outside == 0)
    }
}
