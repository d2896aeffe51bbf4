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
        guard !options.json else { return try OutputStream.say(json: line) }
        line.schedule = nil
        try Description(line).say()
        try OutputStream.say("schedule\n  \(RecurringWords.sentence(schedule))")
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

    /// The days, the start and the end.
    static func sentence(_ schedule: BillingSchedule) -> String {
        let start = schedule.start.map { ", from \($0.iso8601)" } ?? ""
        let end =
            switch schedule.end {
            case .never: ""
            case .after(let bills): ", \(bills) in all"
            case .on(let day): ", up to \(day.iso8601)"
            }
        return days(schedule) + start + end
    }

    private static func days(_ schedule: BillingSchedule) -> String {
        func every(_ unit: String) -> String {
            schedule.interval == 1 ? "every \(unit)" : "every \(schedule.interval) \(unit)s"
        }
        switch schedule.days {
        case .daily: return every("day")
        case .weekly(let weekdays):
            return "\(every("week")) on \(weekdays.sorted().map(\.name).joined(separator: ", "))"
        case .monthlyEach(let days):
            let names = days.sorted().map { $0 == 32 ? "the last day" : "day \($0)" }
            return "\(every("month")) on \(names.joined(separator: ", "))"
        case .monthlyOn(let position, let weekday):
            return "\(every("month")) on the \(position) \(weekday.name)"
        case .yearly(let year, let month, let day):
            return "\(every("year")) on day \(day) of month \(month), from \(year) on"
        case .dates(let dates): return dates.sorted().map(\.iso8601).joined(separator: ", ")
        }
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
