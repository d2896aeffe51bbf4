/// Decides which transactions a report shows.
///
/// Source: PayHub API, "Transaction report".
internal struct ReportQuery: Sendable {
    let filter: ReportFilter
    let faults: ActiveFaults

    /// True when a row is asked for.
    func wants(_ row: ReportRow) -> Bool {
        if faults.has(.reportFilterIgnored) { return true }
        return isInBounds(row) && filter.texts.allSatisfy { matches($0.key, $0.value, row) }
    }

    private func isInBounds(_ row: ReportRow) -> Bool {
        filter.isBetween(row.entry.batch, .batchIdFrom, .batchIdTo)
            && filter.isBetween(row.cents, .amountFrom, .amountTo)
            && filter.isBetween(row.authorizedCents, .authAmountFrom, .authAmountTo)
            && filter.isBetween(row.entry.createdAt.milliseconds, .trnDateFrom, .trnDateTo)
    }

    private func matches(_ field: ReportField, _ text: String, _ row: ReportRow) -> Bool {
        if field == .recurringBillId { return matchesRecurringBill(text, row) }
        return FilterList(text).wants(mix(else: .either)) { value in
            switch field {
            case .transactionType: Self.isSame(row.entry.kind.reportName, value)
            case .transactionStatus: Self.isSame(row.status, value)
            case .cardType: Self.isSame(row.cardType, value)
            case .swiped: Self.isSame(row.swiped, value)
            case .responseCode: row.entry.answer.responseCode == value
            case .firstName: Self.contains(row.entry.customer?.firstName, value)
            case .lastName: Self.contains(row.entry.customer?.lastName, value)
            case .phoneNumber: Self.contains(row.entry.customer?.phoneNumber, value)
            case .email: Self.contains(row.entry.customer?.email, value)
            case .cardLast4Digits: row.isCard(value)
            case .cardToken: row.cardToken == value
            case .source: row.source == value
            case .note: matchesNote(row.note, value)
            case .customerId: String(row.entry.customerID) == value
            default: true
            }
        }
    }

    private func mix(else standard: FilterList.Mix) -> FilterList.Mix {
        if faults.has(.reportMixedFilterAnd) { return .both }
        return faults.has(.reportMixedFilterOr) ? .either : standard
    }

    /// "!" alone is any recurring bill, an empty text none.
    private func matchesRecurringBill(_ text: String, _ row: ReportRow) -> Bool {
        if text == "!" { return row.recurringBill != nil }
        if text.isEmpty { return row.recurringBill == nil }
        return FilterList(text).wants(mix(else: .both)) { $0 == row.recurringBill }
    }

    private func matchesNote(_ note: String, _ value: String) -> Bool {
        var (note, value) = (note, value)
        if faults.has(.reportNoteCaseInsensitive) {
            (note, value) = (note.lowercased(), value.lowercased())
        }
        if let fault = faults[.reportNoteFilterCut] {
            let count = fault.count ?? 10
            (note, value) = (String(note.prefix(count)), String(value.prefix(count)))
        }
        return faults.has(.reportNoteContains) ? note.contains(value) : note == value
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.lowercased() == other.lowercased()
    }

    private static func contains(_ text: String?, _ part: String) -> Bool {
        (text ?? "").contains(part)
    }
}
