internal import Values

/// One transaction as the report shows it.
///
/// Source: PayHub API, "Transaction report", the sample of a result.
internal struct ReportRow: Sendable {
    let entry: LedgerEntry
    let faults: ActiveFaults

    /// What it comes from.
    var source: String { recurringBill == nil ? "3rd Party API" : "Recurring" }

    /// The amount: of an authorization what was captured, once it is.
    var cents: Int { entry.capturedCents ?? entry.bill.totalCents }

    /// The amount that the issuer was asked for.
    var authorizedCents: Int { entry.bill.totalCents }

    /// A void has no bill, and so no note.
    var note: String {
        if entry.kind == .void, !faults.has(.voidRowsCarryNote) { return "" }
        return entry.bill.note ?? ""
    }

    var status: String { entry.answer.isApproval ? "Approved" : "Declined" }
    var cardType: String { entry.card?.identity.brand?.rawValue ?? "" }
    var cardToken: String { entry.card?.token ?? "" }
    var swiped: String { entry.card?.entry.isSwiped == true ? "true" : "false" }
    /// The recurring bill that made it.
    var recurringBill: String? { entry.recurringBillID }

    /// True when the card ends in these digits, or is written so.
    func isCard(_ text: String) -> Bool {
        guard let masked = entry.card?.identity.maskedPAN else { return false }
        return masked.lastFour == text || masked.obscured == text
    }

    /// The row as JSON.
    var json: JSONValue {
        let customer = entry.customer
        let name = [customer?.firstName, customer?.lastName].compactMap(\.self)
        let head = JSONValue.members([
            "amount": amount(cents),
            "authAmount": amount(authorizedCents),
            "batchID": .string(String(entry.batch)),
            "cardLast4Digits": .string(entry.card?.identity.maskedPAN.obscured ?? ""),
            "cardToken": .string(cardToken),
            "cardType": .string(cardType),
            "customerName": .string(name.joined(separator: " ")),
            "email": .string(customer?.email ?? ""),
            "isCaptured": .string(entry.capturedCents == nil ? "False" : "True"),
            "note": .string(shownNote),
            "phoneNumber": .string(customer?.phoneNumber ?? ""),
            "recurringBillId": .string(recurringBill ?? "0"),
        ])
        return head.adding([
            "refundedBy": refundedBy,
            "responseCode": .string(entry.answer.responseCode),
            "responseText": .string(entry.answer.responseText),
            "source": .string(source),
            "swiped": .string(swiped),
            "transactionDate": .string(entry.createdAt.withoutZone),
            "transactionID": .string(entry.id),
            "transactionStatus": .string(status),
            "transactionType": .string(entry.kind.reportName),
            "voidedBy": .string(entry.voidedBy ?? "0"),
            "settlementStatus": .string(entry.settlementStatus),
        ])
    }

    /// "0" is none.
    private var refundedBy: JSONValue {
        entry.refundedBy.isEmpty
            ? .string("0") : .array(entry.refundedBy.map(JSONValue.string))
    }

    private func amount(_ cents: Int) -> JSONValue {
        .string(AmountText.dollars(faults.has(.rowAmountTimes100) ? cents * 100 : cents))
    }

    private var shownNote: String {
        if faults.has(.rowNoteLost) { return "" }
        if let fault = faults[.rowNoteChanged] { return fault.text ?? note.lowercased() }
        if let fault = faults[.rowNoteCut] { return String(note.prefix(fault.count ?? 10)) }
        return note
    }
}
