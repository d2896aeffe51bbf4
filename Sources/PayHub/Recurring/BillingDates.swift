public import Values

/// The days on which a schedule bills, one after another, each made when it is asked for. They end
/// with the schedule, or with the year 9999, the last that the gateway can write. A schedule that
/// breaks a rule of form has none.
///
/// Days in the past count: a schedule that ends after six bills ends with its sixth day, whether
/// that was charged or not.
public struct BillingDates: Sequence, IteratorProtocol, Sendable {
    private let schedule: BillingSchedule
    private let lastDay: CivilDate
    private var billsLeft: Int
    /// The day, week, month or year that comes next, in intervals from the first.
    private var period = 0
    /// Days of the last period that are still to come, latest first.
    private var waiting: [CivilDate] = []

    internal init(_ schedule: BillingSchedule) {
        self.schedule = schedule
        billsLeft = schedule.formFaults.isEmpty ? .max : 0
        var lastDay = CivilDate(year: 9999, month: 12, day: 31)
        switch schedule.end {
        case .never: break
        case .after(let bills): billsLeft = Swift.min(billsLeft, bills)
        case .on(let day): lastDay = day
        }
        self.lastDay = lastDay
    }

    /// The next day, `nil` at the end.
    public mutating func next() -> CivilDate? {
        guard billsLeft > 0 else { return nil }
        while waiting.isEmpty {
            guard let days = schedule.days(ofPeriod: period) else { return end() }
            period += 1
            waiting = days.filter { day in schedule.start.map { day >= $0 } ?? true }.reversed()
        }
        let day = waiting.removeLast()
        guard day <= lastDay else { return end() }
        billsLeft -= 1
        return day
    }

    private mutating func end() -> CivilDate? {
        billsLeft = 0
        return nil
    }
}

extension BillingSchedule {
    /// The days on which it bills, from its first on.
    public var dates: BillingDates { BillingDates(self) }

    /// The first day on which it bills after this one, `nil` when there is none.
    public func next(after day: CivilDate) -> CivilDate? { dates.first { $0 > day } }

    /// The days of the so manieth unit in which it bills, in order, the start not heeded; `nil`
    /// behind the end of the calendar.
    fileprivate func days(ofPeriod period: Int) -> [CivilDate]? {
        let units = period * interval
        switch days {
        case .dates(let dates): return period == 0 ? dates.sorted() : nil
        case .yearly(let year, let month, let day):
            return Month(year + units, month).map { [$0.day(Swift.min(day, $0.length))] }
        case .daily: return start.flatMap { Self.days(from: $0.daysSinceEpoch + units, [0]) }
        case .weekly(let weekdays):
            guard let start else { return nil }
            let sunday = start.daysSinceEpoch - (Weekday(of: start).rawValue - 1)
            return Self.days(
                from: sunday + 7 * units, weekdays.sorted().map { $0.rawValue - 1 })
        case .monthlyEach(let days):
            return start.flatMap { Month($0.year, $0.month + units) }?.each(days)
        case .monthlyOn(let position, let weekday):
            return start.flatMap { Month($0.year, $0.month + units) }
                .map { [$0.day(position, weekday)] }
        }
    }

    private static func days(from day: Int, _ offsets: [Int]) -> [CivilDate]? {
        guard CivilDate(daysSinceEpoch: day).year <= 9999 else { return nil }
        return offsets.map { CivilDate(daysSinceEpoch: day + $0) }
    }
}

/// A month of a year.
private struct Month {
    let year: Int
    let month: Int

    /// A month counted from January of a year; `nil` behind the year 9999.
    init?(_ year: Int, _ month: Int) {
        self.year = year + (month - 1) / 12
        self.month = (month - 1) % 12 + 1
        guard self.year <= 9999 else { return nil }
    }

    var length: Int { CivilDate.days(in: month, of: year) }

    func day(_ day: Int) -> CivilDate { CivilDate(year: year, month: month, day: day) }

    /// Those of the days that it has; 32 is the last one.
    func each(_ days: Set<Int>) -> [CivilDate] {
        Set(days.map { $0 == 32 ? length : $0 }.filter { $0 <= length }).sorted().map(day)
    }

    func day(_ position: BillingSchedule.Position, _ weekday: Weekday) -> CivilDate {
        let first = (weekday.rawValue - Weekday(of: day(1)).rawValue + 7) % 7 + 1
        let last = first + (length - first) / 7 * 7
        return day(position == .last ? last : first + (position.rawValue - 1) * 7)
    }
}
