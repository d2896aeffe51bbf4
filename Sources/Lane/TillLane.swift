public import HotPath
public import Journal
public import PayHub
public import Readers
public import Timeline
public import Values

/// A till lane with its journal, latch, hot path and reconciler. It belongs to one thread.
///
/// What a lane may do and in which order stands in ``LaneMachine``; this does it.
public final class TillLane {
    /// What a lane needs of the world.
    public struct Parts: Sendable {
        /// What the lane writes.
        public var journal: any JournalStore
        /// The page that remembers what was sent.
        public var latch: Latch
        /// The monotonic clock.
        public var time: any TimeSource
        /// The wall clock.
        public var wall: @Sendable () -> WallTime
        /// How long it waits for what.
        public var times = LaneTimes()
        /// So many attempts a lane holds in memory at most, but for a sweep's worth; what it holds
        /// after a start is half of it.
        public var heldMaximum = 4000

        /// The parts.
        public init(
            journal: any JournalStore, latch: Latch, time: any TimeSource,
            wall: @escaping @Sendable () -> WallTime
        ) {
            self.journal = journal
            self.latch = latch
            self.time = time
            self.wall = wall
        }
    }

    private let parts: Parts
    private let merchant: Merchant
    private let right = SendRight()
    private let tell: (LaneNews) -> Void
    private var machine: LaneMachine
    private var path: HotPath
    private var calls: LaneCalls?
    private var swipes: SwipeGuard
    private var pending: LaneCall?
    private var events: [LaneEvent] = []
    private var isHandling = false
    /// What else is known of the payment that is being armed.
    private var details = OrderDetails()
    /// The same of the payment that waits for its turn.
    private var waiting: (sequence: UInt64, details: OrderDetails)?

    /// Where other threads ask for a cancel, also while this one is sending.
    public let cancelling = Cancelling()

    /// Whether a card that was just used for the same amount, and an encrypted block whose number
    /// does not rise, are refused. Off only where recordings are replayed on purpose.
    public var asksAboutRepeats = true

    /// A lane; ``start()`` comes next.
    ///
    /// - Parameters:
    ///   - parts: what it needs of the world.
    ///   - path: the way of a swipe.
    ///   - calls: does the calls in the background for ``workOnce()``. `nil` where the lane's owner
    ///     does them on another thread, by ``takeCall()`` and ``called(_:_:)``.
    ///   - merchant: for whom.
    ///   - tell: hears what the till is to know, on the lane's thread.
    /// - Throws: ``JournalFault`` when the journal cannot be read or is damaged.
    public init(
        _ parts: Parts, path: consuming HotPath, calls: consuming LaneCalls?,
        merchant: Merchant, tell: @escaping (LaneNews) -> Void
    ) throws(JournalFault) {
        var setup = LaneMachine.Setup(
            lane: parts.journal.lane, journal: parts.journal.number,
            incarnation: parts.latch.incarnation)
        setup.times = parts.times
        let book = try Self.book(parts)
        machine = LaneMachine(setup, book: book, now: parts.time.now(), wall: parts.wall())
        self.calls = calls
        swipes = SwipeGuard(window: parts.times.duplicate)
        self.path = path
        self.parts = parts
        self.merchant = merchant
        self.tell = tell
    }

    /// What is open, the payments of the last days, with which the sweep compares, and all of the
    /// ticket of an open follow-up: how it is sent again depends on its payment and the captures.
    private static func book(_ parts: Parts) throws(JournalFault) -> JournalBook {
        let journal = parts.journal
        var book = try journal.book()
        var recent = AttemptQuery(limit: parts.heldMaximum / 2)
        recent.selection = .all
        for attempt in try journal.attempts(recent) { book.hold(attempt) }
        for attempt in try journal.attempts(AttemptQuery(.approvedTransactions, limit: 16)) {
            book.hold(attempt)
        }
        for attempt in book.open where attempt.parent != nil {
            let family = AttemptQuery(.ticket(attempt.ticket), limit: .max)
            for relative in try journal.attempts(family) { book.hold(relative) }
        }
        return book
    }

    /// Judges what an earlier process left open and begins to ask about it.
    public func start() {
        perform(machine.start(latchWord: parts.latch.word))
        drain()
    }

    /// Decides a payment: durable, then the link is opened. While another payment is in the
    /// foreground, one more is taken and waits for its turn. What came of it is told.
    ///
    /// - Parameters:
    ///   - demand: what is paid, and how the card comes if it is not swiped.
    ///   - details: what else goes out with it; the journal keeps none of it.
    /// - Returns: the attempt: ``armed``, or ``queued``; `nil` when it was refused or not sent.
    /// - Throws: ``JournalFault`` when the ticket's earlier attempts cannot be read.
    public func arm(
        _ demand: Attempt.Demand, _ details: OrderDetails = OrderDetails()
    ) throws(JournalFault) -> Attempt? {
        let history = try parts.journal.attempts(
            AttemptQuery(.ticket(demand.ticket), limit: .max))
        self.details = details
        let sequence = machine.book.nextSequence
        handle(.arm(demand, history: history))
        return [armed, queued].compactMap(\.self).first { $0.sequence == sequence }
    }

