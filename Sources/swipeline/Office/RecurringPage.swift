internal import BackOffice
internal import PayHub
internal import Values

/// A recurring bill and its parts.
internal enum RecurringPage {
    /// Prints one.
    static func show(
        _ id: TransactionID, _ office: BackOffice, _ options: OfficeOptions
    ) async throws {
        var line = try await RecurringLine(office.recurringBill(id), at: office)
        let schedule = try await office.recurringBill(id, .schedule).content.schedule
        line.schedule = schedule
        line.nextDates =
            line.isOver ? [] : RecurringWords.next(schedule, on: .today).map(\.iso8601)
        line.merchant = MerchantLine(try await office.recurringBill(id, .merchant))
        line.customer = CustomerLine(try await office.recurringBill(id, .customer))
        line.card = CardLine(try await office.recurringBill(id, .card))
        try options.json ? OutputStream.say(json: line) : Description(line).say()
    }

    /// Changes where one stands, and prints it.
    static func change(
        _ id: TransactionID, to change: RecurringStatusChange, _ options: OfficeOptions
    ) async throws {
        try await options.withOffice { office in
            try await office.changeRecurringBill(id, to: change)
            try await show(id, office, options)
        }
    }
}

/// A recurring bill for people and for programs.
internal struct RecurringLine: TableLine {
    let id: String?
    let status: String
    let nextBillDate: String?
    let statusChangedAt: String?
    let customerNumber: Int?
    let bill: BillLine
    let metaData: PlainJSON?
    var schedule: BillingSchedule?
    var nextDates: [String]?
    var merchant: MerchantLine?
    var customer: CustomerLine?
    var card: CardLine?
    /// True when it is never charged again.
    let isOver: Bool

    private enum CodingKeys: CodingKey {
        case id, status, nextBillDate, statusChangedAt, customerNumber, bill, metaData, schedule,
            nextDates, merchant, customer, card
    }

    /// Reads what the list does not have.
    init(_ resource: RecurringBillResource, at office: BackOffice) async throws {
        guard let number = resource.number else {
            throw Failure("the gateway has a recurring bill without a number", .unreachable)
        }
        let standing = try await office.recurringBill(number, .status)
        id = number.text
        status = standing.content.status.text
        isOver = standing.content.status == .canceled || standing.content.status == .completed
        nextBillDate = standing.nextBillDate
        statusChangedAt = standing.changedAt
        customerNumber = resource.answer?.customerReference?.customerID
        bill = BillLine(try await office.recurringBill(number, .bill))
        metaData = resource.envelope.metaData.flatMap(PlainJSON.init)
    }

    static let columns: [TextTable.Column] = [
        .right("id"), .init(name: "status"), .right("amount"), .init(name: "next"),
        .right("customer"), .init(name: "note"),
    ]

    var cells: [String?] {
        [id, status, bill.total, nextBillDate, customerNumber.map(String.init), bill.note]
    }
}

/// A schedule in words.
internal enum RecurringWords {
    /// The next days on which it bills, at most six.
    static func next(_ schedule: BillingSchedule, on today: CivilDate) -> [CivilDate] {
        Array(schedule.dates.lazy.filter { $0 >= today }.prefix(6))
    }

    /// What is asked before it is sent.
    static func question(
        _ bill: Bill, _ schedule: BillingSchedule, on today: CivilDate
    ) -> String {
        let days = next(schedule, on: today).map(\.iso8601)
        let total = Cents(bill.totalCents)?.dollars ?? "?"
        return "The gateway charges \(total) by itself on "
            + days.joined(separator: ", ") + (days.count == 6 ? " and so on." : ", and no more.")
    }
}
