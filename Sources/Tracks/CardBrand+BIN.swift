public import Values

extension CardBrand {
    /// The brand of a card number by its first digits and its length; `nil` when no brand that
    /// we know issues it. A masked number works as far as its first four digits are clear.
    ///
    /// Source: ISO/IEC 7812 issuer ranges as the brands publish them.
    public init?(pan: Span<UInt8>) {
        guard (12...19).contains(pan.count) else { return nil }
        var prefix = 0
        for index in 0..<4 {
            guard Character.isDigit(pan[index]) else { return nil }
            prefix = prefix * 10 + Int(pan[index] &- 0x30)
        }
        guard let brand = Self.brand(prefix: prefix), brand.lengths.contains(pan.count) else {
            return nil
        }
        self = brand
    }

    /// By the first four digits.
    internal static func brand(prefix: Int) -> CardBrand? {
        switch prefix {
        case 4000...4999: .visa
        case 5100...5599, 2221...2720: .masterCard
        case 3400...3499, 3700...3799: .americanExpress
        case 6011, 6440...6499, 6500...6599: .discover
        case 3000...3059, 3095, 3600...3699, 3800...3999: .diners
        case 3528...3589: .jcb
        case 6200...6299, 8100...8171: .unionPay
        default: nil
        }
    }

    /// The lengths of the brand's numbers.
    private var lengths: ClosedRange<Int> {
        switch self {
        case .visa: 13...19
        case .masterCard: 16...16
        case .americanExpress: 15...15
        case .discover: 16...19
        case .diners: 14...19
        case .jcb: 16...19
        case .unionPay: 16...19
        }
    }
}
