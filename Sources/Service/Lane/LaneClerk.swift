public import Journal
public import Lane
internal import PayHub
public import Timeline
public import Values

/// Does the commands of tills and cashiers on the lane and shows what the lane tells. It belongs to
/// the lane's thread, as the lane itself does.
public final class LaneClerk {
    /// What the lane has told and nobody has dealt with yet.
    public final class NewsList {
        fileprivate var items: [LaneNews] = []

        /// Nothing told.
        public init() {}

        /// Takes a piece of news in; to be the lane's `tell`.
        public func add(_ item: LaneNews) { items.append(item) }

        fileprivate func take() -> [LaneNews] {
            defer { items = [] }
            return items
        }
    }

    private let lane: TillLane
    private let journal: any JournalStore
    private let board: LaneBoard
    private let news: NewsList
    private let wall: @Sendable () -> WallTime
    /// Payments whose next swipe may be of the same card and amount.
    private var duplicatesAllowed: Set<UInt64> = []
    /// Gateway's silence that the lane has told by not being armed.
    private static let unreachable: Set<String> = [
        SendFailure.connectionRefused.rawValue, SendFailure.connectTimedOut.rawValue,
        SendFailure.unreachable.rawValue, SendFailure.connectionLost.rawValue,
        SendFailure.sendTimedOut.rawValue,
    ]

    /// A clerk of a lane that tells to `news`.
    public init(
        lane: TillLane, journal: any JournalStore, board: LaneBoard, news: NewsList,
        wall: @escaping @Sendable () -> WallTime
    ) {
        self.lane = lane
        self.journal = journal
        self.board = board
        self.news = news
        self.wall = wall
    }

    /// Starts the lane: what an earlier process left open is judged and asked about.
    public func start() {
        lane.start()
        catchUp()
    }

    /// Does a command.
    public func perform(_ command: LaneCommand) -> LaneReply {
        defer { refresh() }
        do throws(JournalFault) {
            switch command {
            case .pay(let wish): return try pay(wish)
            case .followUp(let wish): return try followUp(wish)
            case .cancel(let reference): return try cancel(reference)
            case .allowDuplicate(let reference): return allowDuplicate(reference)
            case .sweep: lane.sweepSoon()
            case .remark(let kind, let text):
                try journal.append([.remark(JournalRemark(kind, text, at: wall()))])
            }
            return .done
        } catch { return .fault(error.description) }
    }

    private func pay(_ wish: PaymentWish) throws(JournalFault) -> LaneReply {
        if let known = try known(wish.key) { return known }
        do throws(RuleBreach) { try wish.details.check(amount: wish.amount) } catch {
            return .broken(error.description)
        }
        if let breach = try wish.limit?.breach(by: wish.amount?.cents ?? 0, in: journal) {
            return .overLimit(breach)
        }
        board.change { $0.isArming = true }
        defer { board.change { $0.isArming = false } }
        var demand = Attempt.Demand(wish.operation, wish.amount, ticket: wish.ticket)
        demand.key = wish.key
        if let taken = try lane.arm(demand, wish.details), wish.allowsDuplicate {
            duplicatesAllowed.insert(taken.sequence)
        }
        return reply(to: wish.key, catchUp())
    }

    private func followUp(_ wish: FollowUpWish) throws(JournalFault) -> LaneReply {
        if let known = try known(wish.key) { return known }
        guard let parent = try journal.attempt(wish.reference) else {
            return .refused(.notPossible(nil))
        }
        let cents = wish.amount?.cents ?? PaymentRecord.best(parent, .init(), in: journal).taken
        if let breach = try wish.limit?.breach(by: cents, in: journal) {
            return .overLimit(breach)
        }
        try lane.followUp(wish.operation, of: parent, amount: wish.amount, key: wish.key)
        let reply = reply(to: wish.key, catchUp())
        if case .payment(let attempt, _) = reply {
            board.show(attempt)
            show(parentOf: attempt)
        }
        return reply
    }

    /// The payment that was made with this key before.
    private func known(_ key: TillKey) throws(JournalFault) -> LaneReply? {
        guard let attempt = try journal.attempts(AttemptQuery(.key(key.text))).first else {
            return nil
        }
        return attempt.key == key
            ? .payment(attempt, isNew: false) : .keyMismatch(attempt.reference)
    }

    /// What the lane made of a new demand.
    private func reply(to key: TillKey, _ told: [LaneNews]) -> LaneReply {
        for case .refused(let refusal) in told { return .refused(refusal) }
        do throws(JournalFault) {
            if case .payment(let attempt, _)? = try known(key) {
                return .payment(attempt, isNew: true)
            }
        } catch { return .fault(error.description) }
        if let stop = lane.stop { return .refused(.stopped(stop)) }
        return .fault("the lane made no payment of it")
    }

    private func cancel(_ reference: PaymentReference) throws(JournalFault) -> LaneReply {
        guard let attempt = try journal.attempt(reference) else {
            return .refused(.notPossible(nil))
        }
        lane.takeCancels()
        lane.cancel(attempt.ticket)
        for case .refused(let refusal) in catchUp() { return .refused(refusal) }
        return .payment(try journal.attempt(reference) ?? attempt, isNew: false)
    }

