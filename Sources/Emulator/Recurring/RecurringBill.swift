internal import PayHub
internal import Values

/// A bill that is charged by its schedule, as the ledger keeps it.
package struct RecurringBill: Equatable, Sendable, Codable {
    /// Where it stands, in the gateway's words.
    ///
    /// Source: PayHub API, "Recurring Bill Status". UNKNOWN is never explained and never given.
    package enum Status: String, Equatable, Sendable, Codable, CaseIterable {
        case active = "ACTIVE"
        case paused = "PAUSED"
        case completed = "COMPLETED"
        case canceled = "CANCELED"
        case delinquent = "DELINQUENT"
    }

    /// Its id, digits; no transaction has the same.
    package let id: String
    /// The merchant's number.
    package let organization: Int
    /// The terminal's number.
    package let terminal: Int
    /// When it was made.
    package let createdAt: Timestamp
    /// Who is billed.
    package let customer: CustomerRecord
    /// The customer's number.
    package let customerID: Int
    /// What is charged each time.
    package internal(set) var bill: BillRecord
    /// The card that is charged.
    package internal(set) var card: CardRecord
    /// The members of its schedule, as the rules left them.
    package internal(set) var schedule: JSONValue
    /// The client's own JSON of the bill, its merchant, its schedule and its status.
    package internal(set) var metaData = MetaData()
    /// Where it stands.
    package private(set) var status = Status.active
    /// When it came to stand there.
    package private(set) var statusChangedAt: Timestamp
    /// When it is charged next; `nil` when it is not.
    package internal(set) var nextBillAt: Timestamp?
    /// When it changed last, `nil` when it never did.
    package internal(set) var changedAt: Timestamp?

    /// The client's own JSON, returned unchanged.
    package struct MetaData: Equatable, Sendable, Codable {
        var bill = JSONValue.null
        var merchant = JSONValue.null
        var schedule = JSONValue.null
        var status = JSONValue.null
    }

    /// A bill that a request asks for.
    internal init(
        id: String, organization: Int, _ request: RecurringRequest, customerID: Int,
        at now: Timestamp
    ) {
        self.id = id
        self.organization = organization
        self.customerID = customerID
        terminal = request.terminal
        createdAt = now
        customer = request.customer
        bill = request.bill
        card = request.card
        schedule = ScheduleText.json(of: request.schedule)
        metaData = request.metaData
        statusChangedAt = now
        nextBillAt = Self.first(of: request.schedule, at: now)
    }

    /// The time of day at which bills are charged: the rows of the document's sample are of this
    /// minute.
    ///
    /// Source: PayHub API, "Transaction report", the sample of a result.
    private static let timeOfDay = (1 * 60 + 10) * 60_000

    /// When a day's bills are charged.
    internal static func moment(of day: CivilDate, as now: Timestamp) -> Timestamp {
        Timestamp(day: day, millisecondOfDay: timeOfDay, offsetMinutes: now.offsetMinutes)
    }

    /// The first charge of a schedule that begins now: today's at once.
    private static func first(of schedule: BillingSchedule, at now: Timestamp) -> Timestamp? {
        guard let day = schedule.dates.first(where: { $0 >= now.day }) else { return nil }
        let moment = moment(of: day, as: now)
        return moment.milliseconds < now.milliseconds ? now : moment
    }

    /// Goes on with another schedule: its days whose time is still to come. False when there is
    /// none.
    internal mutating func follow(_ schedule: BillingSchedule, at now: Timestamp) -> Bool {
        let next = schedule.dates.lazy.map { Self.moment(of: $0, as: now) }
            .first { $0.milliseconds > now.milliseconds }
        self.schedule = ScheduleText.json(of: schedule)
        nextBillAt = isCharged ? next : nil
        return next != nil
    }

    /// The bill when the day of `moment` is over, billed or not; it is complete with its last.
    internal func billed(at moment: Timestamp) -> RecurringBill {
        var next = self
        next.changedAt = moment
        let day = nextBillAt?.day ?? moment.day
        next.nextBillAt = ScheduleText.schedule(of: schedule)?.next(after: day)
            .map { Self.moment(of: $0, as: moment) }
        if next.nextBillAt == nil { next.change(to: .completed, at: moment) }
        return next
    }

    /// Changes where it stands. What is stopped has no next charge.
    internal mutating func change(to status: Status, at now: Timestamp) {
        self.status = status
        statusChangedAt = now
        changedAt = now
        if !isCharged { nextBillAt = nil }
    }

    /// True while its days are heeded.
    private var isCharged: Bool { status == .active || status == .paused }

    /// True when it will never bill again.
    internal var isOver: Bool { status == .completed || status == .canceled }
}

extension RecurringBill {
    /// The sale that it makes.
    internal var request: PaymentRequest {
        PaymentRequest(
            terminal: terminal, bill: bill, card: JudgedCard(record: card, cvv: nil),
            customer: customer, recordFormat: nil, recurringBillID: id)
    }

    /// The bill in the form of a transaction, with which it shares its parts.
    internal var subject: LedgerEntry {
        var entry = LedgerEntry(
            id: id, kind: .sale, organization: organization, terminal: terminal,
            createdAt: createdAt, bill: bill, card: card, customer: customer,
            customerID: customerID, recordFormat: nil, answer: IssuerAnswer(), isReadable: true)
        entry.changedAt = changedAt
        return entry
    }

    /// The bill as the operator reads it.
    package var json: JSONValue {
        .members([
            "id": .string(id), "organization": .integer(organization),
            "terminal": .integer(terminal), "createdAt": .string(createdAt.withOffset),
            "amount": .number(AmountText.dollars(bill.totalCents)),
            "reference": .optional(bill.note), "status": .string(status.rawValue),
            "nextBillAt": .optional(nextBillAt?.withOffset), "schedule": schedule,
            "maskedPAN": .string(card.identity.maskedPAN.description),
            "customer": .integer(customerID),
        ])
    }
}
