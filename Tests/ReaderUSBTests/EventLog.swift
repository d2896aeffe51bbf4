internal import Foundation
internal import ReaderUSB

/// Keeps every event and waits for those that are expected.
internal final class EventLog: @unchecked Sendable {
    private let condition = NSCondition()
    private var events: [ReaderEvent] = []

    /// How long nothing but a fault takes.
    private static let limit: TimeInterval = 20

    func take(_ event: ReaderEvent) {
        condition.lock()
        events.append(event)
        condition.broadcast()
        condition.unlock()
    }

    var all: [ReaderEvent] {
        condition.lock()
        defer { condition.unlock() }
        return events
    }

    /// Waits until so many events of a kind have come; false when they do not.
    func waits(_ count: Int = 1, for isMeant: (ReaderEvent) -> Bool) -> Bool {
        let end = Date(timeIntervalSinceNow: Self.limit)
        condition.lock()
        defer { condition.unlock() }
        while events.count(where: isMeant) < count {
            guard condition.wait(until: end) else { return false }
        }
        return true
    }

    /// The faults of transfers that were told.
    var faults: [TransferFault] {
        all.compactMap { if case .faulted(_, let fault) = $0 { fault } else { nil } }
    }

    func count(_ isMeant: (ReaderEvent) -> Bool) -> Int { all.count(where: isMeant) }
}

extension ReaderEvent {
    var isReady: Bool { if case .ready = self { true } else { false } }
    var isRemoved: Bool { if case .removed = self { true } else { false } }
    var isFaulted: Bool { if case .faulted = self { true } else { false } }
    var isArrived: Bool { if case .arrived = self { true } else { false } }
    var isHalf: Bool { if case .halfReport = self { true } else { false } }
    var refusal: USBRefusal? { if case .refused(_, let refusal) = self { refusal } else { nil } }
    var isWaiting: Bool { if case .waiting = self { true } else { false } }
}
