internal import Advice
public import Journal
public import Timeline
public import Values

/// One till lane: what may be done when, what must be durable before what, and how doubt is turned
/// into truth. Pure: events and times go in, steps come out; the shell and the simulation do them.
///
/// The protocol is in docs/protocol.md; the model of it in Tools/model.
public struct LaneMachine: Sendable {
    /// Where the payment in the foreground is.
    enum Phase: Equatable, Sendable {
        case idle
        /// The intent is durable, the link is being opened.
        case arming(UInt64)
        /// A card is waited for.
        case armed(UInt64, since: Moment)

        var sequence: UInt64? {
            switch self {
            case .idle: nil
            case .arming(let sequence), .armed(let sequence, _): sequence
            }
        }
    }

    /// What does not change while the lane runs.
    public struct Setup: Equatable, Sendable {
        /// The number of the lane, 0 to 46,655.
        public var lane: Int
        /// The journal's number.
        public var journal: UInt32
        /// The latch page that is in use.
        public var incarnation: UInt64
        /// How long it waits for what.
        public var times = LaneTimes()

        /// A lane on a journal and a latch page.
        public init(lane: Int, journal: UInt32, incarnation: UInt64) {
            self.lane = lane
            self.journal = journal
            self.incarnation = incarnation
        }
    }

    let setup: Setup
    /// What is durable, as far as the lane needs it.
    public internal(set) var book: JournalBook
    /// Why it sells no more; `nil` while it does.
    public internal(set) var stop: LaneStop?
    var phase = Phase.idle
    var doubts: [UInt64: Doubt] = [:]
    /// The call that is under way, and since when.
    var calling: (call: LaneCall, since: Moment)?
    var nextSweep: Moment
    /// When the lane was started.
    let startedAt: Moment
    /// When an approved payment is looked at in the report.
    var looks: [UInt64: Moment] = [:]
    /// The one that the call that is out looks at.
    var lookingAt: UInt64?
    /// Payments that the gateway holds under another id than was told: nothing is done with them.
    var strange: Set<UInt64> = []
    /// When the lists are compared whatever the report says.
    var nextList: Moment
    /// What the lists are to be asked, as soon as no call is out.
    var listQuestion: ListQuestion?
    /// Approved payments that the last report lacked, and whether it showed any of ours.
    var missingInReport: [UInt64] = []
    var isReportBlank = false
    /// Wall time of the event that is being handled.
    var wall: WallTime
    var now: Moment
    /// What the sweeps have raised the alarm about.
    var alarmed: Set<LaneAlarm> = []
    var steps: [LaneStep] = []
    /// The payment that waits for the one in the foreground.
    var queue: UInt64?
    /// Whether a payment came by a keyed card or a token: the report is asked for those as well.
    var hasUnswiped: Bool
    /// Until when copies of a request may come and show, of what was sent a short while ago.
    var copiesUntil: [UInt64: Moment] = [:]

    /// A lane with what its journal holds. ``start(latchWord:)`` comes next.
    public init(_ setup: Setup, book: JournalBook, now: Moment, wall: WallTime) {
        self.setup = setup
        self.book = book
        self.now = now
        self.wall = wall
        startedAt = now
        nextSweep = now
        nextList = now.adding(milliseconds: 86_400_000)
        hasUnswiped = book.attempts.values.contains(where: \.isShownUnswiped)
    }

    /// Judges what an earlier process left open, by the latch: an intent of the page in use whose
    /// number is above the highest that was sent has not been sent. Whatever else is open is in
    /// doubt and asked about.
    public mutating func start(latchWord: UInt64) -> [LaneStep] {
        steps = []
        for attempt in book.open { reopen(attempt, latchWord) }
        dispatch()
        return steps
    }

    private mutating func reopen(_ attempt: Attempt, _ latchWord: UInt64) {
        if attempt.state == .queued {
            end(attempt, .notSent, by: .latch, "the lane was interrupted before its turn")
            return
        }
        if attempt.takesCard, attempt.state == .intent {
            if attempt.incarnation == setup.incarnation, latchWord < attempt.sequence {
                end(attempt, .notSent, by: .latch, "the lane was interrupted before it was sent")
                return
            }
            if attempt.operation == .verify {
                end(attempt, .notCharged, by: .latch, "a verify moves no money")
                return
            }
        }
        if attempt.state == .reversing { return reopen(reversing: attempt) }
        doubt(attempt, maySent: true, after: 0)
        if attempt.isPayment { steps.append(.tell(.inDoubt(attempt))) }
    }

    private mutating func reopen(reversing attempt: Attempt) {
        if reversals(of: attempt, in: .intent) > 0 { return }
        if reversals(of: attempt, in: .approved) > 0 { return check(attempt) }
        if let id = attempt.facts.transactionID { takeBack(id, of: attempt, .cancelled) }
    }

