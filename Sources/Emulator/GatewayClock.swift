internal import Foundation
internal import Synchronization
package import Values

/// The time that the emulator's answers carry; tests, samples and operators set it.
package protocol GatewayClock: Sendable {
    /// This moment.
    func now() -> Timestamp
}

/// The system's time, on a day of the calendar that may be fixed.
package struct SystemGatewayClock: GatewayClock {
    private let day: CivilDate?
    private let offsetMinutes: Int

    /// The system's time; with `day`, the time of day runs on and the day stays. The gateway's
    /// local time is `offsetMinutes` ahead of UTC.
    package init(day: CivilDate? = nil, offsetMinutes: Int = 0) {
        self.day = day
        self.offsetMinutes = offsetMinutes
    }

    /// This moment.
    package func now() -> Timestamp {
        let milliseconds = Int((Date().timeIntervalSince1970 * 1000).rounded(.down))
        let now = Timestamp(milliseconds: milliseconds, offsetMinutes: offsetMinutes)
        guard let day else { return now }
        return Timestamp(
            day: day, millisecondOfDay: now.millisecondOfDay, offsetMinutes: offsetMinutes)
    }
}

/// A clock that an operator moves: another clock, shifted, or a moment that stands still.
package final class VirtualClock: GatewayClock {
    private let base: any GatewayClock
    private let shift = Mutex(0)

    /// Another clock, which can be set forward.
    package init(_ base: any GatewayClock) { self.base = base }

    /// A moment that stands still until it is advanced.
    package convenience init(at moment: Timestamp) { self.init(StandingClock(moment: moment)) }

    /// This moment.
    package func now() -> Timestamp { base.now().adding(milliseconds: shift.withLock { $0 }) }

    /// Sets the clock forward.
    package func advance(milliseconds: Int) {
        shift.withLock { $0 += max(0, milliseconds) }
    }
}

/// A clock that stands still.
private struct StandingClock: GatewayClock {
    let moment: Timestamp
    func now() -> Timestamp { moment }
}
