internal import BackOffice
internal import Emulator
internal import Journal
internal import LaneRig
internal import PayHub
internal import Values

/// What three books say of a year: the lane's journal, the gateway's report as the back office
/// reads it, and the batches that the gateway settled. To the cent, transaction by transaction.
public struct YearAccount: Sendable {
    /// Where the books differ; none when they agree.
    public var mismatches: [String] = []
    /// Payments by the state in which the journal left them.
    public var payments: [String: Int] = [:]
    /// Payments whose answer was lost and which the lane found out about by itself.
    public var foundOut = 0
    /// Captures, voids and refunds that were done, by their names.
    public var followUps: [String: Int] = [:]
    /// What the shop has taken by the journal, in cents.
    public var journalCents = 0
    /// Sales of recurring bills that were approved.
    public var recurringSales = 0
    /// Sales of recurring bills that were declined.
    public var recurringDeclines = 0
    /// What recurring bills have brought by their schedules, in cents.
    public var recurringCents = 0
    /// Rows of the report.
    public var rows = 0
    /// What the shop has taken by the report, in cents.
    public var reportCents = 0
    /// Batches that were settled.
    public var batches = 0
    /// What was settled by the batches, in cents.
    public var batchCents = 0

    init() {}

    /// Compares two amounts of the same thing.
    mutating func compare(_ one: Int?, _ other: Int?, _ name: @autoclosure () -> String) {
        guard one != other else { return }
        mismatches.append("\(name()): \(one.map(String.init) ?? "-") and \(other ?? 0)")
    }

    /// Compares amounts by name.
    mutating func compare(
        _ ones: [String: Int], _ others: [String: Int], _ name: (String) -> String
    ) {
        for key in Set(ones.keys).union(others.keys).sorted() {
            compare(ones[key], others[key], name(key))
        }
    }
}

extension ShopYear {
    /// Draws up the account of what was lived.
    /// - Throws: what journal and back office throw.
    public func account() async throws -> YearAccount {
        var account = YearAccount()
        account.mismatches += rig.wrong.map { "the lane told the till: \($0)" }
        if rig.isAlarmed { account.mismatches.append("the lane has raised an alarm") }
        let journal = try readJournal(&account)
        let rows = try await readReport()
        account.rows = rows.count
        let report = Self.taken(rows)
        account.reportCents = report.values.reduce(0, +)
        let scheduled = rows.filter { $0.details?.recurringBillID != nil }
        let ours = report.filter { id, _ in !scheduled.contains { $0.transactionID.text == id } }
        account.compare(journal, ours) { "transaction \($0), journal and report" }
        compareBills(scheduled, &account)
        compareBatches(rows, &account)
        account.compare(
            account.journalCents + account.recurringCents, account.reportCents,
            "all of the year, journal and bills against the report")
        account.compare(
            account.reportCents, account.batchCents, "all of the year, report against batches")
        return account
    }

    /// What the cardholders have paid in the end by each transaction, after the journal.
    private func readJournal(_ account: inout YearAccount) throws -> [String: Int] {
        let attempts = try shop.journal.attempts(AttemptQuery(.all, limit: .max))
        if let journal = shop.journal as? Journal {
            account.mismatches += try journal.verify().damages.map { "the journal: \($0)" }
        }
        var taken: [String: Int] = [:]
        for attempt in attempts where attempt.operation.charges {
            account.payments[attempt.state.rawValue, default: 0] += 1
            if attempt.facts.settledBy == .inquiry { account.foundOut += 1 }
            guard attempt.state == .approved, let id = attempt.facts.transactionID else { continue }
            let children = attempts.filter {
                $0.parent == attempt.sequence && $0.state == .approved
            }
            let captured = children.first { $0.operation == .capture }?.amount?.cents
            let paid = attempt.operation == .sale ? attempt.amount?.cents : captured
            let given = children.filter { $0.operation == .refund }
                .reduce(0) { $0 + ($1.amount?.cents ?? 0) }
            if let paid { taken[id] = paid - given }
        }
        for attempt in attempts where !attempt.operation.charges && attempt.state == .approved {
            account.followUps[attempt.operation.rawValue, default: 0] += 1
        }
        for attempt in attempts where !attempt.state.isEnd {
            account.mismatches.append("\(attempt.reference) is still open")
        }
        account.journalCents = taken.values.reduce(0, +)
        return taken
    }