    /// The attempt that waits for the one in the foreground.
    public var queued: Attempt? { machine.queue.flatMap { machine.book.attempts[$0] } }

    /// The attempt that waits for a card.
    public var armed: Attempt? {
        guard case .armed(let sequence, _) = machine.phase else { return nil }
        return machine.book.attempts[sequence]
    }

    /// Takes a swipe on the armed lane to its outcome, durable before this returns.
    /// - Returns: what became of it, with the attempt as it then stands.
    public func submit(
        _ gathered: consuming GatheredSwipe, inHand: Moment
    ) -> (report: PaymentReport, attempt: Attempt)? {
        guard let attempt = armed else { return nil }
        // What is given back to a card is no repeat of what was paid with it.
        let cents = (attempt.amount?.cents ?? 0) * (attempt.isUnlinkedRefund ? -1 : 1)
        let report = path.submit(gathered, inHand: inHand) { [self] swipe in
            asksAboutRepeats ? swipes.refusal(of: swipe, cents: cents, now: inHand) : nil
        } willSend: {
            maySend(attempt)
        }
        return end(attempt, with: report)
    }

    /// Takes a card that was keyed, or its token, on a lane that was armed for one to its outcome,
    /// durable before this returns.
    /// - Returns: what became of it, with the attempt as it then stands; `nil` when the lane is not
    ///   armed, or for a swipe: then nothing was sent.
    public func submit(
        _ card: CardInHand, inHand: Moment
    ) -> (report: PaymentReport, attempt: Attempt)? {
        guard let attempt = armed, !attempt.isSwiped else { return nil }
        return end(attempt, with: path.submit(card, inHand: inHand) { maySend(attempt) })
    }

    /// Latch before byte, always: docs/protocol.md, "The way of a swipe".
    private func maySend(_ attempt: Attempt) -> Bool {
        guard !cancelling.concerns(attempt.ticket), right.use(attempt.sequence) else {
            return false
        }
        parts.latch.mark(attempt.sequence)
        return true
    }

    private func end(
        _ attempt: Attempt, with told: PaymentReport
    ) -> (report: PaymentReport, attempt: Attempt) {
        let sequence = attempt.sequence
        if cancelling.close() { handle(.cancel(attempt.ticket)) }
        var report = told
        if machine.isOfAnother(report.outcome, than: sequence) {
            report.outcome = .inDoubt(Doubt.Cause(.locationForeign))
            report.mismatch = nil
        }
        take(report, sequence)
        return (report, machine.book.attempts[sequence] ?? attempt)
    }

    /// Takes another way of swipes in place of the one it has, with a new token of the gateway. To
    /// be called while no payment is in the foreground.
    public func replace(_ path: consuming HotPath) {
        precondition(machine.phase == .idle, "a payment keeps the way that it was armed with")
        self.path = path
    }

    /// Closes what the last payment has left open. To be called when its outcome has been told.
    public func rest() { path.rest() }

    private func take(_ report: PaymentReport, _ sequence: UInt64) {
        switch report.outcome {
        case .badRead: break
        case .refused(.duplicateSwipe): handle(.duplicateSwipe(sequence))
        case .refused: break
        case .approved, .inDoubt: swipes.sent(mayHoldMoney: true)
        case .declined, .rejected, .notSent: swipes.sent(mayHoldMoney: false)
        }
        var submission = LaneEvent.Submission(report.outcome, AttemptFacts(report))
        submission.isMismatch = report.mismatch != nil
        handle(.submitted(sequence, submission))
        guard armed?.sequence == sequence else { return }
        if path.isArmed {
            cancelling.open(ticket(of: sequence))
        } else {
            handle(.cancel(ticket(of: sequence)))
        }
    }

    private func ticket(of sequence: UInt64) -> Ticket {
        guard let ticket = machine.book.attempts[sequence]?.ticket else {
            preconditionFailure("an attempt in hand is in the book")
        }
        return ticket
    }

    /// The cashier says that the next swipe may be of the same card and amount.
    public func confirmDuplicate() { swipes.isConfirmed = true }

    /// Cancels the payment of a ticket, at whatever moment; what that means is told.
    public func cancel(_ ticket: Ticket) { handle(.cancel(ticket)) }

    /// Cancels what ``cancelling`` was asked to. Taking a swipe to its outcome does so too.
    public func takeCancels() {
        if let ticket = cancelling.take() { handle(.cancel(ticket)) }
    }

    /// Captures, voids or refunds a payment of the journal; its end is told.
    /// - Parameters:
    ///   - operation: capture, void or refund.
    ///   - parent: the payment.
    ///   - amount: how much; without it all.
    ///   - key: the till's key, if it gave one.
    /// - Throws: ``JournalFault``
    public func followUp(
        _ operation: JournalOperation, of parent: Attempt, amount: Amount? = nil,
        key: TillKey? = nil
    ) throws(JournalFault) {
        let family = try parts.journal.attempts(
            AttemptQuery(.ticket(parent.ticket), limit: .max))
        let earlier = family.filter { $0.parent == parent.sequence }
        var wish = LaneEvent.FollowUp(operation, of: parent, earlier: earlier, amount: amount)
        wish.key = key
        handle(.followUp(wish))
    }

