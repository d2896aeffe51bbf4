/// The last month in which a card is good, as two digits of the year and the month.
///
/// Source: ISO/IEC 7813 (YYMM; the month may be wrong on a card, so 00 to 99 is kept).
public struct CardExpiry: Equatable, Hashable, Sendable {
    /// The year within its century, 0 to 99.
    public let yearOfCentury: Int
    /// The month as encoded, 0 to 99; 1 to 12 when valid.
    public let month: Int

    /// The expiry in so many digits.
    public init(yearOfCentury: Int, month: Int) {
        self.yearOfCentury = yearOfCentury
        self.month = month
    }

    /// True when the month is 1 to 12.
    public var isValid: Bool { (1...12).contains(month) }

    /// The year in full, seen from `today`: within the fifty years after or the forty-nine before.
    public func year(seenFrom today: CivilDate) -> Int {
        let candidate = today.year - today.year % 100 + yearOfCentury
        if candidate > today.year + 50 { return candidate - 100 }
        if candidate < today.year - 49 { return candidate + 100 }
        return candidate
    }

    /// True when the last day of its month lies before `today`.
    public func isPast(on today: CivilDate) -> Bool {
        let year = year(seenFrom: today)
        return year < today.year || (year == today.year && month < today.month)
    }
}
