public import Values

/// A rule of schedules that is broken. Nothing was sent.
///
/// Source: PayHub API, "Recurring Bill", `schedule`; what is not from there says so.
public enum ScheduleFault: Error, Equatable, Sendable {
    /// The interval is below 1, or over ``Limits/scheduleIntervalMaximum``, which is ours.
    case interval(Int)
    /// Days, weeks and months need a start date.
    case startMissing
    /// Single dates have no interval, start or end of their own.
    case datesWithSpan
    /// A day that the calendar has not.
    case noSuchDay
    /// No weekday is given.
    case noWeekdays
    /// No day of the month is given.
    case noDaysOfMonth
    /// A day of the month that is not 1 to 32.
    case dayOfMonth(Int)
    /// A year without four digits.
    case year(Int)
    /// A month that is not 1 to 12.
    case month(Int)
    /// A day of a year's month that is not 1 to 31.
    case dayOfYear(Int)
    /// No date is given.
    case noDates
    /// A date that is not later than today.
    case dateNotInFuture(CivilDate)
    /// A date that is given twice. The gateway has a code for it and no sentence.
    case dateTwice(CivilDate)
    /// It is to end after fewer bills than one.
    case billCount(Int)
    /// It ends before it starts.
    case endBeforeStart(CivilDate)
    /// No bill lies from today on. The rule is ours: such a bill would charge nothing, ever.
    case neverBills
}

extension ScheduleFault: CustomStringConvertible {
    /// The rule and the remedy.
    public var description: String {
        switch self {
        case .interval(let interval):
            "an interval is 1 to \(Limits.scheduleIntervalMaximum), not \(interval); say every how "
                + "many days, weeks, months or years it bills"
        case .startMissing:
            "a daily, weekly or monthly schedule needs the day from which it bills; give a start"
        case .datesWithSpan:
            "single dates have no interval, start or end; leave them out, or choose another kind"
        case .noSuchDay: "the calendar has no such day; write a day that exists as YYYY-MM-DD"
        case .noWeekdays: "a weekly schedule needs at least one weekday, from SUN to SAT"
        case .noDaysOfMonth:
            "a monthly schedule needs at least one day: 1 to 31, or 32 for the last"
        case .dayOfMonth(let day):
            "a day of the month is 1 to 31, or 32 for the last day, not \(day)"
        case .year(let year):
            "a year is 0001 to 9999, not \(year); write it with four digits (YYYY)"
        case .month(let month): "a month is 1 (January) to 12 (December), not \(month)"
        case .dayOfYear(let day):
            "the day of a yearly bill is 1 to 31, not \(day); 31 is the last day of any month"
        case .noDates: "a schedule of single dates needs at least one date"
        case .dateNotInFuture(let date):
            "\(date.iso8601) is not later than today; single dates begin tomorrow"
        case .dateTwice(let date): "\(date.iso8601) stands twice; give each date once"
        case .billCount(let count): "a schedule ends after 1 bill or more, not after \(count)"
        case .endBeforeStart(let date):
            "the schedule would end on \(date.iso8601), before it starts; give a later end"
        case .neverBills:
            "no day of the schedule lies from today on, so nothing would be billed; look at its "
                + "start, its end and its interval"
        }
    }
}
