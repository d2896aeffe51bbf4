public import Secrets
public import Values

/// A card in hand outside the way of a swipe: keyed, or by its token. It is wiped when its last
/// holder goes.
public final class CardInHand: Sendable {
    /// The bytes that ``data`` has ranges of.
    internal let bytes: SecretBytes
    /// What of them goes out as what.
    internal let data: CardData
    /// What goes out beside it.
    internal let extras: CardExtras?
    /// What may be shown of the card; hidden for a token.
    public let maskedPAN: MaskedPAN

    /// True when the gateway holds the number and this is its token.
    public var isToken: Bool {
        if case .token = data.source { true } else { false }
    }

    /// A card whose parts stand in these bytes.
    public convenience init(
        _ data: CardData, in bytes: consuming SecretBytes, maskedPAN: MaskedPAN = .hidden
    ) {
        self.init(data, in: bytes, maskedPAN: maskedPAN, nil)
    }

    private init(
        _ data: CardData, in bytes: consuming SecretBytes, maskedPAN: MaskedPAN = .hidden,
        _ extras: CardExtras?
    ) {
        self.data = data
        self.bytes = bytes
        self.maskedPAN = maskedPAN
        self.extras = extras
    }

    /// A card of which the gateway holds the number.
    ///
    /// Source: PayHub API, "Card data", tokenized_card: 16 characters.
    /// - Throws: ``RuleBreach``
    public convenience init(
        token: consuming SecretBytes, billing: BillingAddress? = nil, metaData: JSONTree? = nil
    ) throws(RuleBreach) {
        try billing?.check()
        try Self.check(token: token)
        let data = CardData(.token(ByteRange(start: 0, count: token.count)))
        self.init(data, in: token, CardExtras(billing: billing, metaData: metaData))
    }

    /// A card of which the gateway holds the number, with its expiry (YYMM): the table of recurring
    /// bills has it for tokens too.
    ///
    /// Source: PayHub API, "Recurring Bill", card_expiry_date.
    /// - Throws: ``RuleBreach``
    public convenience init(
        token: consuming SecretBytes, expiry: consuming SecretBytes, on today: CivilDate,
        billing: BillingAddress? = nil, metaData: JSONTree? = nil
    ) throws(RuleBreach) {
        try billing?.check()
        try Self.check(token: token)
        try expiry.checkExpiry(on: today)
        let count = token.count
        var bytes = token
        expiry.withBytes { digits in bytes.appendShort(digits) }
        let data = CardData(
            .token(ByteRange(start: 0, count: count)), expiry: ByteRange(start: count, count: 4))
        self.init(data, in: bytes, CardExtras(billing: billing, metaData: metaData))
    }

    private static func check(token: borrowing SecretBytes) throws(RuleBreach) {
        guard token.withBytes({ isToken($0) }) else {
            throw RuleBreach("card_data.tokenized_card", .token)
        }
    }

    internal static func isToken(_ bytes: Span<UInt8>) -> Bool {
        bytes.count == 16 && bytes.indices.allSatisfy { bytes[$0].isLetterOrDigit }
    }

    /// A card that was keyed.
    ///
    /// Source: PayHub API, "Card data": card_number ("16 character", though its own American
    /// Express card has 15), card_expiry_date, cvv_data (3 or 4 digits).
    /// - Throws: ``RuleBreach``
    public convenience init(
        keyed: consuming KeyedCard, on today: CivilDate, billing: BillingAddress? = nil,
        metaData: JSONTree? = nil
    ) throws(RuleBreach) {
        try billing?.check()
        let (numberCount, hasCVV) = (keyed.number.count, keyed.cvv != nil)
        try keyed.check(on: today)
        let bytes = keyed.joined()
        let cvv = hasCVV ? ByteRange(numberCount + 4, upTo: bytes.count) : nil
        let number = ByteRange(start: 0, count: numberCount)
        let masked = bytes.withBytes(in: number) { MaskedPAN(masking: $0) }
        let data = CardData(
            .cardNumber(number, cvv: cvv), expiry: ByteRange(start: numberCount, count: 4))
        self.init(
            data, in: bytes, maskedPAN: masked, CardExtras(billing: billing, metaData: metaData))
    }
}

