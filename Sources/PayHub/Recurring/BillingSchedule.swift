public import Values

/// When a recurring bill is charged. Which of the document's objects go out follows from
/// ``Days``, so that a schedule cannot name one kind and describe another; what the types leave
/// open, ``faults(on:)`` checks.
///
/// Source: PayHub API, "Recurring Bill", `schedule`.
public struct BillingSchedule: Equatable, Sendable {
    /// The days of a unit on which it bills.
    public enum Days: Equatable, Sendable {
        /// Each day.
        case daily
        /// These weekdays. A week begins on Sunday.
        case weekly(Set<Weekday>)
        /// These days of the month: 1 to 31, and 32 for the last. A day that a month has not is
        /// left out in it.
        case monthlyEach(Set<Int>)
        /// A weekday of the month, such as the second Friday.
        case monthlyOn(Position, Weekday)
        /// A day of the year, from a year on. A day that the month has not is its last day.
        case yearly(from: Int, month: Int, day: Int)
        /// These days and no other.
        case dates([CivilDate])
    }

    /// Which of a weekday's days in a month.
    public enum Position: Int, Equatable, Sendable, CaseIterable {
        case first = 1
        case second
        case third
        case fourth
        /// The fourth or the fifth: every month has one.
        case last
    }

    /// When it ends.
    public enum End: Equatable, Sendable {
        /// It goes on.
        case never
        /// With so many bills, at least one.
        case after(bills: Int)
        /// On this day or the last bill before it.
        case on(CivilDate)
    }

    /// The days of a unit.
    public var days: Days
    /// Every so many days, weeks, months or years, from 1 on. Single dates have none.
    public var interval = 1
    /// The first day on which it may bill; the units are counted from the one that it is in. Days,
    /// weeks and months need it, a year may be without, single dates have none.
    public var start: CivilDate?
    /// When it ends. Single dates end with the last of them.
    public var end = End.never
    /// The client's own JSON, which the gateway keeps with it.
    public var metaData: JSONTree?

    /// A schedule of these days.
    public init(
        _ days: Days, every interval: Int = 1, from start: CivilDate? = nil, until end: End = .never
    ) {
        self.days = days
        self.interval = interval
        self.start = start
        self.end = end
    }
}
