public import Values

extension BodyReader {
    /// Reads the whole resource of a sale, an authorisation or a verification.
    /// - Returns: `nil` when the body is none.
    public mutating func transaction(
        _ body: Span<UInt8>, of operation: PaymentOperation
    ) -> TransactionRecord? {
        let kind = ResourceKind(operation)
        guard isDocument(body),
            let response = tape.member(kind.responseMember, of: 0, body),
            let code = responseCode(of: response, body)
        else { return nil }
        var record = TransactionRecord(operation: operation, responseCode: code)
        record.id = kind.idMember.flatMap { tape.member($0, of: response, body) }
            .flatMap { tape.shortText($0, body) }
        record.approvalCode = Self.nonBlank(tape.text("approvalCode", of: response, body))
        record.responseText = tape.text("responseText", of: response, body)
        record.batchID = tape.text("batchId", of: response, body)
        record.settlementStatus = tape.text("settlementStatus", of: 0, body)
        record.avsResultCode = tape.text("avsResultCode", of: response, body)
        record.verificationResultCode = tape.text("verificationResultCode", of: response, body)
        record.dateTime = kind.dateMember.flatMap { tape.text($0, of: response, body) }
        if let reference = tape.member("customerReference", of: response, body) {
            record.customerID = tape.number("customerId", of: reference, body)
        }
        if let billing = tape.member("billingReferences", of: response, body) {
            record.lastFour = LastFour(of: tape.text("cardObscured", of: billing, body))
            record.cardType = tape.text("cardType", of: billing, body)
            record.token = secret("tokenizedCard", of: billing, body)
        }
        record.token = record.token ?? secret("tokenizedCard", of: response, body)
        return record
    }

    /// Reads a merchant.
    /// - Returns: `nil` when the body is none.
    public mutating func merchant(_ body: Span<UInt8>) -> MerchantRecord? {
        guard isDocument(body),
            let organization = tape.number("organization_id", of: 0, body),
            let terminal = tape.number("terminal_id", of: 0, body)
        else { return nil }
        return MerchantRecord(
            merchant: Merchant(organizationID: organization, terminalID: terminal))
    }

    /// Reads a customer.
    /// - Returns: `nil` when the body is no JSON object.
    public mutating func customer(_ body: Span<UInt8>) -> CustomerRecord? {
        guard isDocument(body) else { return nil }
        var record = CustomerRecord()
        record.firstName = tape.text("first_name", of: 0, body)
        record.lastName = tape.text("last_name", of: 0, body)
        record.companyName = tape.text("company_name", of: 0, body)
        record.emailAddress = tape.text("email_address", of: 0, body)
        record.phoneNumber = tape.text("phone_number", of: 0, body)
        if let reference = tape.member("customerReference", of: 0, body) {
            record.customerID = tape.number("customerId", of: reference, body)
        }
        return record
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

    /// Reads card data.
    /// - Returns: `nil` when the body is no JSON object.
    public mutating func card(_ body: Span<UInt8>) -> CardRecord? {
        guard isDocument(body) else { return nil }
        var record = CardRecord()
        record.token = secret("tokenized_card", of: 0, body)
        record.lastFour = LastFour(of: tape.text("cardObscured", of: 0, body))
        record.cardType = tape.text("cardType", of: 0, body)
        record.billingZip = tape.text("billing_zip", of: 0, body)
        return record
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
                reason: short("reason", of: error, body),
                severity: short("severity", of: error, body))
        }
    }

    internal func short(_ name: String, of object: Int, _ body: Span<UInt8>) -> String? {
        tape.member(name, of: object, body).flatMap { tape.shortText($0, body) }
    }

    /// Where a string stands that must not be copied.
    private func secret(_ name: String, of object: Int, _ body: Span<UInt8>) -> ByteRange? {
        guard let node = tape.member(name, of: object, body), tape.isString(node) else {
            return nil
        }
        return tape.range(of: node)
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
