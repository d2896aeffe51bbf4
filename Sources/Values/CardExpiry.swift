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

/// A day of the calendar (proleptic Gregorian), without a time zone.
public struct CivilDate: Equatable, Hashable, Sendable {
    /// The year, for example 2026.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, 1 to 31.
    public let day: Int

    /// A day of the calendar.
    public init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day that so many days lie after 1970-01-01.
    ///
    /// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
    public init(daysSinceEpoch days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Reads "2026-11-21"; `nil` when it is no day of the calendar.
    public init?(iso8601 text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            text.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            (1...12).contains(month), (1...CivilDate.days(in: month, of: year)).contains(day)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// How many days the month has.
    public static func days(in month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}
