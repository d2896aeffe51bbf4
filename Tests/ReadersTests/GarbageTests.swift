import Readers
import Secrets
import Seeded
import Testing
import Timeline
import Values

@Suite struct GarbageTests {
    /// How many inputs a test tries.
    private static let rounds = 100_000

    /// A fresh seed a run, printed so that a failure can be repeated.
    private static func seed(_ test: String) -> UInt64 {
        let seed = UInt64.random(in: .min ... .max)
        print("seed of \(test): \(seed)")
        return seed
    }

    /// Every range of the content lies in the bytes.
    private static func isInside(_ decoded: Decoded) -> Bool {
        let count = decoded.bytes.count
        switch decoded.content {
        case .bad: return true
        case .encrypted(let block):
            let ranges = [block.frame, block.expiry, block.keySerialNumber].compactMap(\.self)
            return ranges.allSatisfy { $0.end <= count }
        case .plain: return decoded.track1Text != nil || decoded.track2Text != nil
        }
    }

    @Test func `random reports never trap`() throws {
        var numbers = SeededNumbers(seed: Self.seed("random reports"))
        let arena = try SecretArena()
        var outside = 0
        for _ in 0..<Self.rounds {
            let count = Int.random(in: 0...80, using: &numbers)
            var raw = (0..<count).map { _ in UInt8.random(in: 0...255, using: &numbers) }
            // Half of them get past the first look.
            if count > 9, Bool.random(using: &numbers) {
                for offset in 0..<7 { raw[offset] = 0 }
                raw[4] = UInt8.random(in: 0...60, using: &numbers)
                raw[7] = UInt8.random(in: 0...80, using: &numbers)
                raw[8] = 0
            }
            if !Self.isInside(try Decoded(raw, .idTech, in: arena)) { outside += 1 }
        }
        #expect(outside == 0)
    }

    @Test(arguments: IDTechFrameTests.forms)
    func `random card data in a sound envelope never traps`(
        _ form: EncryptedBlock.Form
    ) throws {
        var numbers = SeededNumbers(seed: Self.seed("random card data, \(form)"))
        let arena = try SecretArena()
        let family = form == .typed ? ReaderFamily.keyboard : .idTech
        var outside = 0
        var blocks = 0
        for _ in 0..<Self.rounds {
            let decoded = try Decoded(Self.randomFrame(form, &numbers), family, in: arena)
            if !Self.isInside(decoded) { outside += 1 }
            if decoded.block != nil { blocks += 1 }
        }
        #expect(outside == 0)
        #expect(blocks > 0, "the inputs never get to the end of the walk")
    }

    /// A frame whose length, LRC and checksum hold, and of which nothing else needs to: random
    /// card data, or that of a sound frame with a few bytes changed.
    private static func randomFrame(
        _ form: EncryptedBlock.Form, _ numbers: inout SeededNumbers
    ) -> [UInt8] {
        if Bool.random(using: &numbers) {
            return enveloped(randomCardData(form, &numbers), form)
        }
        let frames = ReaderFrame.all + ReaderFrame.original
        var composer = frames.randomElement(using: &numbers)?.composer ?? FrameComposer()
        composer.form = form
        var data = composer.cardData
        for _ in 0..<Int.random(in: 1...3, using: &numbers) {
            let offset = Int.random(in: 0..<data.count, using: &numbers)
            data[offset] = UInt8.random(in: 0...0x7F, using: &numbers)
        }
        return enveloped(data, form)
    }

    private static func randomCardData(
        _ form: EncryptedBlock.Form, _ numbers: inout SeededNumbers
    ) -> [UInt8] {
        let types: [UInt8] = [0x80, 0x83, 0x00, 0x81, 0x85, 0x04]
        let header = [
            types.randomElement(using: &numbers) ?? 0x80,
            UInt8.random(in: 0...0x7F, using: &numbers),
        ]
        let lengths = (0..<3).map { _ in UInt8.random(in: 0...12, using: &numbers) }
        let rest = (0..<Int.random(in: 0...60, using: &numbers)).map { _ in
            UInt8.random(in: 0...255, using: &numbers)
        }
        let data = header + lengths + rest
        return form == .typed ? FrameComposer.hex(data) : data
    }

    private static func enveloped(_ data: [UInt8], _ form: EncryptedBlock.Form) -> [UInt8] {
        let start = [0x02, UInt8(data.count & 0xFF), UInt8(data.count >> 8)]
        let end = [data.reduce(0, ^), data.reduce(0, &+), 0x03]
        guard form == .typed else { return start + data + end }
        return FrameComposer.hex(start) + data + FrameComposer.hex(end)
    }

    @Test(arguments: Placement.allCases)
    func `reports with flipped bits never trap`(_ placement: Placement) throws {
        var report = placement.report(FrameComposer().frame, size: 320)
        let arena = try SecretArena()
        var changedAndForwarded = 0
        let frame = try #require(try Decoded(report, .idTech, in: arena).block).frame
        for bit in 0..<report.count * 8 {
            report[bit / 8] ^= 1 << (bit % 8)
            let decoded = try Decoded(report, .idTech, in: arena)
            if frame.range.contains(bit / 8), decoded.block != nil { changedAndForwarded += 1 }
            report[bit / 8] ^= 1 << (bit % 8)
        }
        #expect(changedAndForwarded == 0)
    }

    @Test func `random keys never trap`() throws {
        var numbers = SeededNumbers(seed: Self.seed("random keys"))
        let arena = try SecretArena()
        var gatherer = try SwipeGatherer(profile: ReaderCatalogue.genericKeyboard, arena: arena)
        var wholes = 0
        for round in 0..<Self.rounds {
            let count = Int.random(in: 0...9, using: &numbers)
            let report = (0..<count).map { _ in UInt8.random(in: 0...0x70, using: &numbers) }
            let moment = Moment(nanoseconds: UInt64(round))
            guard gatherer.take(report.span, at: moment) == .whole else { continue }
            let swipe = Swipe(decoding: try gatherer.release())
            #expect(swipe.bytes.count > 0)
            wholes += 1
        }
        #expect(wholes > 0)
    }
}
