internal import Secrets
internal import Values

/// The bodies of money requests. Every text that is not ours is escaped.
internal enum JSONWriter {
    /// The body up to the card: merchant, bill, record format, customer.
    static func order(
        _ order: PaymentOrder, into output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try raw("{", &output)
        try merchant(order.merchant, &output)
        if order.operation.movesMoney {
            try billMember(order.bill, &output)
            try recordFormat(order.recordFormat, &output)
        }
        guard let customer = order.customer, customer.name != nil else { return }
        try raw(",\"customer\":", &output)
        try self.customer(customer, &output)
    }

    /// A customer that names itself.
    static func customer(
        _ customer: Customer, _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try raw("{\"first_name\":", &output)
        try text(customer.name?.first ?? "", &output)
        try member("last_name", customer.name?.last ?? "", &output)
        try contact(customer, &output)
        try raw("}", &output)
    }

    static func merchant(
        _ merchant: Merchant, _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try raw("\"merchant\":{\"organization_id\":", &output)
        try plain(String(merchant.organizationID), &output)
        try raw(",\"terminal_id\":", &output)
        try plain(String(merchant.terminalID), &output)
        try raw("}", &output)
    }

    /// A bill that follows another member.
    static func billMember(
        _ bill: Bill, _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try raw(",\"bill\":", &output)
        try self.bill(bill, &output)
    }

    static func bill(_ bill: Bill, _ output: inout OutputSpan<UInt8>) throws(RequestFault) {
        try raw("{", &output)
        try amount("base_amount", bill.base, &output)
        if let shipping = bill.shipping {
            try raw(",", &output)
            try amount("shipping_amount", shipping, &output)
        }
        if let tax = bill.tax {
            try raw(",", &output)
            try amount("tax_amount", tax, &output)
        }
        try member("note", bill.note, &output)
        try member("invoice_number", bill.invoiceNumber, &output)
        try member("po_number", bill.purchaseOrderNumber, &output)
        try metaData(bill.metaData, &output)
        try raw("}", &output)
    }

    static func recordFormat(
        _ format: RecordFormat, _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try raw(",\"record_format\":\"", &output)
        try plain(format.rawValue, &output)
        try raw("\"", &output)
    }

    /// A customer named by the card.
    static func holder(
        _ holder: (first: ByteRange, last: ByteRange), of customer: Customer,
        _ secret: Span<UInt8>, into output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try raw(",\"customer\":{\"first_name\":", &output)
        try text(secret.extracting(holder.first.range), &output)
        try raw(",\"last_name\":", &output)
        try text(secret.extracting(holder.last.range), &output)
        try contact(customer, &output)
        try raw("}", &output)
    }

    /// The card as a body's last member, and the body's end.
    static func card(
        _ card: CardData, _ extras: CardExtras?, _ secret: Span<UInt8>,
        into output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try raw("\"card_data\":{", &output)
        try source(card.source, secret, &output)
        if let expiry = card.expiry {
            try raw(",\"card_expiry_date\":\"20", &output)
            try plain(secret.extracting(expiry.range), &output)
            try raw("\"", &output)
        }
        if let extras {
            if let billing = extras.billing { try address(billing, &output) }
            try metaData(extras.metaData, &output)
        }
        try raw("}}", &output)
    }

    /// Room for a card alone, in bytes: names and texts of ours, and six bytes for
    /// each one of the card's, as if all were escaped.
    static func room(for card: CardData) -> Int {
        let ranges: (ByteRange?, ByteRange?) =
            switch card.source {
            case .tracks(let track1, let track2): (track1, track2)
            case .encryptedTrack(let block, _, _): (block, nil)
            case .cardNumber(let number, let cvv): (number, cvv)
            case .token(let token): (token, nil)
            }
        let swiper =
            if case .encryptedTrack(_, _, let swiper) = card.source {
                swiper.brand.utf8.count + swiper.model.utf8.count
            } else { 0 }
        return 256 + 6 * ((ranges.0?.count ?? 0) + (ranges.1?.count ?? 0) + swiper)
    }

    private static func source(
        _ source: CardSource, _ secret: Span<UInt8>, _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        switch source {
        case .tracks(let track1, let track2):
            guard track1 != nil || track2 != nil else { throw .noCard }
            if let track1 { try secretMember("track1_data", track1, secret, &output) }
            if track1 != nil, track2 != nil { try raw(",", &output) }
            if let track2 { try secretMember("track2_data", track2, secret, &output) }
        case .encryptedTrack(let block, let form, let swiper):
            try raw("\"encrypted_track_data\":{\"encrypted_track\":", &output)
            try encrypted(secret.extracting(block.range), form, &output)
            try member("swiper_brand", swiper.brand, &output)
            try member("swiper_model", swiper.model, &output)
            try raw("}", &output)
        case .cardNumber(let number, let cvv):
            try secretMember("card_number", number, secret, &output)
            guard let cvv else { return }
            try raw(",", &output)
            try secretMember("cvv_data", cvv, secret, &output)
        case .token(let token):
            try secretMember("tokenized_card", token, secret, &output)
        }
    }

