public import Values

extension CardExpiry {
    /// The expiry in four digits YYMM; `nil` when they are none.
    public init?(_ digits: Span<UInt8>) {
        guard digits.count == 4 else { return nil }
        var value = 0
        for index in digits.indices {
            guard Character.isDigit(digits[index]) else { return nil }
            value = value * 10 + Int(digits[index] &- 0x30)
        }
        self.init(yearOfCentury: value / 100, month: value % 100)
    }
}
