internal import ArgumentParser
internal import PayHub
internal import Values

/// When a recurring bill is charged.
internal struct ScheduleOptions: ParsableArguments {
    static let discussion = """
        Kinds of schedules: --daily; --weekly MON,THU; --monthly 1,15,last; --monthly-on 2:FRI or \
        last:FRI; --yearly 12-24; --dates 2027-02-01,2027-10-31. All but --dates go on from \
        --start, every so many units with --every.
        """

    @Flag(help: "Each day.")
    var daily = false
    @Option(help: "Weekdays, SUN to SAT with commas.")
    var weekly: WeekdayList?
    @Option(help: "Days of the month, 1 to 31 or last, with commas; a month without it has none.")
    var monthly: MonthDays?
    @Option(help: "A weekday of the month: 1:MON to 4:MON, or last:MON.")
    var monthlyOn: WeekdayOfMonth?
    @Option(help: "A day of the year, MM-DD; in a short month its last day.")
    var yearly: DayOfYear?
    @Option(help: "Single dates, YYYY-MM-DD with commas.")
    var dates: DateList?
    @Option(help: "Every so many days, weeks, months or years.")
    var every: Int?
    @Option(help: "The first day on which it may bill, YYYY-MM-DD; today without it.")
    var start: DayArgument?
    @Option(help: "It ends after so many bills.")
    var endAfter: Int?
    @Option(help: "It ends on this day or before it, YYYY-MM-DD.")
    var endOn: DayArgument?

    /// True when anything of a schedule is said.
    var isGiven: Bool {
        kinds > 0 || every != nil || start != nil || endAfter != nil || endOn != nil
    }

    private var kinds: Int {
        [
            daily, weekly != nil, monthly != nil, monthlyOn != nil, yearly != nil, dates != nil,
        ].filter(\.self).count
    }

    func validate() throws {
        guard kinds <= 1 else {
            throw ValidationError("a schedule is of one kind; give one of them")
        }
        guard endAfter == nil || endOn == nil else {
            throw ValidationError("--end-after and --end-on do not go together")
        }
    }

    /// The schedule that is asked for: a new one, or what is there with what is said changed.
    /// - Throws: ``Failure`` with exit code 2.
    func schedule(changing old: BillingSchedule?, on today: CivilDate) throws -> BillingSchedule {
        guard var schedule = days(on: today).map({ BillingSchedule($0) }) ?? old else {
            throw Failure("when is it charged? \(Self.discussion)", .usage)
        }
        if let every { schedule.interval = every }
        if case .dates = schedule.days {
            guard every == nil, start == nil, endAfter == nil, endOn == nil else {
                throw Failure("single dates have no --every, --start or end", .usage)
            }
        } else {
            schedule.start = start?.day ?? schedule.start ?? today
            if let endAfter { schedule.end = .after(bills: endAfter) }
            if let endOn { schedule.end = .on(endOn.day) }
        }
        if let fault = schedule.faults(on: today).first { throw Failure("\(fault)", .usage) }
        return schedule
    }

    private func days(on today: CivilDate) -> BillingSchedule.Days? {
        if daily { return .daily }
        if let weekly { return .weekly(weekly.days) }
        if let monthly { return .monthlyEach(monthly.days) }
        if let monthlyOn { return .monthlyOn(monthlyOn.position, monthlyOn.weekday) }
        if let yearly {
            return .yearly(
                from: (start?.day ?? today).year, month: yearly.month, day: yearly.day)
        }
        return dates.map { .dates($0.days) }
    }
}

extension String {
    /// Every part between commas in a form; `nil` when one is not.
    fileprivate func each<Part>(_ read: (Substring) -> Part?) -> [Part]? {
        let parts = split(separator: ",", omittingEmptySubsequences: false)
        let found = parts.compactMap(read)
        return found.count == parts.count ? found : nil
    }
}

/// `2027-02-01`
internal struct DayArgument: ExpressibleByArgument, Sendable {
    let day: CivilDate

    init?(argument: String) {
        guard let day = CivilDate(iso8601: argument) else { return nil }
        self.day = day
    }
}

/// `2027-02-01,2027-10-31`
internal struct DateList: ExpressibleByArgument, Sendable {
    let days: [CivilDate]

    init?(argument: String) {
        guard let days = argument.each({ CivilDate(iso8601: String($0)) }) else { return nil }
        self.days = days
    }
}

/// `MON,THU`
internal struct WeekdayList: ExpressibleByArgument, Sendable {
    let days: Set<Weekday>

    init?(argument: String) {
        guard let days = argument.each({ Weekday(name: $0.uppercased()) }) else { return nil }
        self.days = Set(days)
    }
}

/// `1,15,last`
internal struct MonthDays: ExpressibleByArgument, Sendable {
    let days: Set<Int>

    init?(argument: String) {
        let days = argument.each { part -> Int? in
            part == "last" ? 32 : Int(part).flatMap { (1...31).contains($0) ? $0 : nil }
        }
        guard let days else { return nil }
        self.days = Set(days)
    }
}

/// `2:FRI`, `last:FRI`
internal struct WeekdayOfMonth: ExpressibleByArgument, Sendable {
    let position: BillingSchedule.Position
    let weekday: Weekday

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let weekday = Weekday(name: parts[1].uppercased()) else {
            return nil
        }
        let number = parts[0] == "last" ? 5 : Int(parts[0])
        guard let number, parts[0] != "5",
            let position = BillingSchedule.Position(rawValue: number)
        else { return nil }
        self.position = position
        self.weekday = weekday
    }
}

/// `12-24`
internal struct DayOfYear: ExpressibleByArgument, Sendable {
    let month: Int
    let day: Int

    init?(argument: String) {
        let parts = argument.split(separator: "-", omittingEmptySubsequences: false)
            .compactMap { Int($0) }
        guard parts.count == 2, (1...12).contains(parts[0]), (1...31).contains(parts[1]) else {
            return nil
        }
        (month, day) = (parts[0], parts[1])
    }
}
