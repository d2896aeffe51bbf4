import Foundation
import PayHub
import Values

/// An independent calendar: Foundation's. Of each day of a long time it says which weekday it is,
/// which of its month, and how many months, weeks and years lie before it; and from that, day by
/// day, whether a schedule bills on it. No period is ever computed from another.
struct ScheduleOracle {
    /// What Foundation's calendar says of a day.
    struct Day {
        let date: CivilDate
        let weekday: Int
        /// Which of its weekday in the month, from 1.
        let ordinal: Int
        let daysOfMonth: Int
        /// Sundays since the first of them.
        let week: Int
    }

    let days: [Day]
    private let places: [CivilDate: Int]

    /// The days of these years.
    init(years: ClosedRange<Int>) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        var days: [Day] = []
        var week = 0
        let start = DateComponents(year: years.lowerBound, month: 1, day: 1, hour: 12)
        var moment = calendar.date(from: start) ?? .distantPast
        while true {
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday, .weekdayOrdinal], from: moment)
            let (year, month, day) = (parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
            guard year <= years.upperBound else { break }
            let length = calendar.range(of: .day, in: .month, for: moment)?.count ?? 0
            if parts.weekday == 1 { week += 1 }
            days.append(
                Day(
                    date: CivilDate(year: year, month: month, day: day),
                    weekday: parts.weekday ?? 0, ordinal: parts.weekdayOrdinal ?? 0,
                    daysOfMonth: length, week: week))
            guard let next = calendar.date(byAdding: .day, value: 1, to: moment) else { break }
            moment = next
        }
        self.days = days
        places = Dictionary(uniqueKeysWithValues: zip(days.map(\.date), days.indices))
    }

    /// The place of a day in the list.
    func index(of date: CivilDate) -> Int? { places[date] }

    /// A day of the list at or before a schedule's first.
    func begin(of schedule: BillingSchedule) -> Int {
        switch (schedule.start, schedule.days) {
        case (let start?, _): index(of: start) ?? 0
        case (nil, .yearly(let year, _, _)):
            index(of: CivilDate(year: year, month: 1, day: 1)) ?? 0
        case (nil, .dates(let dates)): dates.min().flatMap { index(of: $0) } ?? 0
        default: 0
        }
    }

    /// The days on which a schedule bills, up to one of the list.
    func dates(of schedule: BillingSchedule, through last: Int) -> [CivilDate] {
        let start = schedule.start.flatMap { index(of: $0) }
        var found: [CivilDate] = []
        for place in begin(of: schedule)...last {
            let day = days[place]
            if case .after(let bills) = schedule.end, found.count >= bills { break }
            if case .on(let end) = schedule.end, day.date > end { break }
            if bills(schedule, on: day, place, start) { found.append(day.date) }
        }
        return found
    }

    private func bills(
        _ schedule: BillingSchedule, on day: Day, _ place: Int, _ start: Int?
    ) -> Bool {
        let every = schedule.interval
        switch schedule.days {
        case .dates(let dates): return dates.contains(day.date)
        case .yearly(let year, let month, let dayOfMonth):
            let isDay =
                day.date.day == dayOfMonth
                || dayOfMonth > day.daysOfMonth && day.date.day == day.daysOfMonth
            return day.date.year >= year && (day.date.year - year) % every == 0
                && day.date.month == month && isDay
        case .daily: return (place - (start ?? 0)) % every == 0
        case .weekly(let weekdays):
            return (day.week - days[start ?? 0].week) % every == 0
                && weekdays.contains { $0.rawValue == day.weekday }
        case .monthlyEach(let wanted):
            return months(day, start) % every == 0
                && (wanted.contains(day.date.day)
                    || wanted.contains(32) && day.date.day == day.daysOfMonth)
        case .monthlyOn(let position, let weekday):
            let isLast = day.date.day + 7 > day.daysOfMonth
            return months(day, start) % every == 0 && day.weekday == weekday.rawValue
                && (position == .last ? isLast : day.ordinal == position.rawValue)
        }
    }

    private func months(_ day: Day, _ start: Int?) -> Int {
        let begin = days[start ?? 0].date
        return (day.date.year - begin.year) * 12 + day.date.month - begin.month
    }
}
