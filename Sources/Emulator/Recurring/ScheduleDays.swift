internal import PayHub
internal import Values

/// The rules of the objects that describe the days of a schedule.
///
/// Source: PayHub API, "Recurring Bill", `WeeklySchedule`, `MonthlySchedule`, `YearlySchedule`,
/// `SpecificDatesSchedule`.
internal struct ScheduleDays {
    /// The day on which the schedule is given; `nil` when it was judged before.
    let today: CivilDate?

    /// Judges the object of a kind; the days, if they are sound.
    func judge(
        _ schedule: JSONValue, _ kind: ScheduleKind, _ findings: inout Findings
    ) -> BillingSchedule.Days? {
        guard let name = kind.object else { return .daily }
        guard let object = schedule[name], object != .null else { return nil }
        let location = "\(ScheduleRules.location).\(name)"
        guard object.members != nil else {
            findings.refuse(.inconsistentSchedule, location)
            return nil
        }
        return switch kind {
        case .daily: .daily
        case .weekly: weekly(object, location, &findings)
        case .monthly: monthly(object, location, &findings)
        case .yearly: yearly(object, location, &findings)
        case .specificDates: dates(object, location, &findings)
        }
    }

    private func weekly(
        _ object: JSONValue, _ location: String, _ findings: inout Findings
    ) -> BillingSchedule.Days? {
        let member = "weekly_bill_days"
        findings.warn(ofUnknownMembersOf: object, known: [member], at: location)
        let days = object[member]?.elements?.map { $0.string.flatMap(Weekday.init(name:)) }
        guard let days, !days.isEmpty, !days.contains(nil) else {
            findings.refuse(.invalidWeekdays, "\(location).\(member)")
            return nil
        }
        return .weekly(Set(days.compactMap(\.self)))
    }

    private static let each = "monthly_each_days"
    private static let position = "monthly_on_the_day_of_week_in_month"
    private static let weekday = "monthly_day_of_week"

    private func monthly(
        _ object: JSONValue, _ location: String, _ findings: inout Findings
    ) -> BillingSchedule.Days? {
        let type = "monthly_type"
        findings.warn(
            ofUnknownMembersOf: object, known: [type, Self.each, Self.position, Self.weekday],
            at: location)
        switch object[type]?.string {
        case "E":
            refuse([Self.position, Self.weekday], of: object, location, &findings)
            return eachDays(object, location, &findings)
        case "O":
            refuse([Self.each], of: object, location, &findings)
            return onWeekday(object, location, &findings)
        default:
            findings.refuse(.invalidMonthlyType, "\(location).\(type)")
            return nil
        }
    }

    /// Members that are for another type.
    private func refuse(
        _ members: [String], of object: JSONValue, _ location: String,
        _ findings: inout Findings
    ) {
        for member in members where ScheduleRules.isGiven(object[member]) {
            findings.refuse(.inconsistentSchedule, "\(location).\(member)")
        }
    }

    private func eachDays(
        _ object: JSONValue, _ location: String, _ findings: inout Findings
    ) -> BillingSchedule.Days? {
        let days = object[Self.each]?.elements?.map { ScheduleRules.number($0, in: 1...32) }
        guard let days, !days.isEmpty, !days.contains(nil) else {
            findings.refuse(.invalidDaysOfMonth, "\(location).\(Self.each)")
            return nil
        }
        return .monthlyEach(Set(days.compactMap(\.self)))
    }

    private func onWeekday(
        _ object: JSONValue, _ location: String, _ findings: inout Findings
    ) -> BillingSchedule.Days? {
        let position = ScheduleRules.number(object[Self.position], in: 1...5)
            .flatMap(BillingSchedule.Position.init(rawValue:))
        let weekday = ScheduleRules.number(object[Self.weekday], in: 1...7)
            .flatMap(Weekday.init(rawValue:))
        if position == nil {
            findings.refuse(.invalidDayPosition, "\(location).\(Self.position)")
        }
        if weekday == nil { findings.refuse(.invalidDayOfWeek, "\(location).\(Self.weekday)") }
        guard let position, let weekday else { return nil }
        return .monthlyOn(position, weekday)
    }

    private func yearly(
        _ object: JSONValue, _ location: String, _ findings: inout Findings
    ) -> BillingSchedule.Days? {
        let names = (
            year: "year_to_start", month: "yearly_bill_on_month_number",
            day: "yearly_bill_on_day_of_month"
        )
        findings.warn(
            ofUnknownMembersOf: object, known: [names.year, names.month, names.day], at: location)
        let hasFourDigits = object[names.year]?.numberText?.utf8.count == 4
        let year =
            hasFourDigits ? ScheduleRules.number(object[names.year], in: 1...9999) : nil
        let month = ScheduleRules.number(object[names.month], in: 1...12)
        let day = ScheduleRules.number(object[names.day], in: 1...31)
        if year == nil { findings.refuse(.invalidStartDate, "\(location).\(names.year)") }
        if month == nil { findings.refuse(.invalidMonthOfYear, "\(location).\(names.month)") }
        if day == nil { findings.refuse(.invalidDayOfYear, "\(location).\(names.day)") }
        guard let year, let month, let day else { return nil }
        return .yearly(from: year, month: month, day: day)
    }

    private func dates(
        _ object: JSONValue, _ location: String, _ findings: inout Findings
    ) -> BillingSchedule.Days? {
        let member = "specific_dates"
        findings.warn(ofUnknownMembersOf: object, known: [member], at: location)
        let days = object[member]?.elements?.map { ScheduleRules.day($0) }
        guard let days, !days.isEmpty, !days.contains(nil) else {
            findings.refuse(.invalidSpecificDates, "\(location).\(member)")
            return nil
        }
        let dates = days.compactMap(\.self)
        if let today, dates.contains(where: { $0 <= today }) {
            findings.refuse(.invalidSpecificDates, "\(location).\(member)")
        }
        if Set(dates).count < dates.count {
            findings.refuse(.sameSpecificDates, "\(location).\(member)")
        }
        return .dates(dates)
    }
}
