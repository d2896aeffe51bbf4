public import Values

extension BillingSchedule {
    /// Every rule that it breaks when it is sent on this day, in the order of the document's
    /// tables; none when the gateway must take it.
    ///
    /// Source: PayHub API, "Recurring Bill", `schedule`.
    public func faults(on today: CivilDate) -> [ScheduleFault] {
        let faults = formFaults
        guard faults.isEmpty else { return faults }
        if case .dates(let dates) = days {
            return dates.filter { $0 <= today }.map(ScheduleFault.dateNotInFuture)
        }
        return dates.contains { $0 >= today } ? [] : [.neverBills]
    }

    /// The rules that hold whatever day it is. A schedule that breaks one has no dates.
    internal var formFaults: [ScheduleFault] {
        dayFaults + spanFaults
    }

    private var dayFaults: [ScheduleFault] {
        switch days {
        case .daily, .monthlyOn: []
        case .weekly(let weekdays): weekdays.isEmpty ? [.noWeekdays] : []
        case .monthlyEach(let days):
            days.isEmpty
                ? [.noDaysOfMonth]
                : days.sorted().filter { !(1...32).contains($0) }.map(ScheduleFault.dayOfMonth)
        case .yearly(let year, let month, let day):
            ((1...9999).contains(year) ? [] : [.year(year)])
                + ((1...12).contains(month) ? [] : [.month(month)])
                + ((1...31).contains(day) ? [] : [.dayOfYear(day)])
        case .dates(let dates): Self.faults(of: dates)
        }
    }

    private static func faults(of dates: [CivilDate]) -> [ScheduleFault] {
        guard !dates.isEmpty else { return [.noDates] }
        guard dates.allSatisfy(\.isWritable) else { return [.noSuchDay] }
        let sorted = dates.sorted()
        return zip(sorted, sorted.dropFirst()).filter { $0 == $1 }.map { .dateTwice($0.0) }
    }

    private var spanFaults: [ScheduleFault] {
        if case .dates = days {
            return interval == 1 && start == nil && end == .never ? [] : [.datesWithSpan]
        }
        var faults: [ScheduleFault] = []
        if !(1...Limits.scheduleIntervalMaximum).contains(interval) {
            faults.append(.interval(interval))
        }
        if let start {
            if !start.isWritable { faults.append(.noSuchDay) }
        } else if !isYearly {
            faults.append(.startMissing)
        }
        return faults + endFaults
    }

    private var endFaults: [ScheduleFault] {
        switch end {
        case .never: []
        case .after(let bills): bills < 1 ? [.billCount(bills)] : []
        case .on(let date):
            if !date.isWritable {
                [.noSuchDay]
            } else if let begin, date < begin {
                [.endBeforeStart(date)]
            } else {
                []
            }
        }
    }

    private var isYearly: Bool { if case .yearly = days { true } else { false } }

    /// The earliest day of all: the start, and of a yearly schedule its first year's beginning.
    private var begin: CivilDate? {
        guard case .yearly(let year, _, _) = days else { return start }
        let january = CivilDate(year: year, month: 1, day: 1)
        return start.map { max($0, january) } ?? january
    }
}

extension CivilDate {
    /// True for a day that exists and has a year of four digits.
    fileprivate var isWritable: Bool { exists && (1...9999).contains(year) }
}
