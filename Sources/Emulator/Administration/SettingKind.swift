internal import Values

/// What a value of a settings document may be, and in which form a GET shows it. Every kind is read
/// as a JSON value and as a text, since the document's samples mix the two.
///
/// Source: PayHub API, "Validated devices" to "User roles".
internal enum SettingKind: Sendable {
    /// True or false, shown as such.
    case flag
    /// True or false, shown as a text.
    case flagText
    /// Dollars, shown as "$20.00".
    case amount
    /// Dollars, shown as "20.00".
    case decimal
    /// A number of transactions, shown as a text.
    case count
    /// One of these numbers, shown as a number.
    case option(ClosedRange<Int>)
    /// One of these numbers, shown as a text.
    case choice(ClosedRange<Int>)
    /// True, false or a number of up to four digits, shown as a text.
    case flagOrNumber
    /// A mail address, or nothing.
    case mail
    /// Where webhooks go, or nothing; also over plain HTTP on this machine when that is allowed.
    case endpoint(allowsPlain: Bool)
    /// A name, which is not empty.
    case name

    /// The value as a GET shows it; `nil` when it is none of this kind.
    func shown(_ value: JSONValue) -> JSONValue? {
        switch self {
        case .flag: value.flag.map(JSONValue.boolean)
        case .flagText: value.flag.map(Self.text)
        case .amount: Self.cents(value).map { .string("$" + AmountText.dollars($0)) }
        case .decimal: Self.cents(value).map { .string(AmountText.dollars($0)) }
        case .count: Self.number(value, 0...Limits.amountCentsMaximum).map(Self.text)
        case .option(let range): Self.number(value, range).map(JSONValue.integer)
        case .choice(let range): Self.number(value, range).map(Self.text)
        case .flagOrNumber:
            value.flag.map(Self.text) ?? Self.number(value, 0...9999).map(Self.text)
        case .mail, .endpoint, .name: text(value)
        }
    }

    private func text(_ value: JSONValue) -> JSONValue? {
        guard let text = value.string, text.utf8.count <= Limits.settingTextBytesMaximum,
            text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { return nil }
        let isValid =
            switch self {
            case .mail: text.isEmpty || CustomerRules.isEmail(text)
            case .endpoint(let allowsPlain):
                text.isEmpty || WebhookEndpoint(text, allowsPlain: allowsPlain) != nil
            default: !text.isEmpty
            }
        return isValid ? value : nil
    }

    private static func text(_ flag: Bool) -> JSONValue { .string(flag ? "true" : "false") }

    private static func text(_ number: Int) -> JSONValue { .string(String(number)) }

    private static func cents(_ value: JSONValue) -> Int? {
        value.numberText.flatMap { text in
            AmountText.cents(text.hasPrefix("$") ? String(text.dropFirst()) : text)
        }
    }

    private static func number(_ value: JSONValue, _ range: ClosedRange<Int>) -> Int? {
        MerchantRules.identifier(value).flatMap { range.contains($0) ? $0 : nil }
    }
}
