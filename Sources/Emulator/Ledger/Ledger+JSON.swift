internal import Values

extension Ledger {
    /// All that the ledger holds, as one JSON array: what a test compares and searches.
    package var json: JSONValue { .array(entries.map(\.json)) }
}

extension LedgerEntry {
    /// All that the ledger holds of a transaction.
    package var json: JSONValue {
        let head = JSONValue.members([
            "id": .string(id), "kind": .string(kind.rawValue),
            "organization": .integer(organization), "terminal": .integer(terminal),
            "createdAt": .string(createdAt.withOffset),
            "amount": .number(AmountText.dollars(bill.totalCents)),
            "reference": .optional(bill.note), "invoice": .optional(bill.invoiceNumber),
            "purchaseOrder": .optional(bill.purchaseOrder),
            "entry": .optional(card?.entry.rawValue),
            "swiped": .boolean(card?.entry.isSwiped ?? false),
            "maskedPAN": .optional(card?.identity.maskedPAN.description),
            "brand": .optional(card?.identity.brand?.rawValue),
            "token": .optional(card?.token), "expiry": .optional(card?.expiry?.text),
            "customer": .integer(customerID),
            "responseCode": .string(answer.responseCode),
            "approvalCode": .string(answer.approvalCode),
            "approved": .boolean(answer.isApproval), "readable": .boolean(isReadable),
        ])
        return head.adding([
            "target": .optional(target), "batch": .integer(batch),
            "settled": .boolean(isSettled), "held": .boolean(isHeld),
            "risk": .optional(risk?.rule),
            "capturedCents": capturedCents.map(JSONValue.integer) ?? .null,
            "voidedBy": .optional(voidedBy),
            "refundedBy": .array(refundedBy.map(JSONValue.string)),
            "recurringBill": .optional(recurringBillID),
        ])
    }
}

extension LedgerBatch {
    /// The batch.
    package var json: JSONValue {
        .members([
            "number": .integer(number), "organization": .integer(organization),
            "terminal": .integer(terminal), "openedAt": .string(openedAt.withOffset),
            "settledAt": .optional(settledAt?.withOffset),
        ])
    }
}
