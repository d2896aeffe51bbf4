internal import Dispatch
internal import Synchronization
public import Timeline

/// What a paced replay waits with.
public protocol ReplayWaiter: Sendable {
    /// Blocks the calling thread until `moment`; `false` when ``stop()`` ended the wait.
    func wait(until moment: Moment) -> Bool
    /// Ends the wait that is under way and every later one.
    func stop()
}

/// Waits on the system's clock.
public final class SystemWaiter: ReplayWaiter {
    private let time: any TimeSource
    private let wakening = DispatchSemaphore(value: 0)
    private let isStopped = Atomic(false)

    /// Waits until moments of this clock.
    public init(time: any TimeSource = SystemTime()) { self.time = time }

    /// Blocks the calling thread until `moment`; `false` when ``stop()`` ended the wait.
    public func wait(until moment: Moment) -> Bool {
        while !isStopped.load(ordering: .acquiring) {
            let rest = moment.since(time.now())
            guard rest > 0 else { return true }
            let step = Int(min(rest, 3_600_000_000_000))
            _ = wakening.wait(timeout: .now() + .nanoseconds(step))
        }
        return false
    }

    /// Ends the wait that is under way and every later one.
    public func stop() {
        isStopped.store(true, ordering: .releasing)
        wakening.signal()
    }
}
