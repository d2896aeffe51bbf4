internal import Dispatch
public import Readers
internal import Synchronization

/// The one hand-off between the reader's thread and the submission thread: room for one swipe.
public final class SwipeHandOff: Sendable {
    private struct State: ~Copyable {
        var swipe: GatheredSwipe?
        var ending: ReaderEnding?
        var wakes = 0
    }

    private let state = Mutex<State>(State(swipe: nil, ending: nil))
    /// Signalled once for each swipe and for the end.
    private let filled = DispatchSemaphore(value: 0)
    /// Signalled when the room is free.
    private let emptied = DispatchSemaphore(value: 1)

    /// An empty hand-off.
    public init() {}

    /// Hands a swipe over; waits while the one before is still there.
    public func put(_ swipe: consuming GatheredSwipe) {
        emptied.wait()
        // The closure runs once; the optional is how a value is moved into it.
        var moved: GatheredSwipe? = consume swipe
        state.withLock { state in
            state.swipe = moved.take()
            state.wakes += 1
        }
        filled.signal()
    }

    /// Tells that no more swipes come, and why.
    public func end(_ ending: ReaderEnding) {
        state.withLock { state in
            if state.ending == nil { state.ending = ending }
        }
        filled.signal()
    }

    /// Waits for the next swipe. `nil` when no more come; ``ending`` says why.
    public func take() -> GatheredSwipe? {
        filled.wait()
        let swipe = state.withLock { state in state.swipe.take() }
        if swipe == nil {
            // The end stays told to whoever asks again.
            filled.signal()
        } else {
            emptied.signal()
        }
        return swipe
    }

    /// Why no more swipes come; `nil` while they may.
    public var ending: ReaderEnding? { state.withLock { $0.ending } }

    /// How many swipes were handed over: one wake of the submission thread each.
    public var handOffCount: Int { state.withLock { $0.wakes } }
}

/// Why a reader's thread ended.
public enum ReaderEnding: Equatable, Sendable {
    /// The recording is at its end.
    case finished
    /// The source failed.
    case failed(ReportSourceFault)
    /// No locked memory was left for another swipe.
    case outOfMemory
}
