internal import Glibc
internal import Synchronization

/// A moment on the monotonic clock.
public struct Moment: Comparable, Equatable, Hashable, Sendable {
    /// Nanoseconds since an arbitrary start.
    public let nanoseconds: UInt64

    /// A moment so many nanoseconds after the clock's start.
    @inlinable public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    /// Orders by time.
    @inlinable public static func < (one: Moment, other: Moment) -> Bool {
        one.nanoseconds < other.nanoseconds
    }

    /// The moment so many milliseconds later.
    @inlinable public func adding(milliseconds: Int) -> Moment {
        Moment(nanoseconds: nanoseconds &+ UInt64(max(0, milliseconds)) * 1_000_000)
    }

    /// Nanoseconds from `earlier` to this, 0 when `earlier` is later.
    @inlinable public func since(_ earlier: Moment) -> UInt64 {
        nanoseconds > earlier.nanoseconds ? nanoseconds - earlier.nanoseconds : 0
    }
}

/// Where time comes from: the system in the product, a hand in the tests.
public protocol TimeSource: Sendable {
    /// The monotonic time, which counts on while the machine sleeps.
    func now() -> Moment
    /// Today in the machine's time zone, in days since 1970-01-01.
    func today() -> Int
}

/// The system's clocks.
public struct SystemTime: TimeSource {
    /// The system's clocks.
    public init() {}

    /// CLOCK_BOOTTIME. The corresponding C function is `clock_gettime`.
    public func now() -> Moment {
        var time = timespec()
        unsafe clock_gettime(CLOCK_BOOTTIME, &time)
        return Moment(nanoseconds: UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec))
    }

    /// The local calendar day. The corresponding C function is `localtime_r`.
    public func today() -> Int {
        var seconds = time(nil)
        var parts = unsafe tm()
        guard unsafe localtime_r(&seconds, &parts) != nil else { return Int(seconds) / 86_400 }
        return unsafe (Int(seconds) + parts.tm_gmtoff) / 86_400
    }
}

/// A clock that moves when told.
public final class ManualTime: TimeSource {
    private let state: Mutex<(Moment, Int)>

    /// A clock that stands at `now` on the day `today` (20,468 is 2026-01-15).
    public init(
        now: Moment = Moment(nanoseconds: 0),
        today: Int = 20_468
    ) {
        state = Mutex((now, today))
    }

    /// The time it was last set to.
    public func now() -> Moment { state.withLock { $0.0 } }
    /// The day it was last set to.
    public func today() -> Int { state.withLock { $0.1 } }
    /// Moves the monotonic clock on.
    public func advance(milliseconds: Int) {
        state.withLock { $0.0 = $0.0.adding(milliseconds: milliseconds) }
    }
    /// Sets the calendar.
    public func set(today: Int) { state.withLock { $0.1 = today } }
}