    /// Captures, voids or refunds a transaction that the journal does not hold; its end is told.
    /// - Throws: ``JournalFault``
    public func followUp(_ wish: LaneEvent.Outside) throws(JournalFault) {
        let earlier = try parts.journal.attempts(
            AttemptQuery(.ticket(wish.ticket), limit: .max))
        handle(.followUpOutside(wish, earlier: earlier))
    }

    /// An operator's word about an attempt in doubt.
    public func settle(_ attempt: Attempt, _ verdict: LaneEvent.OperatorVerdict) {
        handle(.settle(attempt.sequence, verdict))
    }

    /// Compares with the gateway at the next opportunity.
    public func sweepSoon() { handle(.sweepNow) }

    /// Attempts whose end is not known.
    public var inDoubt: [Attempt] { machine.inDoubt }

    /// Attempts that are not at their end, reversals among them.
    public var open: [Attempt] {
        machine.book.open.filter { $0.sequence != armed?.sequence && $0.state != .queued }
    }

    /// Why the lane sells no more.
    public var stop: LaneStop? { machine.stop }

    /// When there is something to do in the background; now, if a call waits to be done, or a
    /// cancel to be taken.
    public var nextWork: Moment? {
        pending == nil && !cancelling.isAsked ? machine.nextWake : parts.time.now()
    }

    /// Does what is due in the background: at most one call, which blocks.
    /// - Returns: false when nothing was due, or the lane was made without ``LaneCalls``.
    public func workOnce() -> Bool {
        rest()
        guard calls != nil, let call = takeCall(), let result = calls?.perform(call) else {
            return false
        }
        called(call, result)
        return true
    }

    /// Lets time pass: a payment that waits has its turn, one without a card is given up, a call
    /// that is due is decided.
    /// - Returns: the call to be done with ``LaneCalls`` on whatever thread; `nil` when none is
    ///   due, or one is out. Meanwhile the lane arms and takes swipes as ever.
    public func takeCall() -> LaneCall? {
        takeCancels()
        handle(.timePassed)
        defer { pending = nil }
        return pending
    }

    /// Takes in what came of a call, once for each that ``takeCall()`` gave.
    public func called(_ call: LaneCall, _ result: CallResult) {
        handle(.called(call, result))
        if case .sweep = call { forget() }
    }

    /// A lane that runs for months remembers what it would after a start, and no more.
    private func forget() {
        guard machine.book.attempts.count > parts.heldMaximum, machine.stop == nil else { return }
        // A journal that cannot be read is told when the next payment needs it.
        do throws(JournalFault) { machine.book = try Self.book(parts) } catch { return }
    }

    /// How many attempts are in memory.
    internal var heldCount: Int { machine.book.attempts.count }

    // MARK: Steps

    private func handle(_ event: LaneEvent) {
        events.append(event)
        drain()
    }

    private func drain() {
        guard !isHandling else { return }
        isHandling = true
        defer { isHandling = false }
        while !events.isEmpty {
            let event = events.removeFirst()
            perform(machine.handle(event, now: parts.time.now(), wall: parts.wall()))
        }
    }

    private func perform(_ steps: [LaneStep]) {
        for step in steps {
            switch step {
            case .record(let changes):
                do { try parts.journal.append(changes) } catch {
                    events.append(.journalFailed(error.description))
                    return
                }
            case .arm(let attempt): arm(path: attempt)
            case .withdraw(let sequence): withdraw(sequence)
            case .call(let call): pending = call
            case .tell(let news):
                if case .queued(let attempt) = news { waiting = (attempt.sequence, details) }
                tell(news)
            }
        }
    }

    private func arm(path attempt: Attempt) {
        guard let order = PaymentOrder(attempt, merchant: merchant) else {
            events.append(.armFailed(attempt.sequence, "the operation takes no card"))
            return
        }
        do throws(RuleBreach) {
            let order = try order.with(details(of: attempt))
            do throws(ArmFailure) {
                // A word that was given for another payment does not hold for this one.
                swipes.isConfirmed = false
                try path.arm(order)
                right.grant(attempt.sequence)
                cancelling.open(attempt.ticket)
                events.append(.armed(attempt.sequence))
            } catch { events.append(.armFailed(attempt.sequence, error.description)) }
        } catch { events.append(.armFailed(attempt.sequence, error.description)) }
    }

    private func details(of attempt: Attempt) -> OrderDetails {
        guard let waiting, waiting.sequence == attempt.sequence else { return details }
        self.waiting = nil
        return waiting.details
    }

    private func withdraw(_ sequence: UInt64) {
        if right.withdraw(sequence) {
            path.disarm()
            _ = cancelling.close()
            events.append(.withdrawn(sequence))
        } else {
            events.append(.tooLate(sequence))
        }
    }
}
