internal import Values

/// Dollars as a number or a text, read without a binary fraction.
///
/// Source: PayHub API, "TransactionAmount" (a decimal with at most two places).
internal enum AmountText {
    /// The amount in cents: "10", "10.0", "1.23" and "1.00" are amounts, "1.234", "-1" and "1e2"
    /// are none. "1275" is $1,275.00: whole numbers are dollars, whatever some samples mean.
    static func cents(_ text: String) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...9).contains(parts[0].utf8.count) else {
            return nil
        }
        let fraction = parts.count == 2 ? String(parts[1]) : "0"
        guard (1...2).contains(fraction.utf8.count) else { return nil }
        let digits = parts[0] + fraction + (fraction.utf8.count == 1 ? "0" : "")
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let cents = Int(digits),
            cents <= Limits.amountCentsMaximum
        else { return nil }
        return cents
    }

    /// Cents as dollars with two decimals.
    static func dollars(_ cents: Int) -> String {
        "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    }
}
