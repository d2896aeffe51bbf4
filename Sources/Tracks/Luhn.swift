/// The check over a card number. Source: ISO/IEC 7812-1, annex B.
public enum Luhn {
    /// True when all bytes are digits and their weighted sum ends in 0.
    public static func holds(_ digits: Span<UInt8>) -> Bool {
        var sum = 0
        var doubled = false
        for index in stride(from: digits.count - 1, through: 0, by: -1) {
            guard Character.isDigit(digits[index]) else { return false }
            var value = Int(digits[index] &- 0x30)
            if doubled {
                value *= 2
                if value > 9 { value -= 9 }
            }
            sum += value
            doubled.toggle()
        }
        return sum % 10 == 0
    }
}
