internal import Foundation
internal import ReaderUSB
internal import Readers
internal import Secrets
internal import Timeline

/// The product's driver, at work in this process, with all that it has told.
internal final class Driver: Sendable {
    private let log = EventLog()
    let readers: USBReaders

    init(acceptedSerials: Set<String> = []) throws {
        readers = try USBReaders(acceptedSerials: acceptedSerials) { [log] in log.append($0) }
    }

    /// Waits for the next event of a kind; those before it are passed over.
    @discardableResult
    func expect(_ what: String, _ isIt: @escaping (ReaderEvent) -> Bool) throws -> ReaderEvent {
        try log.next(what, isIt)
    }

    /// Waits until it has told this at any time, now included.
    func expectAnyTime(_ what: String, _ isIt: @escaping (ReaderEvent) -> Bool) throws {
        try log.anyTime(what, isIt)
    }

    /// Waits until a reader is ready, once more.
    @discardableResult
    func expectReady() throws -> ReaderEvent {
        try expect("a reader to be ready") { if case .ready = $0 { true } else { false } }
    }

    /// Waits until a reader is told to be gone.
    func expectRemoved() throws {
        try expect("a reader to be removed") { if case .removed = $0 { true } else { false } }
    }

    /// Opens a reader, waiting for it if need be, and reads it.
    func listen(_ selection: USBSelection = .any) throws -> Listener {
        let limit = SystemTime().now().nanoseconds + UInt64(Patience.seconds * 1e9)
        let reader = try readers.reader(selection, until: Moment(nanoseconds: limit))
        return try Listener(reader, of: readers)
    }
}

/// Events in their order, waited for.
private final class EventLog: @unchecked Sendable {
    private let changed = NSCondition()
    private var events: [ReaderEvent] = []
    private var passed = 0

    func append(_ event: ReaderEvent) {
        changed.withLock {
            events.append(event)
            changed.broadcast()
        }
    }

    func next(_ what: String, _ isIt: (ReaderEvent) -> Bool) throws -> ReaderEvent {
        try wait(what) {
            guard let index = events[passed...].firstIndex(where: isIt) else { return nil }
            passed = index + 1
            return events[index]
        }
    }

    func anyTime(_ what: String, _ isIt: (ReaderEvent) -> Bool) throws {
        _ = try wait(what) { events.first(where: isIt) }
    }

    private func wait(_ what: String, _ find: () -> ReaderEvent?) throws -> ReaderEvent {
        try changed.withLock {
            let limit = Date(timeIntervalSinceNow: Patience.seconds)
            while true {
                if let found = find() { return found }
                guard changed.wait(until: limit) else {
                    throw GuestFault("waited in vain for \(what): \(events.suffix(6))")
                }
            }
        }
    }
}

/// A thread that reads a reader as a lane does, and keeps the reports.
internal final class Listener: @unchecked Sendable {
    let reader: USBReader
    private let readers: USBReaders
    private let changed = NSCondition()
    private var reports: [[UInt8]] = []
    private var isListening = false
    private var hasEnded = false

    init(_ reader: USBReader, of readers: USBReaders) throws {
        self.reader = reader
        self.readers = readers
        Thread.detachNewThread { [self] in run() }
        try wait("the first read") { isListening }
    }

    /// The next report.
    func next() throws -> [UInt8] {
        try wait("a report") { !reports.isEmpty }
        return changed.withLock { reports.removeFirst() }
    }

    /// Lets the reader go; what nobody asked for is given back.
    @discardableResult
    func release() throws -> [[UInt8]] {
        readers.release(reader)
        try wait("the last read to end") { hasEnded }
        return reports
    }

    private func wait(_ what: String, _ isSo: () -> Bool) throws {
        try changed.withLock {
            let limit = Date(timeIntervalSinceNow: Patience.seconds)
            while !isSo() {
                guard changed.wait(until: limit) else {
                    throw GuestFault("waited in vain for \(what)")
                }
            }
        }
    }

    private func run() {
        defer { note { hasEnded = true } }
        guard let arena = try? SecretArena(blocks: 1),
            var room = try? arena.take(capacity: reader.device.reports.inputReportBytes)
        else { return }
        // From the first read on, what comes is not dropped for want of a listener.
        _ = reader.read(into: &room, until: SystemTime().now())
        note { isListening = true }
        while case .report = reader.read(into: &room, until: nil) {
            let report = room.withBytes { bytes in bytes.indices.map { bytes[$0] } }
            room.truncate(to: 0)
            note { reports.append(report) }
        }
    }

    private func note(_ change: () -> Void) {
        changed.withLock {
            change()
            changed.broadcast()
        }
    }
}
