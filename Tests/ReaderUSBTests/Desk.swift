internal import ReaderUSB
internal import Readers
internal import Secrets
internal import Testing
internal import Timeline

/// A pretended bus, a watch over it, and what the tests ask of both.
internal final class Desk: Sendable {
    let log = EventLog()
    let time = ManualTime(now: Moment(nanoseconds: 1_000_000_000_000))
    let readers: USBReaders
    let arena: SecretArena

    /// Runs a test on a bus of its own; the watch is stopped whatever happens.
    static func with(
        acceptedSerials: Set<String> = [], _ body: (Desk) throws -> Void
    ) throws {
        try PretendedBus.with {
            let desk = try Desk(acceptedSerials)
            defer { desk.readers.stop() }
            try body(desk)
        }
    }

    private init(_ acceptedSerials: Set<String>) throws {
        arena = try SecretArena(blocks: 16)
        readers = try USBReaders(acceptedSerials: acceptedSerials, time: time) { [log] in
            log.take($0)
        }
    }

    /// Waits for a reader, as long as only a fault takes.
    func reader(_ selection: USBSelection = .any) throws -> USBReader {
        try readers.reader(
            selection, arena: arena, until: SystemTime().now().adding(milliseconds: 20_000))
    }

    /// The next report; nothing if none comes.
    func read(_ reader: USBReader) throws -> [UInt8]? {
        var report = try arena.take(capacity: 1024)
        let end = time.now().adding(milliseconds: 20_000)
        guard case .report = reader.read(into: &report, until: end) else { return nil }
        return report.withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }

    /// Unplugs a reader and frees it once the watch has let it go.
    func unplug(_ device: PretendedReader) {
        let removals = log.count(\.isRemoved)
        device.unplug()
        #expect(log.waits(removals + 1, for: \.isRemoved))
        device.forget()
    }

    /// A report in which no two neighbours are alike.
    static func report(_ count: Int, seed: UInt8 = 1) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 256) &+ seed }
    }
}