/// What somebody keyed of a card.
public struct KeyedCard: ~Copyable {
    /// The digits of its number.
    internal var number: SecretBytes
    /// The last month in which it is good, YYMM.
    internal let expiry: SecretBytes
    /// The digits of its security code, if the cardholder gave it.
    internal let cvv: SecretBytes?

    /// A card: the digits of its number, its expiry as YYMM, and its security code.
    public init(
        number: consuming SecretBytes, expiry: consuming SecretBytes,
        cvv: consuming SecretBytes? = nil
    ) {
        self.number = number
        self.expiry = expiry
        self.cvv = cvv
    }

    /// - Throws: ``RuleBreach``
    internal borrowing func check(on today: CivilDate) throws(RuleBreach) {
        let (isNumber, codeDigits) = number.withBytes { digits in
            let isAmex = digits.count == 15 && digits[0] == 0x33
            return ((12...19).contains(digits.count) && Luhn.holds(digits), isAmex ? 4 : 3)
        }
        guard isNumber else { throw RuleBreach("card_data.card_number", .cardNumber) }
        try expiry.checkExpiry(on: today)
        let isCode =
            cvv?.withBytes { digits in
                digits.count == codeDigits && digits.indices.allSatisfy { digits[$0].isDigit }
            } ?? true
        guard isCode else { throw RuleBreach("card_data.cvv_data", .securityCode) }
    }

    /// Number, expiry and security code one behind the other.
    internal consuming func joined() -> SecretBytes {
        var bytes = number
        // All three were checked to be short; an arena's block holds them.
        expiry.withBytes { digits in bytes.appendShort(digits) }
        cvv?.withBytes { digits in bytes.appendShort(digits) }
        return bytes
    }
}

extension SecretBytes {
    /// Checks that these are the four digits (YYMM) of a month that is not over.
    fileprivate borrowing func checkExpiry(on today: CivilDate) throws(RuleBreach) {
        let month = withBytes { digits -> CardExpiry? in
            guard digits.count == 4, let year = digits.pair(at: 0), let month = digits.pair(at: 2)
            else { return nil }
            return CardExpiry(yearOfCentury: year, month: month)
        }
        guard let month, month.isValid, !month.isPast(on: today) else {
            throw RuleBreach("card_data.card_expiry_date", .expiry)
        }
    }

    /// Appends what is known to fit.
    fileprivate mutating func appendShort(_ digits: Span<UInt8>) {
        do { try append(digits) } catch { preconditionFailure("an arena's block holds a card") }
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self &- 0x30 < 10 }
    fileprivate var isLetterOrDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 26 }
}

extension Span where Element == UInt8 {
    /// A number of two digits.
    fileprivate func pair(at offset: Int) -> Int? {
        guard self[offset].isDigit, self[offset + 1].isDigit else { return nil }
        return Int(self[offset] - 0x30) * 10 + Int(self[offset + 1] - 0x30)
    }
}

extension RequestRule {
    /// What the gateway gave for a card.
    public static let token = RequestRule("must be the 16 letters and digits of a token")
    /// The number that stands on a card.
    public static let cardNumber = RequestRule(
        "must have 12 to 19 digits of which the last checks the others; key it again")
    /// A month that is not over.
    public static let expiry = RequestRule("must be a month that is not over")
    /// The digits beside the signature, on American Express in front.
    public static let securityCode = RequestRule(
        "must have 3 digits, 4 on American Express; key it again")
}

extension RequestWriter {
    /// Writes a card in hand and the body's length behind what was prepared; an address of the
    /// card's own goes out in place of the order's.
    /// - Throws: ``RequestFault``; the buffer is back to what was prepared then. A customer without
    ///   a name is refused, since only a track could tell it.
    public static func complete(
        _ prepared: Prepared, with card: CardInHand, in buffer: inout SecretBytes
    ) throws(RequestFault) {
        guard !prepared.namesCustomerByCard else {
            throw .breach(RuleBreach("customer.first_name and last_name", .given))
        }
        var prepared = prepared
        prepared.extras = card.extras ?? prepared.extras
        try complete(prepared, with: card.data, from: card.bytes, in: &buffer)
    }
}
