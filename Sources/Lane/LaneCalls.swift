public import GatewayLink
public import Journal
internal import PayHub
internal import Values

/// Does the lane's calls in the background with the product's caller, one at a time. It may be on
/// another thread than the lane: a call blocks until the gateway has answered or its time is over.
public struct LaneCalls: ~Copyable, Sendable {
    var caller: GatewayCaller
    let lane: Int
    let journal: UInt32
    /// False when a question of this call found no gateway.
    private var isReached = true

    /// The calls of the lane that has this journal.
    public init(_ caller: consuming GatewayCaller, of journal: any JournalStore) {
        self.caller = caller
        lane = journal.lane
        self.journal = journal.number
    }

    /// Does a call that ``TillLane/takeCall()`` gave; its result goes to ``TillLane/called(_:_:)``.
    public mutating func perform(_ call: LaneCall) -> CallResult {
        defer { caller.close() }
        isReached = true
        switch call {
        case .inquire(_, let about, let control):
            let round = round(about, control)
            if case .failed = round.byNote, !isReached { return .notSent }
            return .inquired(round)
        case .fetch(let attempt, let id):
            let found = attempt.isOutside ? authorization(id) : fetch(attempt, id)
            return isReached ? .fetched(found) : .notSent
        case .void(_, let id):
            guard let id = TransactionID(id) else { return .refused([]) }
            return Self.result(caller.void(id))
        case .refund(let attempt, let id, let amount):
            guard let id = TransactionID(id) else { return .refused([]) }
            let bill = amount.map { Bill(base: $0, reference: attempt.reference) }
            return Self.result(caller.refund(id, bill: bill))
        case .capture(let attempt, let id, let amount):
            guard let id = TransactionID(id) else { return .refused([]) }
            let bill = amount.map { Bill(base: $0, reference: attempt.reference) }
            return Self.result(caller.capture(id, bill: bill))
        case .sweep(let since, let isAll): return .swept(sweep(since, isAll))
        case .list(let question): return .listed(list(question))
        }
    }

    private mutating func round(_ about: Attempt, _ control: Attempt?) -> InquiryRound {
        var round = InquiryRound()
        round.byNote = ask(ReportFilter(note: about.reference), about)
        guard case .rows = round.byNote else { return round }
        round.byFacts = ask(Self.filter(about), about)
        guard let control else { return round }
        round.controlByNote = ask(ReportFilter(note: control.reference), control)
        round.controlByFacts = ask(Self.filter(control), control)
        return round
    }

    /// Amount, and of the card what is known; whether it was swiped only where it was.
    private static func filter(_ attempt: Attempt) -> ReportFilter {
        var filter = ReportFilter()
        if let amount = attempt.amount {
            let lastFour = attempt.facts.maskedPAN.lastFour.flatMap { LastFour($0) }
            filter = ReportFilter(around: amount, lastFour: lastFour)
        }
        if !attempt.isSwiped { filter.swiped = nil }
        return filter
    }

    private mutating func ask(_ filter: ReportFilter, _ attempt: Attempt) -> ReportAnswer {
        do throws(InquiryFault) {
            let rows = try caller.inquire(filter) { $0.note == attempt.reference.text }
            return .rows(rows.map(Sighting.init))
        } catch {
            isReached = error.isReached
            return .failed
        }
    }

    private mutating func fetch(_ attempt: Attempt, _ id: String) -> Sighting? {
        let operation: PaymentOperation = attempt.operation == .authOnly ? .authOnly : .sale
        guard let id = TransactionID(id) else { return nil }
        let found: FoundTransaction
        do throws(InquiryFault) { found = try caller.transaction(id, operation) } catch {
            isReached = error.isReached
            return nil
        }
        return Sighting(found, id)
    }

    /// An authorisation that is not ours as the report shows it: the report is asked by the amount
    /// that its resource tells, and by any below, since a part may have been captured.
    private mutating func authorization(_ id: String) -> Sighting? {
        guard let id = TransactionID(id) else { return nil }
        do throws(InquiryFault) {
            let cents = try caller.transaction(id, .authOnly).amountCents
            guard let most = cents.flatMap({ Cents($0 + 1) }), let least = Cents(1) else {
                return nil
            }
            var filter = ReportFilter()
            filter.amounts = ReportRange(least...most)
            filter.types = .only(.authOnly)
            return try caller.inquire(filter) { $0.transactionID == id }.first.map(Sighting.init)
        } catch {
            isReached = error.isReached
            return nil
        }
    }

    /// Everything since then that bears a reference of this lane and journal: what was swiped, and
    /// what was not, where there is any.
    private mutating func sweep(_ since: WallTime, _ isAll: Bool) -> ReportAnswer {
        let swiped = sweep(since, swiped: true)
        guard isAll, case .rows(let rows) = swiped else { return swiped }
        guard case .rows(let others) = sweep(since, swiped: false) else { return .failed }
        return .rows(rows + others)
    }

    private mutating func sweep(_ since: WallTime, swiped: Bool) -> ReportAnswer {
        var filter = ReportFilter()
        filter.swiped = swiped
        filter.times = GatewayTime(seconds: Int(since.milliseconds / 1000)).map { .above($0) }
        let (lane, journal) = (lane, journal)
        do throws(InquiryFault) {
            let rows = try caller.inquire(filter) { row in
                guard let note = row.note, let reference = PaymentReference(note) else {
                    return false
                }
                return reference.isOf(lane: lane, journal: journal)
            }
            return .rows(rows.map(Sighting.init))
        } catch { return .failed }
    }

    private static func result(_ result: FollowUpResult) -> CallResult {
        switch result {
        case .done(let id): .done(transactionID: id.text)
        case .doneBefore: .alreadyDone
        case .settled: .settled
        case .unable, .notFound, .declined: .refused([])
        case .refused(let rejection): .refused(rejection.codes)
        case .notSent: .notSent
        case .unknown: .unknown
        }
    }
}

extension Sighting {
    /// A row of the report.
    init(_ row: ReportRow) {
        self.init(row.transactionID.text)
        note = row.note
        cents = row.amountCents
        kind = Kind(row.type)
        isApproved = row.isApproved
        responseCode = row.responseCode?.text
        isVoided = row.voidedBy != nil
        isRefunded = !row.refundedBy.isEmpty
        isCaptured = row.isCaptured == true
        lastFour = row.lastFour?.text
    }
}

extension Sighting.Kind {
    fileprivate init(_ type: ReportedType?) {
        switch type {
        case .void?: self = .void
        case .refund?: self = .refund
        case .verify?: self = .verify
        case .capture?: self = .capture
        case .sale?, .authOnly?, .other?, nil: self = .charge
        }
    }
}

extension InquiryFault {
    /// False when nothing could be asked, since no connection came about.
    fileprivate var isReached: Bool {
        guard case .link(let failure) = self else { return true }
        return failure.sent != .nothing
    }
}