    /// Takes an event in and says what to do.
    public mutating func handle(_ event: LaneEvent, now: Moment, wall: WallTime) -> [LaneStep] {
        self.now = max(now, self.now)
        self.wall = wall
        steps = []
        take(event)
        dispatch()
        return steps
    }

    private mutating func take(_ event: LaneEvent) {
        switch event {
        case .arm(let demand, let history): arm(demand, history)
        case .armed(let sequence): armed(sequence)
        case .armFailed(let sequence, let reason): armFailed(sequence, reason)
        case .cancel(let ticket): cancel(ticket)
        case .withdrawn(let sequence): withdrawn(sequence, "cancelled")
        case .tooLate(let sequence): tooLate(sequence)
        case .submitted(let sequence, let submission): submitted(sequence, submission)
        case .duplicateSwipe(let sequence): duplicateSwipe(sequence)
        case .followUp(let wish): followUp(wish)
        case .followUpOutside(let wish, let earlier): followUp(wish, earlier: earlier)
        case .settle(let sequence, let verdict): settle(sequence, verdict)
        case .called(let call, let result): called(call, result)
        case .journalFailed(let fault): halt(.journal(fault))
        case .timePassed: takeTurn()
        case .sweepNow:
            (nextSweep, nextList) = (now, now)
            askSoon()
        }
    }

    /// When the lane wants to be called again though nothing happens; `nil` for never.
    public var nextWake: Moment? {
        guard !isJournalLost else { return nil }
        var moments: [Moment] = []
        if calling == nil {
            moments = doubts.values.map(\.next) + looks.values
            moments.append(listQuestion == nil ? nextSweep : now)
        }
        if phase == .idle, queue != nil { moments.append(now) }
        if case .armed(_, let since) = phase {
            moments.append(since.adding(milliseconds: setup.times.card))
        }
        return moments.min()
    }

    /// Attempts that the lane does not know the end of.
    public var inDoubt: [Attempt] {
        book.open.filter {
            $0.isPayment && $0.state != .reversing && doubts[$0.sequence]?.maySent == true
        }
    }

    /// True while a payment is in the foreground.
    public var isBusy: Bool { phase != .idle }

    var isJournalLost: Bool { if case .journal = stop { true } else { false } }

    // MARK: What all parts use

    /// Puts changes into the book and has them made durable. A change that the rules forbid is a
    /// defect of this program: the lane stops rather than store it.
    mutating func record(_ changes: [JournalChange]) {
        guard !isJournalLost else { return }
        do throws(IllegalChange) {
            for change in changes { try book.apply(change) }
            steps.append(.record(changes))
        } catch { halt(.journal(error.description)) }
    }

    /// A new attempt, durable as an intent together with what goes before.
    @discardableResult mutating func begin(
        _ demand: Attempt.Demand, with changes: [JournalChange] = [], isQueued: Bool = false
    ) -> Attempt {
        if demand.operation == .refund { hasUnswiped = true }
        let attempt = Attempt(
            .init(sequence: book.nextSequence, lane: setup.lane, journal: setup.journal),
            asks: demand, incarnation: setup.incarnation, decidedAt: wall,
            isQueued: isQueued)
        record(changes + [.attempt(attempt)])
        return attempt
    }

    /// An attempt's end: durable, then told.
    mutating func end(
        _ attempt: Attempt, _ state: AttemptState, by settler: AttemptFacts.Settler,
        _ reason: String? = nil
    ) {
        var last = attempt.moved(to: state, at: wall)
        last.facts.settledBy = settler
        if let reason { last.facts.reason = String(reason.prefix(200)) }
        doubts[attempt.sequence] = nil
        record([.attempt(last)])
        steps.append(.tell(.ended(last)))
        if state == .approved, attempt.isPayment, settler != .person { look(for: last) }
    }

    mutating func doubt(_ attempt: Attempt, maySent: Bool, after milliseconds: Int) {
        doubts[attempt.sequence] = Doubt(
            since: now, openSince: now, next: now.adding(milliseconds: milliseconds),
            maySent: maySent)
    }

    mutating func alarm(_ alarm: LaneAlarm) {
        // One that the journal never made has no attempt there.
        let attempt = alarm.reference.flatMap { book.attempts[$0.sequence]?.sequence }
        record([.remark(JournalRemark(.alarm, alarm.text(), attempt: attempt, at: wall))])
        steps.append(.tell(.alarm(alarm)))
    }

    mutating func halt(_ reason: LaneStop) {
        if isJournalLost { return }
        let isNew = stop != reason
        stop = reason
        if isJournalLost { queue = nil }
        if isNew { steps.append(.tell(.stopped(reason))) }
    }
}
