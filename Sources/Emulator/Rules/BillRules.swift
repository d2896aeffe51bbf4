internal import Values

/// The rules of `bill`. Source: PayHub API, "Sale", "bill", "TransactionAmount".
internal enum BillRules {
    static let members: Set<String> = [
        "base_amount", "shipping_amount", "tax_amount", "invoice_number", "po_number", "note",
        "metaData",
    ]

    /// Judges a bill; the bill, as far as it stands.
    static func judge(_ value: JSONValue?, _ findings: inout Findings) -> BillRecord? {
        guard let value, value.members != nil else {
            findings.refuse(.invalidAmount, "bill.base_amount")
            return nil
        }
        findings.warn(ofUnknownMembersOf: value, known: members, at: "bill")
        var bill = BillRecord()
        if isAbsent(value["base_amount"]) {
            findings.refuse(.invalidAmount, "bill.base_amount")
        }
        bill.baseCents = cents("base_amount", of: value, &findings) ?? 0
        bill.shippingCents = cents("shipping_amount", of: value, &findings)
        bill.taxCents = cents("tax_amount", of: value, &findings)
        judgeCurrencies(of: value, &findings)
        bill.invoiceNumber = text(
            "invoice_number", of: value, else: .invalidInvoiceNumber, &findings)
        bill.purchaseOrder = text("po_number", of: value, else: .bodyInvalid, &findings)
        bill.note = text("note", of: value, else: .invalidNote, &findings)
        bill.metaData = value["metaData"] ?? .null
        if !(1...Limits.amountCentsMaximum).contains(bill.totalCents) {
            findings.refuse(.invalidAmount, "bill.base_amount")
        }
        return bill
    }

    private static func isAbsent(_ value: JSONValue?) -> Bool { value == nil || value == .null }

    private static func cents(
        _ member: String, of bill: JSONValue, _ findings: inout Findings
    ) -> Int? {
        guard let part = bill[member], part != .null else { return nil }
        guard let text = part["amount"]?.numberText, let cents = AmountText.cents(text) else {
            findings.refuse(.invalidAmount, "bill.\(member)")
            return nil
        }
        if case .string? = part["amount"], !text.contains(".") {
            findings.warn("amount without a decimal point in bill.\(member): read as dollars")
        }
        return cents
    }

    private static func judgeCurrencies(of bill: JSONValue, _ findings: inout Findings) {
        var currencies: Set<String> = []
        for member in ["base_amount", "shipping_amount", "tax_amount"] {
            guard let part = bill[member], part.members != nil else { continue }
            let currency = part["currency"] ?? .null
            let text = currency == .null ? "USD" : currency.string ?? ""
            if text != "USD" { findings.refuse(.invalidCurrency, "bill.\(member).currency") }
            currencies.insert(text)
        }
        if currencies.count > 1 { findings.refuse(.inconsistentCurrencies, "bill") }
    }

    private static func text(
        _ member: String, of bill: JSONValue, else fault: GatewayFault,
        _ findings: inout Findings
    ) -> String? {
        guard let value = bill[member], value != .null else { return nil }
        guard let text = value.string, text.utf8.count <= Limits.billTextBytesMaximum,
            text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else {
            findings.refuse(fault, "bill.\(member)")
            return nil
        }
        return text
    }
}
