internal import Values

/// What can be listed.
internal protocol Listed {
    /// When it was made.
    var createdAt: Timestamp { get }
}

extension LedgerEntry: Listed {}
extension RecurringBill: Listed {}

/// What faults make of a list.
internal struct ListFaults {
    private let faults: ActiveFaults

    init(_ faults: ActiveFaults) { self.faults = faults }

    /// The answer that shows a page of these.
    func answer<Entry: Listed>(
        _ list: ListAnswer, of entries: [Entry], at now: Timestamp, _ json: (Entry) -> JSONValue
    ) -> GatewayResponse {
        if let fault = faults[.listError] {
            return .failure(
                .internalError, status: GatewayStatus(rawValue: fault.status ?? 500))
        }
        var entries = entries
        if let fault = faults[.listLag] {
            let latest = now.milliseconds - (fault.milliseconds ?? 30_000)
            entries = entries.filter { $0.createdAt.milliseconds <= latest }
        }
        if faults.has(.listEmpty) { entries = [] }
        if faults.has(.listReversed) { entries.reverse() }
        guard faults.has(.listEndless) else { return .json(list.json(of: entries, json)) }
        return .json(
            list.first.json(of: entries, json)
                .setting(["page", "totalPages"], to: .integer(Limits.listPagesMaximum * 2)))
    }
}
