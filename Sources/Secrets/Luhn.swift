/// The check over a card number. Source: ISO/IEC 7812-1, annex B.
public enum Luhn {
    /// True when all bytes are digits and their weighted sum ends in 0.
    public static func holds(_ digits: Span<UInt8>) -> Bool {
        var sum = 0
        // The last digit counts once, the one before it twice, and so on.
        var counted = 0
        var isDoubled = digits.count % 2 == 0
        digits.forEach { digit in
            guard digit &- 0x30 < 10 else { return }
            let value = Int(digit &- 0x30)
            sum += isDoubled ? 2 * value - (value > 4 ? 9 : 0) : value
            isDoubled.toggle()
            counted += 1
        }
        return counted == digits.count && sum % 10 == 0
    }
}
