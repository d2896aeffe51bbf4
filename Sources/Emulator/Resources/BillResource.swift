/// The bill of a transaction. The document shows none: its members are those of the request, and
/// the total.
///
/// Source: PayHub API, "Sale", "bill".
internal enum BillResource {
    static func json(_ envelope: Envelope) -> JSONValue {
        let entry = envelope.entry
        let bill = entry.bill
        return envelope.members(id: entry.id, metaData: bill.metaData).adding([
            "base_amount": amount(bill.baseCents),
            "shipping_amount": amount(bill.shippingCents),
            "tax_amount": amount(bill.taxCents),
            "totalAmount": amount(bill.totalCents),
            "invoice_number": .optional(bill.invoiceNumber),
            "po_number": .optional(bill.purchaseOrder),
            "note": .optional(bill.note),
        ])
    }

    private static func amount(_ cents: Int?) -> JSONValue {
        guard let cents else { return .null }
        return .members([
            "amount": .number(AmountText.dollars(cents)), "currency": .string("USD"),
        ])
    }
}
