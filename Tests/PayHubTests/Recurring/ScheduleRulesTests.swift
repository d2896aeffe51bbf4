import PayHub
import Testing
import Values

/// Every rule of schedules that the types leave open.
@Suite struct ScheduleRulesTests {
    private static let today = day("2026-11-21")

    private static func day(_ text: String) -> CivilDate {
        CivilDate(iso8601: text) ?? CivilDate(year: 1, month: 1, day: 1)
    }

    private static func yearly(_ year: Int, _ month: Int, _ day: Int) -> BillingSchedule {
        BillingSchedule(.yearly(from: year, month: month, day: day))
    }

    private static let start = day("2026-12-01")
    private static let absurd = CivilDate(year: 2026, month: 2, day: 30)

    static let broken: [(BillingSchedule, [ScheduleFault])] = [
        (BillingSchedule(.daily), [.startMissing]),
        (BillingSchedule(.weekly([.monday])), [.startMissing]),
        (BillingSchedule(.monthlyOn(.first, .monday)), [.startMissing]),
        (BillingSchedule(.daily, every: 0, from: start), [.interval(0)]),
        (BillingSchedule(.daily, every: -1, from: start), [.interval(-1)]),
        (BillingSchedule(.daily, every: 10_000, from: start), [.interval(10_000)]),
        (BillingSchedule(.weekly([]), from: start), [.noWeekdays]),
        (BillingSchedule(.monthlyEach([]), from: start), [.noDaysOfMonth]),
        (
            BillingSchedule(.monthlyEach([0, 1, 33]), from: start),
            [.dayOfMonth(0), .dayOfMonth(33)]
        ),
        (yearly(0, 1, 1), [.year(0)]), (yearly(-5, 1, 1), [.year(-5)]),
        (yearly(10_000, 1, 1), [.year(10_000)]), (yearly(2027, 0, 1), [.month(0)]),
        (yearly(2027, 13, 1), [.month(13)]), (yearly(2027, 1, 0), [.dayOfYear(0)]),
        (yearly(2027, 1, 32), [.dayOfYear(32)]),
        (BillingSchedule(.dates([])), [.noDates]),
        (BillingSchedule(.dates([today])), [.dateNotInFuture(today)]),
        (
            BillingSchedule(.dates([day("2026-11-20"), start])),
            [.dateNotInFuture(day("2026-11-20"))]
        ),
        (BillingSchedule(.dates([start, start])), [.dateTwice(start)]),
        (BillingSchedule(.dates([absurd])), [.noSuchDay]),
        (BillingSchedule(.dates([start]), every: 2), [.datesWithSpan]),
        (BillingSchedule(.dates([start]), from: start), [.datesWithSpan]),
        (BillingSchedule(.dates([start]), until: .after(bills: 1)), [.datesWithSpan]),
        (BillingSchedule(.daily, from: absurd), [.noSuchDay]),
        (BillingSchedule(.daily, from: start, until: .on(absurd)), [.noSuchDay]),
        (BillingSchedule(.daily, from: start, until: .after(bills: 0)), [.billCount(0)]),
        (
            BillingSchedule(.daily, from: start, until: .on(day("2026-11-30"))),
            [.endBeforeStart(day("2026-11-30"))]
        ),
        (
            BillingSchedule(.yearly(from: 2028, month: 1, day: 1), until: .on(start)),
            [.endBeforeStart(start)]
        ),
        (BillingSchedule(.monthlyEach([30]), every: 12, from: day("2027-02-01")), [.neverBills]),
        (
            BillingSchedule(.monthlyEach([15]), from: start, until: .on(day("2026-12-14"))),
            [.neverBills]
        ),
        (
            BillingSchedule(.daily, from: day("2026-01-01"), until: .after(bills: 10)),
            [.neverBills]
        ),
        (
            BillingSchedule(.weekly([]), every: 0, until: .after(bills: -1)),
            [.noWeekdays, .interval(0), .startMissing, .billCount(-1)]
        ),
    ]

    @Test(arguments: broken)
    func `names the rule that a schedule breaks`(
        schedule: BillingSchedule, faults: [ScheduleFault]
    ) {
        #expect(schedule.faults(on: Self.today) == faults)
        for fault in faults { #expect(fault.description.count > 40) }
    }

    @Test(arguments: broken.filter { $0.1 != [.neverBills] })
    func `a schedule that is no schedule has no days before it is mended`(
        schedule: BillingSchedule, faults: [ScheduleFault]
    ) {
        let isOfForm = faults.allSatisfy { if case .dateNotInFuture = $0 { false } else { true } }
        if isOfForm { #expect(schedule.dates.first { _ in true } == nil) }
    }

    @Test(arguments: [
        BillingSchedule(.daily, from: today),
        BillingSchedule(.daily, from: day("2020-01-01")),
        BillingSchedule(.dates([day("2026-11-22")])),
        BillingSchedule(.weekly(Set(Weekday.allCases)), every: 9999, from: start),
        BillingSchedule(.monthlyEach(Set(1...32)), from: start, until: .on(start)),
        BillingSchedule(.monthlyOn(.last, .saturday), from: start, until: .after(bills: 1)),
        yearly(2026, 12, 31), yearly(2020, 2, 31),
        BillingSchedule(.yearly(from: 2026, month: 1, day: 1), from: start),
    ])
    func `takes what the document allows`(schedule: BillingSchedule) {
        #expect(schedule.faults(on: Self.today).isEmpty)
    }

    @Test func `every fault says what to do`() {
        let faults = Self.broken.flatMap(\.1)
        #expect(Set(faults.map { String("\($0)".prefix { $0 != ":" && $0 != "," }) }).count >= 16)
    }
}
