public import Dispatch
public import Readers
internal import Synchronization

/// The one hand-off between the reader's thread and the submission thread: room for one swipe.
///
/// The reader's thread waits with the first report of a swipe until one is wanted, that is, until
/// the lane is armed; a swipe is handed over with one wake.
public final class SwipeHandOff: Sendable {
    private struct State: ~Copyable {
        var swipe: GatheredSwipe?
        var ending: ReaderEnding?
        var isClosed = false
        var count = 0
    }

    private let state = Mutex<State>(State(swipe: nil, ending: nil))
    /// Signalled once for each swipe, and for the end.
    private let filled: DispatchSemaphore
    /// Told how many swipes were handed over, by the reader's thread when that is done.
    private let whenFilled: @Sendable (Int) -> Void
    /// Signalled once for each swipe that is wanted, and when nobody waits any more.
    private let wanted = DispatchSemaphore(value: 0)

    /// An empty hand-off.
    /// - Parameters:
    ///   - filled: wakes the submission thread, where that waits for other things too.
    ///   - whenFilled: told how many swipes were handed over, on the reader's thread.
    public init(
        filled: DispatchSemaphore = DispatchSemaphore(value: 0),
        whenFilled: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.filled = filled
        self.whenFilled = whenFilled
    }

    /// Submission thread: tells that the lane is armed and takes the next swipe.
    public func want() { wanted.signal() }

    /// Submission thread: tells that no more swipes are taken; the reader's thread ends.
    public func close() {
        state.withLock { $0.isClosed = true }
        wanted.signal()
    }

    /// Submission thread: waits for the swipe that it wants.
    /// - Returns: `nil` when no more come; ``ending`` says why.
    public func take() -> GatheredSwipe? {
        filled.wait()
        let swipe = state.withLock { state in state.swipe.take() }
        // The end stays told to whoever asks again.
        if swipe == nil { filled.signal() }
        return swipe
    }

    /// Submission thread: takes the swipe that has come, if one has, without waiting for it.
    public func takeIfThere() -> GatheredSwipe? { state.withLock { state in state.swipe.take() } }

    /// Why no more swipes come; `nil` while they may.
    public var ending: ReaderEnding? { state.withLock { $0.ending } }

    /// How many swipes were handed over: one wake of the submission thread each.
    public var count: Int { state.withLock { $0.count } }

    /// Reader's thread: waits until a swipe is wanted; false when none will be.
    func waitUntilWanted() -> Bool {
        wanted.wait()
        return state.withLock { !$0.isClosed }
    }

    /// Reader's thread: hands the swipe over that was wanted.
    func put(_ swipe: consuming GatheredSwipe) {
        // An optional is how a value is moved into a closure that runs once.
        var moved: GatheredSwipe? = consume swipe
        let count = state.withLock { state in
            state.swipe = moved.take()
            state.count += 1
            return state.count
        }
        filled.signal()
        whenFilled(count)
    }

    /// Reader's thread: tells that no more swipes come.
    func end(_ ending: ReaderEnding) {
        state.withLock { state in
            if state.ending == nil { state.ending = ending }
        }
        filled.signal()
    }
}

/// Why a reader's thread ended.
public enum ReaderEnding: Equatable, Sendable {
    /// The recording is at its end, or nobody wants more.
    case finished
    /// The source failed.
    case failed(ReportSourceFault)
    /// No locked memory was left for another swipe.
    case outOfMemory
}
