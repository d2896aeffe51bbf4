import Coverage
import Foundation
import PayHub
import Seeded
import Testing
import Values

/// The days on which a schedule bills.
@Suite struct ScheduleDatesTests {
    private static let oracle = ScheduleOracle(years: 1996...2122)

    private static func lives(_ variable: String, usually count: Int) -> Int {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? count
    }

    /// Schedules of one seed against the independent calendar; those that differ.
    private static func differences(_ count: Int, seed: UInt64) -> [BillingSchedule] {
        var dice = SeededNumbers(seed: seed)
        let starts = oracle.days.filter { (1999...2110).contains($0.date.year) }.map(\.date)
        return (0..<count).compactMap { _ in
            let schedule = dice.schedule(startingIn: starts)
            let span = Int.random(in: 1...2500, using: &dice)
            let last = min(oracle.begin(of: schedule) + span, oracle.days.count - 1)
            let expected = oracle.dates(of: schedule, through: last)
            let found = schedule.dates.prefix { $0 <= oracle.days[last].date }
            return Array(found) == expected ? nil : schedule
        }
    }

    @Test(.covers("PH-B-002", "PH-B-016", "PH-B-017", "PH-B-018", "PH-B-027"))
    func `agrees with another calendar on ten thousand random schedules`() {
        let seed = UInt64.random(in: 1...UInt64(UInt32.max))
        let count = Self.lives("SWIPELINE_SCHEDULES", usually: 10_000)
        let wrong = Self.differences(count - 2000, seed: seed) + Self.differences(2000, seed: 7)
        print("schedules: \(count) against another calendar, seed \(seed) and 7")
        #expect(wrong.isEmpty, "seed \(seed): \(wrong.first.map { "\($0)" } ?? "")")
    }

    @Test func `the other calendar finds a schedule that is wrong`() {
        let start = CivilDate(year: 2024, month: 1, day: 31)
        let right = BillingSchedule(.monthlyEach([31]), from: start)
        let wrong = BillingSchedule(.monthlyEach([32]), from: start)
        let last = Self.oracle.index(of: CivilDate(year: 2024, month: 12, day: 31)) ?? 0
        let days = Array(wrong.dates.prefix { $0 <= Self.oracle.days[last].date })
        #expect(days.count == 12)
        #expect(days != Self.oracle.dates(of: right, through: last))
        #expect(days == Self.oracle.dates(of: wrong, through: last))
    }

    private static func day(_ text: String) -> CivilDate {
        CivilDate(iso8601: text) ?? CivilDate(year: 1, month: 1, day: 1)
    }

    private static func texts(_ schedule: BillingSchedule, _ count: Int = 6) -> [String] {
        schedule.dates.prefix(count).map(\.iso8601)
    }

