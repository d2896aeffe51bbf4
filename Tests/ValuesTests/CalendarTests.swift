import Testing
import Values

/// Days and the months in which cards end.
@Suite struct CalendarTests {
    @Test(arguments: [
        (0, 1970, 1, 1), (-1, 1969, 12, 31), (59, 1970, 3, 1), (789, 1972, 2, 29),
        (11_016, 2000, 2, 29), (20_468, 2026, 1, 15), (20_778, 2026, 11, 21),
        (47_540, 2100, 2, 28), (47_541, 2100, 3, 1), (-719_468, 0, 3, 1),
        (-719_469, 0, 2, 29),
    ])
    func `counts days from the epoch`(days: Int, year: Int, month: Int, day: Int) {
        let date = CivilDate(daysSinceEpoch: days)
        #expect(date == CivilDate(year: year, month: month, day: day))
    }

    @Test func `a day follows another for four hundred years`() {
        var expected = CivilDate(year: 1970, month: 1, day: 1)
        for days in 0..<146_097 {
            let date = CivilDate(daysSinceEpoch: days)
            if date != expected { Issue.record("day \(days)") }
            let isLast = expected.day == CivilDate.days(in: expected.month, of: expected.year)
            let isYearEnd = isLast && expected.month == 12
            expected = CivilDate(
                year: expected.year + (isYearEnd ? 1 : 0),
                month: isYearEnd ? 1 : expected.month + (isLast ? 1 : 0),
                day: isLast ? 1 : expected.day + 1)
        }
        #expect(expected == CivilDate(year: 2370, month: 1, day: 1))
    }

    @Test(arguments: [
        ("2026-11-21", 2026, 11, 21), ("2024-02-29", 2024, 2, 29), ("0001-01-01", 1, 1, 1),
    ])
    func `reads a day`(text: String, year: Int, month: Int, day: Int) {
        #expect(CivilDate(iso8601: text) == CivilDate(year: year, month: month, day: day))
    }

    @Test(arguments: [
        "", "2026-11", "2026-11-21-", "26-11-21", "2026-1-21", "2026-11-1", "2026-13-01",
        "2026-00-01", "2026-11-31", "2026-02-29", "2100-02-29", "2026-11-00", "2026/11/21",
        "+026-11-21", "2026-+1-21", "２026-11-21", " 2026-11-21",
    ])
    func `refuses what is no day of the calendar`(text: String) {
        #expect(CivilDate(iso8601: text) == nil)
    }

    @Test(arguments: [
        (2026, 26, 2026), (2026, 76, 2076), (2026, 77, 1977), (2026, 99, 1999), (2026, 0, 2000),
        (2099, 0, 2100), (2099, 49, 2149), (2099, 50, 2050), (2000, 50, 2050), (2000, 51, 1951),
        (2049, 99, 2099), (2049, 0, 2000),
    ])
    func `takes two digits of a year for the nearest century`(
        today: Int, yearOfCentury: Int, year: Int
    ) {
        let expiry = CardExpiry(yearOfCentury: yearOfCentury, month: 1)
        let day = CivilDate(year: today, month: 6, day: 15)
        #expect(expiry.year(seenFrom: day) == year)
    }

    @Test(arguments: [
        (26, 11, CivilDate(year: 2026, month: 11, day: 30), false),
        (26, 11, CivilDate(year: 2026, month: 12, day: 1), true),
        (26, 12, CivilDate(year: 2026, month: 12, day: 31), false),
        (26, 12, CivilDate(year: 2027, month: 1, day: 1), true),
        (24, 2, CivilDate(year: 2024, month: 2, day: 29), false),
        (0, 1, CivilDate(year: 2099, month: 12, day: 31), false),
        (99, 12, CivilDate(year: 2100, month: 1, day: 1), true),
    ])
    func `is good through the last day of its month`(
        yearOfCentury: Int, month: Int, today: CivilDate, isPast: Bool
    ) {
        let expiry = CardExpiry(yearOfCentury: yearOfCentury, month: month)
        #expect(expiry.isPast(on: today) == isPast)
    }

    @Test(arguments: [(0, false), (1, true), (12, true), (13, false), (82, false)])
    func `knows which months there are`(month: Int, isValid: Bool) {
        #expect(CardExpiry(yearOfCentury: 26, month: month).isValid == isValid)
    }
}