    private func allowDuplicate(_ reference: PaymentReference) -> LaneReply {
        guard let armed = lane.armed, armed.reference == reference else {
            return .refused(.notPossible(nil))
        }
        lane.confirmDuplicate()
        board.show(armed) { $0.isDuplicateAsked = false }
        return .payment(armed, isNew: false)
    }

    /// A swipe has been submitted: what the lane does not tell of it.
    public func submitted(
        _ attempt: Attempt, stages: StageTimes, outcome: Outcome, warnings: PolicyWarnings
    ) {
        switch outcome {
        case .badRead, .refused: break
        default:
            board.change { view in
                view.changeLive(attempt.sequence) { ($0.stages, $0.warnings) = (stages, warnings) }
            }
        }
        catchUp()
        leaveInDoubt(attempt)
        refresh()
    }

    /// A journal that is lost keeps no end: nobody is sending any more, and what was sent is not
    /// known before the next start.
    private func leaveInDoubt(_ attempt: Attempt) {
        guard lane.stop != nil, board.view.live(attempt.sequence).phase == .sending else { return }
        do throws(JournalFault) {
            board.show(try journal.attempt(attempt.sequence) ?? attempt) { $0.phase = nil }
        } catch { raise(.journalUnreadable(attempt.reference)) }
    }

    /// Lets time pass on the lane.
    /// - Returns: a call that is to be done in the background.
    public func nextCall() -> LaneCall? {
        let call = lane.takeCall()
        catchUp()
        refresh()
        return call
    }

    /// A call in the background has ended.
    public func called(_ call: LaneCall, _ result: CallResult) {
        switch result {
        case .notSent, .swept(.failed): board.gateway(isReachable: false)
        case .unknown, .fetched(nil): break
        default: board.gateway(isReachable: true)
        }
        lane.called(call, result)
        catchUp()
        refresh()
    }

    // MARK: What the lane tells

    /// Shows what the lane has told.
    @discardableResult private func catchUp() -> [LaneNews] {
        let told = news.take()
        for item in told { show(item) }
        return told
    }

    private func show(_ item: LaneNews) {
        switch item {
        case .armed(let attempt):
            if duplicatesAllowed.remove(attempt.sequence) != nil { lane.confirmDuplicate() }
            board.gateway(isReachable: true)
            board.show(attempt) { $0.phase = .waitingForCard }
        case .swipeAgain(let attempt, let outcome):
            board.show(attempt) { live in
                (live.phase, live.lastSwipe) = (.waitingForCard, outcome)
                live.badReads += 1
            }
        case .duplicateSwipe(let attempt):
            board.show(attempt) { ($0.phase, $0.isDuplicateAsked) = (.waitingForCard, true) }
        case .ended(let attempt): ended(attempt)
        case .inDoubt(let attempt): board.show(attempt) { $0.phase = nil }
        case .queued(let attempt): board.show(attempt)
        case .willBeCancelled, .refused: break
        case .alarm(let alarm): raise(alarm)
        case .stopped(let stop): board.change { $0.stop = stop }
        }
    }

    private func ended(_ attempt: Attempt) {
        switch (attempt.state, attempt.facts.settledBy) {
        case (.approved, _), (.declined, _), (.rejected, _): board.gateway(isReachable: true)
        case (.notSent, .answer?):
            let reason = attempt.facts.reason ?? ""
            let wasArmed = board.view.live(attempt.sequence).phase == .sending
            if !wasArmed || Self.unreachable.contains(reason) { board.gateway(isReachable: false) }
        default: break
        }
        duplicatesAllowed.remove(attempt.sequence)
        board.metrics.count(attempt, board.view.live(attempt.sequence).stages)
        board.show(attempt) { ($0.phase, $0.lastSwipe, $0.isDuplicateAsked) = (nil, nil, false) }
        show(parentOf: attempt)
    }

    /// What a capture, void or refund changes on the payment that it is about.
    private func show(parentOf attempt: Attempt) {
        guard let number = attempt.parent else { return }
        do throws(JournalFault) {
            if let parent = try journal.attempt(number) { board.show(parent) }
        } catch { raise(.journalUnreadable(attempt.reference)) }
    }

    /// Raises an alarm, with the amount of its payment where the journal knows it.
    private func raise(_ alarm: LaneAlarm) {
        var amount: Amount?
        do throws(JournalFault) {
            if let reference = alarm.reference { amount = try journal.attempt(reference)?.amount }
        } catch { amount = nil }
        board.alarm(alarm, amount)
    }

    /// Shows what the lane is now.
    private func refresh() {
        let armed = lane.armed
        let queued = lane.queued
        let inDoubt = lane.inDoubt
        let stop = lane.stop
        board.change { view in
            view.current = armed?.sequence
            view.queued = queued?.sequence
            view.inDoubt = inDoubt
            view.stop = stop
        }
    }
}
