/// The report of transactions: the rows that a merchant asks for.
///
/// Source: PayHub API, "Transaction report".
internal struct Report: Sendable {
    let entries: [LedgerEntry]
    let organization: Int
    let now: Timestamp
    let faults: ActiveFaults

    /// The answer to a request with these filters.
    func answer(_ filter: ReportFilter) -> GatewayResponse {
        if let failure { return failure }
        let query = ReportQuery(filter: filter, faults: faults)
        var rows = entries.filter(isShown).map { ReportRow(entry: $0, faults: faults) }
            .filter(query.wants).map(\.json)
        if faults.has(.reportEmpty) { rows = [] }
        if faults.has(.rowsTwice) { rows = rows.flatMap { [$0, $0] } }
        if faults.has(.rowsReversed) { rows.reverse() }
        return .json(.array(rows))
    }

    private var failure: GatewayResponse? {
        if let fault = faults[.reportError] {
            return .failure(
                .internalError, status: GatewayStatus(rawValue: fault.status ?? 500))
        }
        if faults.has(.reportHTML) { return .html(.ok) }
        return faults.has(.reportGarbage) ? .garbage : nil
    }

    private func isShown(_ entry: LedgerEntry) -> Bool {
        guard entry.organization == organization || faults.has(.reportOtherMerchants) else {
            return false
        }
        if let fault = faults[.reportLag] {
            let age = now.milliseconds - entry.createdAt.milliseconds
            if age < fault.milliseconds ?? 30_000 { return false }
        }
        switch entry.kind {
        case .capture: return faults.has(.reportShowsCaptures)
        case .authOnly where faults.has(.reportHidesAuthorizations): return false
        default: return entry.answer.isApproval || !faults.has(.reportHidesDeclines)
        }
    }
}