    /// The whole report, a month at a time.
    private func readReport() async throws -> [ReportRow] {
        let moments = stride(from: 0, through: plan.days + 31, by: 31).compactMap { day in
            GatewayTime(
                CivilDate(daysSinceEpoch: firstDay.daysSinceEpoch + day).iso8601 + " 00:00:00")
        }
        var rows: [ReportRow] = []
        for try await stretch in office.desk.reports(ReportFilter(), between: moments) {
            rows += stretch.rows
        }
        return rows
    }

    /// What the cardholders have paid in the end by each transaction, after the report.
    private static func taken(_ rows: [ReportRow]) -> [String: Int] {
        let refunds = Dictionary(
            rows.filter { $0.type == .refund && $0.isApproved == true && $0.voidedBy == nil }
                .map { ($0.transactionID, $0.amountCents ?? 0) },
            uniquingKeysWith: { one, _ in one })
        var taken: [String: Int] = [:]
        for row in rows where row.isApproved == true && row.voidedBy == nil {
            guard row.type == .sale || row.type == .authOnly && row.isCaptured == true else {
                continue
            }
            let given = row.refundedBy.reduce(0) { $0 + (refunds[$1] ?? 0) }
            taken[row.transactionID.text] = (row.amountCents ?? 0) - given
        }
        return taken
    }

    /// Each bill's sales against the days of its schedule, but for those on which it was paused.
    private func compareBills(_ rows: [ReportRow], _ account: inout YearAccount) {
        let byBill = Dictionary(grouping: rows) { $0.details?.recurringBillID }
        for bill in bills {
            let charged = byBill[bill.id] ?? []
            let expected = bill.daysCharged(from: firstDay, until: milliseconds).map { day in
                CivilDate(daysSinceEpoch: firstDay.daysSinceEpoch + day).iso8601
            }
            let days = charged.map { String(($0.transactionDate ?? "").prefix(10)) }
            if days != expected {
                account.mismatches.append(
                    "bill \(bill.id): charged on \(days), its schedule says \(expected)")
            }
            let approved = charged.filter { $0.isApproved == true }
            account.compare(
                approved.count, bill.isApproved ? charged.count : 0, "bill \(bill.id), approvals")
            account.compare(
                charged.reduce(0) { $0 + ($1.amountCents ?? 0) }, expected.count * bill.cents,
                "bill \(bill.id), cents")
            account.recurringSales += approved.count
            account.recurringDeclines += charged.count - approved.count
            if bill.isApproved { account.recurringCents += expected.count * bill.cents }
        }
    }

    /// What each batch has settled, after the report and after the gateway's own ledger.
    private func compareBatches(_ rows: [ReportRow], _ account: inout YearAccount) {
        var reported: [String: Int] = [:]
        for row in rows where row.settlementStatus == "Settled" && row.isApproved == true {
            guard let batch = row.batchID, row.voidedBy == nil else { continue }
            switch row.type {
            case .sale: reported[batch, default: 0] += row.amountCents ?? 0
            case .authOnly where row.isCaptured == true:
                reported[batch, default: 0] += row.amountCents ?? 0
            case .refund: reported[batch, default: 0] -= row.amountCents ?? 0
            default: break
            }
        }
        let (batches, entries) = shop.core.ledger.read { ($0.batches, $0.entries) }
        var settled: [String: Int] = [:]
        for entry in entries where entry.isSettled {
            let cents =
                entry.kind == .refund
                ? -entry.bill.totalCents : entry.chargedCents ?? 0
            settled[String(entry.batch), default: 0] += cents
        }
        account.compare(settled, reported) { "batch \($0), ledger and report" }
        account.batches = batches.count { $0.settledAt != nil }
        account.compare(account.batches, batches.count, "batches that are settled, of all")
        account.batchCents = settled.values.reduce(0, +)
    }
}
