/// Money: an integer count of cents in US dollars, the only currency that PayHub takes.
///
/// Source: PayHub API, "TransactionAmount" (decimal dollars, two places, USD).
public struct Amount: Equatable, Hashable, Comparable, Sendable {
    /// The amount in cents, 1 to ``Limits/amountCentsMaximum``.
    public let cents: Int

    /// An amount of so many cents.
    /// - Throws: ``AmountError`` when it is not positive or over the limit.
    public init(cents: Int) throws(AmountError) {
        guard cents > 0 else { throw .notPositive }
        guard cents <= Limits.amountCentsMaximum else { throw .tooLarge }
        self.cents = cents
    }

    /// Reads dollars with exactly two decimals ("12.75").
    ///
    /// "1275" and "12.7" are refused: the gateway's own samples write cents without a point, and
    /// an amount that can be read in two ways must not be guessed.
    /// - Throws: ``AmountError``
    public init(parsing text: String) throws(AmountError) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 4, bytes[bytes.count - 3] == UInt8(ascii: ".") else {
            throw .notDollarsAndCents
        }
        var cents = 0
        for (index, byte) in bytes.enumerated() where index != bytes.count - 3 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
                throw .notDollarsAndCents
            }
            guard cents <= Limits.amountCentsMaximum else { throw .tooLarge }
            cents = cents * 10 + Int(byte - UInt8(ascii: "0"))
        }
        try self.init(cents: cents)
    }

    /// Orders by cents.
    public static func < (one: Amount, other: Amount) -> Bool { one.cents < other.cents }
}

extension Amount: CustomStringConvertible {
    /// Dollars with exactly two decimals, as the gateway takes them: "12.75".
    public var description: String {
        let rest = cents % 100
        return "\(cents / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// The ISO 4217 code of the currency.
    public var currency: String { "USD" }
}

/// Why a text or number is no ``Amount``.
public enum AmountError: Error, Equatable, Sendable {
    /// Not digits, a point and two digits.
    case notDollarsAndCents
    /// Zero or below.
    case notPositive
    /// Over ``Limits/amountCentsMaximum``.
    case tooLarge
}

extension AmountError: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .notDollarsAndCents:
            "the amount must be dollars with two decimals, for example 12.75"
        case .notPositive: "the amount must be at least 0.01"
        case .tooLarge: "the amount is over the limit of 9999999.99"
        }
    }
}