    private static func encrypted(
        _ block: Span<UInt8>, _ form: EncryptedTrackForm, _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        if form == .asTyped { return try text(block, &output) }
        guard output.freeCapacity >= 2 * block.count + 2 else { throw .tooLarge }
        output.append(quote)
        output.append(hexDigitsOf: block, inCapitals: form == .hexUpper)
        output.append(quote)
    }

    private static func contact(
        _ customer: Customer, _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try member("company_name", customer.companyName, &output)
        try member("job_title", customer.jobTitle, &output)
        try member("email_address", customer.emailAddress, &output)
        try member("web_address", customer.webAddress, &output)
        try member("phone_number", customer.phoneNumber, &output)
        try member("phone_ext", customer.phoneExtension, &output)
        try member("phone_type", customer.phoneType?.rawValue, &output)
        try metaData(customer.metaData, &output)
    }

    /// What a program keeps with a resource, behind another member.
    private static func metaData(
        _ value: JSONTree?, _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        guard let value else { return }
        try raw(",\"metaData\":", &output)
        try EncodedNode(value.written).write(into: &output)
    }

    private static func address(
        _ address: BillingAddress, _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try member("billing_address_1", address.line1, &output)
        try member("billing_address_2", address.line2, &output)
        try member("billing_city", address.city, &output)
        try member("billing_state", address.state, &output)
        try member("billing_zip", address.zip, &output)
    }

    private static func amount(
        _ name: StaticString, _ amount: Amount, _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try raw("\"", &output)
        try raw(name, &output)
        try raw("\":{\"amount\":", &output)
        try plain(amount.description, &output)
        try raw(",\"currency\":\"", &output)
        try plain(amount.currency, &output)
        try raw("\"}", &output)
    }

    /// A member that follows another one; nothing when there is no value.
    static func member(
        _ name: StaticString, _ value: String?, _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        guard let value else { return }
        try raw(",\"", &output)
        try raw(name, &output)
        try raw("\":", &output)
        try text(value, &output)
    }

    private static func secretMember(
        _ name: StaticString, _ range: ByteRange, _ secret: Span<UInt8>,
        _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try raw("\"", &output)
        try raw(name, &output)
        try raw("\":", &output)
        try text(secret.extracting(range.range), &output)
    }
}

// MARK: - Characters

extension JSONWriter {
    private static let quote = UInt8(ascii: "\"")

    /// Text of ours, which needs no escape.
    static func raw(
        _ text: StaticString, _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        guard output.freeCapacity >= text.utf8CodeUnitCount else { throw .tooLarge }
        output.append(copying: text)
    }

    /// Digits, names and the like, which need no escape.
    static func plain(
        _ text: String, _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try plain(text.utf8Span.span, &output)
    }

    static func plain(
        _ bytes: Span<UInt8>, _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        guard output.freeCapacity >= bytes.count else { throw .tooLarge }
        output.append(copying: bytes)
    }

    static func text(
        _ text: String, _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try self.text(text.utf8Span.span, &output)
    }

    static func text(
        _ bytes: Span<UInt8>, _ output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        guard output.freeCapacity >= 6 * bytes.count + 2 else { throw .tooLarge }
        output.append(quote)
        if needsNoEscape(bytes) {
            output.append(copying: bytes)
        } else {
            for index in bytes.indices { escaped(bytes[index], &output) }
        }
        output.append(quote)
    }

    private static func needsNoEscape(_ bytes: Span<UInt8>) -> Bool {
        var found: UInt8 = 0
        bytes.forEach { byte in
            found |= byte < 0x20 ? 1 : 0
            found |= byte == 0x7F ? 1 : 0
            found |= byte == quote ? 1 : 0
            found |= byte == UInt8(ascii: "\\") ? 1 : 0
        }
        return found == 0
    }

    /// Source: RFC 8259, section 7.
    @inline(__always)
    private static func escaped(_ byte: UInt8, _ output: inout OutputSpan<UInt8>) {
        switch byte {
        case quote, UInt8(ascii: "\\"):
            output.append(UInt8(ascii: "\\"))
            output.append(byte)
        case 0..<0x20, 0x7F:
            output.append(copying: "\\u00")
            let byte: InlineArray<1, UInt8> = [byte]
            output.append(hexDigitsOf: byte.span, inCapitals: false)
        default: output.append(byte)
        }
    }
}