    @Test func `bills on the days of the document's samples`() {
        let dates = BillingSchedule(.dates([Self.day("2016-10-31"), Self.day("2016-02-01")]))
        #expect(Self.texts(dates) == ["2016-02-01", "2016-10-31"])
        let monthly = BillingSchedule(
            .monthlyEach([1]), from: Self.day("2015-06-01"), until: .after(bills: 6))
        #expect(
            Self.texts(monthly, 9) == [
                "2015-06-01", "2015-07-01", "2015-08-01", "2015-09-01", "2015-10-01", "2015-11-01",
            ])
        // The text: W and 3 is every three weeks.
        let weekly = BillingSchedule(.weekly([.monday]), every: 3, from: Self.day("2026-11-23"))
        #expect(Self.texts(weekly, 3) == ["2026-11-23", "2026-12-14", "2027-01-04"])
    }

    @Test(
        .covers("PH-B-016", "PH-B-017", "PH-B-027"),
        arguments: [
            // A month without the day has no bill.
            (
                BillingSchedule(.monthlyEach([31]), from: day("2026-01-01")),
                ["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"]
            ),
            (
                BillingSchedule(.monthlyEach([29]), from: day("2027-02-01")),
                ["2027-03-29", "2027-04-29", "2027-05-29", "2027-06-29"]
            ),
            // 31 and 32 are one bill in a long month.
            (
                BillingSchedule(.monthlyEach([31, 32]), from: day("2026-01-01")),
                ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
            ),
            (
                BillingSchedule(.monthlyEach([32]), from: day("2024-02-01")),
                ["2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]
            ),
            // Months count from that of the start; its own days before it are gone.
            (
                BillingSchedule(.monthlyEach([10, 20]), every: 2, from: day("2026-11-15")),
                ["2026-11-20", "2027-01-10", "2027-01-20", "2027-03-10"]
            ),
            (
                BillingSchedule(.monthlyOn(.last, .friday), from: day("2026-07-01")),
                ["2026-07-31", "2026-08-28", "2026-09-25", "2026-10-30"]
            ),
            (
                BillingSchedule(.monthlyOn(.fourth, .friday), from: day("2026-07-01")),
                ["2026-07-24", "2026-08-28", "2026-09-25", "2026-10-23"]
            ),
            // A week begins on Sunday: Saturday and the Sunday after it are of two weeks.
            (
                BillingSchedule(.weekly([.saturday, .sunday]), every: 2, from: day("2026-11-21")),
                ["2026-11-21", "2026-11-29", "2026-12-05", "2026-12-13"]
            ),
            (
                BillingSchedule(.daily, every: 10, from: day("2024-02-20")),
                ["2024-02-20", "2024-03-01", "2024-03-11", "2024-03-21"]
            ),
            // The 29th of February is its last day in other years.
            (
                BillingSchedule(.yearly(from: 2096, month: 2, day: 29)),
                ["2096-02-29", "2097-02-28", "2098-02-28", "2099-02-28"]
            ),
            (
                BillingSchedule(.yearly(from: 2026, month: 4, day: 31), from: day("2026-05-01")),
                ["2027-04-30", "2028-04-30", "2029-04-30", "2030-04-30"]
            ),
        ])
    func `bills where months, weeks and years are uneven`(
        schedule: BillingSchedule, days: [String]
    ) {
        #expect(Self.texts(schedule, days.count) == days)
    }

    @Test(
        .covers("PH-B-022", "PH-B-023"),
        arguments: [
            (BillingSchedule.End.on(day("2026-12-01")), 2), (.on(day("2026-11-30")), 1),
            (.on(day("2026-11-01")), 1), (.after(bills: 1), 1), (.after(bills: 3), 3),
        ])
    func `ends on or before its last day, or with its last bill`(
        end: BillingSchedule.End, count: Int
    ) {
        let schedule = BillingSchedule(
            .monthlyEach([1]), from: Self.day("2026-11-01"), until: end)
        #expect(Array(schedule.dates).count == count)
    }

    @Test func `comes to an end where the calendar does`() {
        let daily = BillingSchedule(.daily, every: 9999, from: Self.day("9980-01-01"))
        #expect(Array(daily.dates).count == 1)
        let never = BillingSchedule(.monthlyEach([30]), every: 12, from: Self.day("2026-02-01"))
        #expect(never.dates.first { _ in true } == nil)
        let late = BillingSchedule(.yearly(from: 9998, month: 2, day: 31))
        #expect(Self.texts(late) == ["9998-02-28", "9999-02-28"])
        let week = BillingSchedule(
            .weekly([.saturday]), from: Self.day("9999-12-20"))
        #expect(Self.texts(week) == ["9999-12-25"])
    }

    @Test func `gives the next day after one`() {
        let schedule = BillingSchedule(
            .weekly([.monday]), from: Self.day("2026-11-23"), until: .after(bills: 2))
        #expect(schedule.next(after: Self.day("2026-01-01"))?.iso8601 == "2026-11-23")
        #expect(schedule.next(after: Self.day("2026-11-23"))?.iso8601 == "2026-11-30")
        #expect(schedule.next(after: Self.day("2026-11-30")) == nil)
    }
}
