internal import PayHub
internal import Values

/// A schedule as the gateway writes it, in the types of the document's tables.
///
/// Source: PayHub API, "Recurring Bill", `schedule`.
internal enum ScheduleText {
    /// The members of a schedule.
    static func json(of schedule: BillingSchedule) -> JSONValue {
        let kind = ScheduleKind(schedule.days)
        let head = JSONValue.members(["schedule_type": .string(kind.rawValue)])
        let own = JSONMember(name: kind.object ?? "", value: object(of: schedule.days))
        guard kind != .specificDates else { return .object((head.members ?? []) + [own]) }
        let whole = head.adding([
            "bill_generation_interval": .integer(schedule.interval),
            "schedule_start_and_end": span(of: schedule),
        ])
        return kind.object == nil ? whole : .object((whole.members ?? []) + [own])
    }

    private static func object(of days: BillingSchedule.Days) -> JSONValue {
        switch days {
        case .daily: .null
        case .weekly(let weekdays):
            .members([
                "weekly_bill_days": .array(weekdays.sorted().map { .string($0.name) })
            ])
        case .monthlyEach(let days):
            .members([
                "monthly_type": .string("E"),
                "monthly_each_days": .array(days.sorted().map(JSONValue.integer)),
            ])
        case .monthlyOn(let position, let weekday):
            .members([
                "monthly_type": .string("O"),
                "monthly_on_the_day_of_week_in_month": .integer(position.rawValue),
                "monthly_day_of_week": .integer(weekday.rawValue),
            ])
        case .yearly(let year, let month, let day):
            .members([
                "year_to_start": .string(
                    String(CivilDate(year: year, month: 1, day: 1).iso8601.prefix(4))),
                "yearly_bill_on_month_number": .integer(month),
                "yearly_bill_on_day_of_month": .string(String(day)),
            ])
        case .dates(let dates):
            .members(["specific_dates": .array(dates.map { .string($0.iso8601) })])
        }
    }

    private static func span(of schedule: BillingSchedule) -> JSONValue {
        let start = schedule.start.map {
            JSONMember(name: "start_date", value: .string($0.iso8601))
        }
        let span = JSONValue.object(start.map { [$0] } ?? [])
        return switch schedule.end {
        case .never: span.adding(["end_date_type": .string("N")])
        case .after(let bills):
            span.adding(["end_date_type": .string("A"), "end_after_bill_count": .integer(bills)])
        case .on(let day):
            span.adding(["end_date_type": .string("O"), "end_date": .string(day.iso8601)])
        }
    }

    /// Reads what was written here.
    static func schedule(of json: JSONValue) -> BillingSchedule? {
        var findings = Findings()
        return ScheduleRules.judge(json, on: nil, &findings)
    }
}

/// The kinds of schedules.
///
/// Source: PayHub API, "Recurring Bill", `schedule_type`.
internal enum ScheduleKind: String, CaseIterable {
    case daily = "D"
    case weekly = "W"
    case monthly = "M"
    case yearly = "Y"
    case specificDates = "S"

    init(_ days: BillingSchedule.Days) {
        switch days {
        case .daily: self = .daily
        case .weekly: self = .weekly
        case .monthlyEach, .monthlyOn: self = .monthly
        case .yearly: self = .yearly
        case .dates: self = .specificDates
        }
    }

    /// The object that describes its days; a daily schedule has none.
    var object: String? {
        switch self {
        case .daily: nil
        case .weekly: "weekly_schedule"
        case .monthly: "monthly_schedule"
        case .yearly: "yearly_schedule"
        case .specificDates: "specific_dates_schedule"
        }
    }
}
