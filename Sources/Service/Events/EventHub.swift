internal import Journal
internal import Synchronization
internal import Values

/// Tells whoever listens what happens on the lane, in order; the last ones are kept, so that who
/// was away a moment misses nothing.
internal final class EventHub: Sendable {
    /// What is told.
    enum News: Equatable, Sendable {
        /// A payment as it was then.
        case payment(Attempt, LaneView.Live)
        /// The lane has changed.
        case lane
        /// A reader has come, gone or changed.
        case reader
        /// The gateway is reached, or is not any more.
        case gateway
        /// A person must look.
        case alarm(LaneView.Alarm)
        /// What was missed is not kept any more: everything is to be read anew.
        case resync
        /// Nothing; it keeps a connection open.
        case beat
    }

    /// A piece of news with its number.
    struct Event: Equatable, Sendable {
        let number: UInt64
        let news: News
    }

    /// One that listens.
    struct Listener: Sendable {
        let number: UInt64
        /// What happened since the event that it named, or a ``News/resync``.
        let missed: [Event]
        /// What happens from now on; it ends when the listener is too slow, or with the service.
        let events: AsyncStream<Event>
    }

    private struct State {
        var ring: [Event] = []
        var next: UInt64 = 1
        var nextListener: UInt64 = 1
        var listeners: [UInt64: AsyncStream<Event>.Continuation] = [:]
        var isFinished = false
    }

    /// Events that are kept.
    static let kept = 512
    /// Events that a listener may be behind.
    static let behindMaximum = 256
    /// Listeners at once.
    static let listenersMaximum = 24

    /// Names this run of the program: an event's number says nothing in another one.
    let run: String
    private let state = Mutex(State())

    init(run: String) { self.run = run }

    /// The id of an event, as it is told.
    func id(_ event: Event) -> String { "\(run)-\(event.number)" }

    /// Tells something.
    func tell(_ news: News) {
        let slow = state.withLock { state -> [UInt64] in
            guard !state.isFinished else { return [] }
            let event = Event(number: state.next, news: news)
            if news != .beat {
                state.next += 1
                state.ring.append(event)
                if state.ring.count > Self.kept { state.ring.removeFirst() }
            }
            return state.listeners.compactMap { number, listener in
                if case .enqueued = listener.yield(event) { nil } else { number }
            }
        }
        slow.forEach(leave)
    }

    /// Begins to listen.
    /// - Parameter last: the id of the last event that was heard, if there was one.
    /// - Returns: `nil` when there are too many listeners already.
    func listen(after last: String?) -> Listener? {
        state.withLock { state in
            guard state.listeners.count < Self.listenersMaximum, !state.isFinished else {
                return nil
            }
            let (stream, continuation) = AsyncStream<Event>.makeStream(
                bufferingPolicy: .bufferingOldest(Self.behindMaximum))
            let number = state.nextListener
            state.nextListener += 1
            state.listeners[number] = continuation
            // A till may be gone before anything is written to it: its place goes with its stream.
            continuation.onTermination = { [weak self] _ in self?.leave(number) }
            return Listener(number: number, missed: missed(last, state), events: stream)
        }
    }

    private func missed(_ last: String?, _ state: State) -> [Event] {
        guard let last else { return [] }
        let parts = last.split(separator: "-")
        guard parts.count == 2, parts[0] == run, let number = UInt64(parts[1]),
            number < state.next, number + 1 >= state.ring.first?.number ?? state.next
        else { return [Event(number: state.next - 1, news: .resync)] }
        return state.ring.filter { $0.number > number }
    }

    /// Listens no more.
    func leave(_ listener: Listener) { leave(listener.number) }

    /// Outside the lock: what a stream does at its end takes it again.
    private func leave(_ number: UInt64) {
        state.withLock { $0.listeners.removeValue(forKey: number) }?.finish()
    }

    /// Listeners at this moment.
    var listenerCount: Int { state.withLock { $0.listeners.count } }

    /// Ends every stream.
    func finish() {
        let all = state.withLock { state in
            state.isFinished = true
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        all.forEach { $0.finish() }
    }
}
