/// The three digits that say where and how a card may be used.
///
/// Source: ISO/IEC 7813, service code.
public struct ServiceCode: Equatable, Sendable {
    /// 0 to 999.
    public let value: Int

    /// The code in three digits; `nil` when they are none.
    public init?(_ digits: Span<UInt8>) {
        guard digits.count == 3 else { return nil }
        var value = 0
        for index in digits.indices {
            guard Character.isDigit(digits[index]) else { return nil }
            value = value * 10 + Int(digits[index] &- 0x30)
        }
        self.value = value
    }

    /// True for 2xx and 6xx: the card has a chip, and a swipe is a fall-back.
    public var hasChip: Bool { value / 100 == 2 || value / 100 == 6 }

    /// True when it forbids an ordinary sale: private use (7xx), test (9xx), ATM only (xx3) or
    /// cash only (xx4).
    public var isRestricted: Bool {
        value / 100 == 7 || value / 100 == 9 || value % 10 == 3 || value % 10 == 4
    }
}
