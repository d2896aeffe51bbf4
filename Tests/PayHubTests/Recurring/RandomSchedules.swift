import PayHub
import Seeded
import Values

extension SeededNumbers {
    /// A schedule that starts on one of these days: leap years, months' ends and the turns of the
    /// centuries come more often than chance would have them.
    mutating func schedule(startingIn days: [CivilDate]) -> BillingSchedule {
        let start = self.start(in: days)
        var schedule = BillingSchedule(self.days(from: start, days), from: start)
        if case .dates = schedule.days {
            schedule.start = nil
            return schedule
        }
        schedule.interval =
            [1, 1, 1, 2, 3, 4, 5, 6, 7, 12, 13, 24].randomElement(using: &self) ?? 1
        if case .yearly = schedule.days, Bool.random(using: &self) { schedule.start = nil }
        switch Int.random(in: 0...3, using: &self) {
        case 0: schedule.end = .after(bills: Int.random(in: 1...40, using: &self))
        case 1:
            let span = Int.random(in: 0...2000, using: &self)
            schedule.end = .on(CivilDate(daysSinceEpoch: start.daysSinceEpoch + 366 + span))
        default: break
        }
        return schedule
    }

    private mutating func start(in days: [CivilDate]) -> CivilDate {
        let day = days.randomElement(using: &self) ?? days[0]
        guard Int.random(in: 0...3, using: &self) == 0 else { return day }
        let year = [2000, 2004, 2096, 2099, 2100, 2024].randomElement(using: &self) ?? day.year
        let month = [1, 2, 2, 2, 12, 4].randomElement(using: &self) ?? 2
        let length = CivilDate.days(in: month, of: year)
        return CivilDate(
            year: year, month: month, day: Int.random(in: (length - 3)...length, using: &self))
    }

    private mutating func days(
        from start: CivilDate, _ all: [CivilDate]
    ) -> BillingSchedule.Days {
        switch Int.random(in: 0...5, using: &self) {
        case 0: return .daily
        case 1:
            let count = Int.random(in: 1...7, using: &self)
            return .weekly(Set(Weekday.allCases.shuffled(using: &self).prefix(count)))
        case 2:
            let count = Int.random(in: 1...5, using: &self)
            let ends = [28, 29, 30, 31, 32, 1, 2]
            let some = (0..<count).map { _ in Int.random(in: 1...32, using: &self) }
            return .monthlyEach(Set(some + [ends.randomElement(using: &self) ?? 1]))
        case 3:
            return .monthlyOn(
                BillingSchedule.Position.allCases.randomElement(using: &self) ?? .last,
                Weekday.allCases.randomElement(using: &self) ?? .sunday)
        case 4:
            return .yearly(
                from: start.year + Int.random(in: -2...2, using: &self),
                month: [Int.random(in: 1...12, using: &self), 2].randomElement(using: &self) ?? 2,
                day: [Int.random(in: 1...31, using: &self), 29, 31].randomElement(using: &self)
                    ?? 31)
        default:
            let count = Int.random(in: 1...12, using: &self)
            return .dates(
                Array(Set((0..<count).map { _ in all.randomElement(using: &self) ?? start })))
        }
    }
}
