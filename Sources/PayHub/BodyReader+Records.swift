internal import Values

extension BodyReader {
    /// Reads a merchant.
    /// - Returns: `nil` when the body is none.
    public mutating func merchant(_ body: Span<UInt8>) -> Merchant? {
        guard isDocument(body),
            let organization = tape.number("organization_id", of: 0, body),
            let terminal = tape.number("terminal_id", of: 0, body)
        else { return nil }
        return Merchant(organizationID: organization, terminalID: terminal)
    }

    /// Reads a bill.
    /// - Returns: `nil` when the body is no JSON object.
    public mutating func bill(_ body: Span<UInt8>) -> BillRecord? {
        isDocument(body) ? bill(at: 0, body) : nil
    }

    /// A bill that stands in a document; `nil` when it is no object.
    internal func bill(at object: Int, _ body: Span<UInt8>) -> BillRecord? {
        guard tape.isObject(object) else { return nil }
        var record = BillRecord()
        record.baseCents = cents("base_amount", of: object, body)
        record.shippingCents = cents("shipping_amount", of: object, body)
        record.taxCents = cents("tax_amount", of: object, body)
        record.isWhole =
            record.baseCents != nil
            && isRead(record.shippingCents, "shipping_amount", of: object, body)
            && isRead(record.taxCents, "tax_amount", of: object, body)
        record.note = tape.text("note", of: object, body)
        record.invoiceNumber = tape.text("invoice_number", of: object, body)
        record.purchaseOrderNumber = tape.text("po_number", of: object, body)
        return record
    }

    /// True for what was read, and for what is absent or null.
    private func isRead(
        _ cents: Int?, _ name: String, of object: Int, _ body: Span<UInt8>
    ) -> Bool {
        cents != nil || tape.member(name, of: object, body).map(tape.isNull) ?? true
    }

    /// Reads the errors of a refusal in full.
    /// - Returns: none when the body is none of the known forms.
    public mutating func errors(_ body: Span<UInt8>) -> [GatewayError] {
        guard isDocument(body) else { return [] }
        let nodes = tape.member("errors", of: 0, body).map { tape.elements(of: $0) } ?? [0]
        return nodes.prefix(Limits.errorCodesMaximum).filter { tape.isObject($0) }.map { error in
            GatewayError(
                status: short("status", of: error, body),
                code: short("code", of: error, body).flatMap(ErrorCode.init),
                location: short("location", of: error, body),
                reason: reason(of: error, body),
                severity: short("severity", of: error, body))
        }
    }

    /// The gateway's word for an error, in the form of the document or in one of those that the
    /// makers' own programs know: OAuth's, and a cause with a message.
    private func reason(of error: Int, _ body: Span<UInt8>) -> String? {
        for name in ["reason", "error_description", "message", "error", "cause"] {
            guard let text = tape.text(name, of: error, body) else { continue }
            return ShownText(String(text.prefix(Limits.billTextBytesMaximum))).text
        }
        return nil
    }

    internal func short(_ name: String, of object: Int, _ body: Span<UInt8>) -> String? {
        tape.member(name, of: object, body).flatMap { tape.shortText($0, body) }
    }

    /// The cents of `{"amount": 12.75}`, from the digits as they are written; `nil` for another
    /// currency than ours.
    private func cents(_ name: String, of object: Int, _ body: Span<UInt8>) -> Int? {
        guard let amount = tape.member(name, of: object, body),
            let written = short("amount", of: amount, body),
            names("currency", of: amount, body, "USD")
        else { return nil }
        return Self.cents(written)
    }

    /// Dollars with at most two decimals to cents; `nil` for every other form.
    static func cents(_ text: String) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        // `Int` would take a sign.
        guard parts.count <= 2, parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) }),
            let dollars = Int(parts[0]), dollars <= Limits.amountCentsMaximum / 100
        else { return nil }
        guard parts.count == 2 else { return dollars * 100 }
        let decimals = parts[1]
        guard (1...2).contains(decimals.utf8.count), let value = Int(decimals) else { return nil }
        return dollars * 100 + (decimals.utf8.count == 1 ? value * 10 : value)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
