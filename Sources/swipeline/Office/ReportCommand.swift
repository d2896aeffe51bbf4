internal import ArgumentParser
internal import BackOffice
internal import PayHub
internal import Values

/// `swipeline report`: searches the transactions at the gateway.
internal struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Searches the transactions at the gateway.",
        discussion: "\(ReportOptions.discussion) \(OfficeOptions.exits)")

    @OptionGroup var filters: ReportOptions
    @Option(help: "With --from and --to: how many days are asked for at a time.")
    var daysAtATime = 7
    @OptionGroup var options: OfficeOptions

    func validate() throws {
        guard (1...366).contains(daysAtATime) else {
            throw ValidationError("--days-at-a-time is 1 to 366")
        }
    }

    func run() async throws {
        let filter = try filters.filter()
        try await options.withOffice { office in
            var table = TextTable(ReportLine.columns)
            var totals = ReportTotals()
            let progress = Progress("rows")
            func tell(_ rows: [ReportRow]) throws {
                for row in rows where filters.isWanted(row) {
                    totals.add(row)
                    let line = ReportLine(row)
                    if options.json {
                        try OutputStream.say(json: line)
                    } else {
                        table.add(line.cells)
                    }
                }
            }
            if let from = filter.times?.lower, let to = filter.times?.upper {
                let moments = GatewayTime.stretches(from: from, to: to, days: daysAtATime)
                progress.show("from \(from)")
                for try await stretch in office.reports(filter, between: moments) {
                    try tell(stretch.rows)
                    progress.show("up to \(stretch.to), \(totals.rows) rows")
                }
            } else {
                progress.show("the report")
                try tell(try await office.report(filter))
            }
            progress.end()
            if !options.json { try table.say() }
            Terminal.tell(totals.text)
        }
    }
}

/// A row of the report.
internal struct ReportLine: TableLine {
    let transactionId: String
    let type: String?
    let status: String?
    let responseCode: String?
    let responseText: String?
    let amount: String?
    let authorizedAmount: String?
    let dateTime: String?
    let settlementStatus: String?
    let batch: String?
    let cardType: String?
    let lastFour: String?
    let swiped: Bool?
    let captured: Bool?
    let source: String?
    let note: String?
    let voidedBy: String?
    let refundedBy: [String]?
    let recurringBill: String?
    let customerNumber: Int?
    let customerName: String?
    let email: String?
    let phone: String?

    init(_ row: ReportRow) {
        let details = row.details
        transactionId = row.transactionID.text
        type = row.type?.text
        status = row.status?.nonEmpty
        responseCode = row.responseCode?.text
        responseText = details?.responseText?.nonEmpty
        amount = row.amountCents.flatMap { Cents($0) }?.dollars
        authorizedAmount = details?.authorizedCents.flatMap { Cents($0) }?.dollars
        dateTime = row.transactionDate
        settlementStatus = row.settlementStatus?.nonEmpty
        batch = row.batchID
        cardType = details?.cardType?.nonEmpty
        lastFour = row.lastFour?.text
        swiped = row.swiped
        captured = row.isCaptured
        source = details?.source?.nonEmpty
        note = row.note?.nonEmpty
        voidedBy = row.voidedBy?.text
        refundedBy = row.refundedBy.isEmpty ? nil : row.refundedBy.map(\.text)
        recurringBill = details?.recurringBillID?.text
        customerNumber = details?.customerID.flatMap { $0 == 0 ? nil : $0 }
        customerName = details?.customerName?.nonEmpty
        email = details?.mailAddress?.nonEmpty
        phone = details?.phoneNumber?.nonEmpty
    }

    static let columns: [TextTable.Column] = [
        .right("id"), .init(name: "date"), .init(name: "type"), .right("amount"),
        .init(name: "status"), .init(name: "code"), .init(name: "settlement"), .right("batch"),
        .init(name: "card"), .init(name: "then"), .init(name: "note"),
    ]

    var cells: [String?] {
        let card = lastFour.map { digits in (cardType.map { "\($0) " } ?? "") + "*\(digits)" }
        let then =
            voidedBy.map { "voided by \($0)" }
            ?? refundedBy.map { "refunded by " + $0.joined(separator: ", ") }
            ?? (captured == true ? "captured" : nil)
        return [
            transactionId, dateTime, type, amount, status, responseCode, settlementStatus, batch,
            card, then, note,
        ]
    }
}

/// What a report comes to.
internal struct ReportTotals {
    private(set) var rows = 0
    private var sales = (count: 0, cents: 0)
    private var refunds = (count: 0, cents: 0)
    private var uncertain = 0

    /// Adds a row. What was voided, declined or only reserved is no money that moved.
    mutating func add(_ row: ReportRow) {
        rows += 1
        let moves =
            row.type == .sale || row.type == .refund
            || row.type == .authOnly && row.isCaptured == true
        guard moves, row.voidedBy == nil, row.isApproved != false else { return }
        guard let cents = row.amountCents, row.isApproved == true else {
            uncertain += 1
            return
        }
        if row.type == .refund {
            refunds = (refunds.count + 1, refunds.cents + cents)
        } else {
            sales = (sales.count + 1, sales.cents + cents)
        }
    }

    /// In a line for people.
    var text: String {
        let net = sales.cents - refunds.cents
        let words =
            "\(rows) rows; \(sales.count) sales that stand, \(Self.dollars(sales.cents)); "
            + "\(refunds.count) refunds, \(Self.dollars(refunds.cents)); "
            + "net \(Self.dollars(net))"
        return uncertain == 0 ? words : words + "; \(uncertain) that cannot be told, left out"
    }

    private static func dollars(_ cents: Int) -> String {
        let rest = cents.magnitude % 100
        return "\(cents < 0 ? "-" : "")\(cents.magnitude / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
