public import Journal
internal import Synchronization
internal import Timeline
internal import Values

/// Where the lane's thread writes what is to be seen of it, and everybody else reads.
public final class LaneBoard: Sendable {
    private struct State {
        var view: LaneView
        /// Swipes that the lane has dealt with.
        var swipesDone = 0
        var foreground: Attempt?
    }

    private let state: Mutex<State>
    internal let events: EventHub
    internal let metrics = Metrics()
    private let wall: @Sendable () -> WallTime

    /// A board on which nothing stands.
    public init(wall: @escaping @Sendable () -> WallTime) {
        let now = wall()
        state = Mutex(State(view: LaneView(now: now)))
        events = EventHub(run: String(now.milliseconds, radix: 36))
        self.wall = wall
    }

    /// What stands there now.
    public var view: LaneView { state.withLock { $0.view } }

    /// Changes what stands there, and tells it where it differs.
    public func change(_ body: (inout LaneView) -> Void) {
        let (before, after) = state.withLock { state in
            let before = state.view
            body(&state.view)
            return (before, state.view)
        }
        tell(before, after)
    }

    private func tell(_ before: LaneView, _ after: LaneView) {
        if before.readers != after.readers { events.tell(.reader) }
        if before.gateway != after.gateway { events.tell(.gateway) }
        var (old, new) = (before, after)
        (old.live, new.live) = ([:], [:])
        if old != new { events.tell(.lane) }
    }

    /// Tells where a payment stands now.
    func show(_ attempt: Attempt, _ body: (inout LaneView.Live) -> Void = { _ in }) {
        let live = state.withLock { state in
            state.view.changeLive(attempt.sequence, body)
            let live = state.view.live(attempt.sequence)
            if live.phase != nil {
                state.foreground = attempt
            } else if state.foreground?.sequence == attempt.sequence {
                state.foreground = nil
            }
            return live
        }
        events.tell(.payment(attempt, live))
    }

    /// Tells that a person must look, and keeps it in sight.
    func alarm(_ alarm: LaneAlarm, _ amount: Amount?) {
        let now = wall()
        change { $0.raise(alarm, amount, at: now) }
        if let raised = view.alarms.last { events.tell(.alarm(raised)) }
    }

    /// The gateway has answered, or could not be reached.
    func gateway(isReachable: Bool) {
        let now = wall()
        change { view in
            guard view.gateway.isReachable != isReachable else { return }
            view.gateway.isReachable = isReachable
            view.gateway.since = now
        }
    }

    /// Any thread but the lane's: a swipe was handed over. What waits for a card is being sent,
    /// unless the lane has dealt with that swipe already.
    public func swiped(_ count: Int) {
        let told = state.withLock { state -> (Attempt, LaneView.Live)? in
            guard count > state.swipesDone, let attempt = state.foreground,
                state.view.live(attempt.sequence).phase == .waitingForCard
            else { return nil }
            state.view.changeLive(attempt.sequence) { live in
                live.phase = .sending
                live.lastSwipe = nil
                live.isDuplicateAsked = false
            }
            return (attempt, state.view.live(attempt.sequence))
        }
        if let told { events.tell(.payment(told.0, told.1)) }
    }

    /// The lane has dealt with so many swipes of its present reader.
    public func dealt(withSwipes count: Int) { state.withLock { $0.swipesDone = count } }
}
