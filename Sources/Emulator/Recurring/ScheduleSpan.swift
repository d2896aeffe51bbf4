internal import PayHub
internal import Values

/// The rules of a schedule's interval, start and end.
///
/// Source: PayHub API, "Recurring Bill", `bill_generation_interval`, `ScheduleStartAndEnd`.
internal struct ScheduleSpan {
    let kind: ScheduleKind
    let days: BillingSchedule.Days?

    private static let members: Set<String> = [
        "start_date", "end_date", "end_date_type", "end_after_bill_count",
    ]
    private static let location = "\(ScheduleRules.location).\(ScheduleRules.span)"

    /// Judges them; the schedule, as far as it stands.
    func judge(_ schedule: JSONValue, _ findings: inout Findings) -> BillingSchedule? {
        guard kind != .specificDates else { return days.map { BillingSchedule($0) } }
        let interval = interval(of: schedule, &findings)
        let object = schedule[ScheduleRules.span] ?? .null
        if object != .null, object.members == nil {
            findings.refuse(.inconsistentSchedule, Self.location)
            return nil
        }
        findings.warn(ofUnknownMembersOf: object, known: Self.members, at: Self.location)
        let start = start(of: object, &findings)
        let end = end(of: object, &findings)
        guard let days else { return nil }
        if case .on(let day) = end, day < begin(start, days) {
            findings.refuse(.endBeforeStart, "\(Self.location).end_date")
        }
        return BillingSchedule(days, every: interval, from: start, until: end)
    }

    /// The first day that can be billed.
    private func begin(_ start: CivilDate?, _ days: BillingSchedule.Days) -> CivilDate {
        let first = start ?? CivilDate(year: 1, month: 1, day: 1)
        guard case .yearly(let year, _, _) = days else { return first }
        return max(first, CivilDate(year: year, month: 1, day: 1))
    }

    private func interval(of schedule: JSONValue, _ findings: inout Findings) -> Int {
        guard let value = schedule[ScheduleRules.interval], value != .null else { return 1 }
        let range = 1...Limits.scheduleIntervalMaximum
        guard let interval = ScheduleRules.number(value, in: range) else {
            findings.refuse(
                .invalidInterval, "\(ScheduleRules.location).\(ScheduleRules.interval)")
            return 1
        }
        return interval
    }

    private func start(of object: JSONValue, _ findings: inout Findings) -> CivilDate? {
        let value = object["start_date"] ?? .null
        let day = ScheduleRules.day(value)
        let mayLack = value == .null && (kind == .yearly || object == .null)
        if day == nil, !mayLack {
            findings.refuse(.invalidStartDate, "\(Self.location).start_date")
        }
        return day
    }

    private func end(
        of object: JSONValue, _ findings: inout Findings
    ) -> BillingSchedule.End {
        let count = object["end_after_bill_count"]
        let date = object["end_date"]
        // The table prints the values with blanks.
        let value = object["end_date_type"] ?? .null
        let type = value == .null ? "N" : value.string.map { $0.filter { $0 != " " } }
        switch type {
        case "N":
            refuseGiven(["end_after_bill_count": count, "end_date": date], &findings)
            return .never
        case "A":
            refuseGiven(["end_date": date], &findings)
            guard let bills = ScheduleRules.number(count, in: 1...Int.max) else {
                findings.refuse(.invalidEndCount, "\(Self.location).end_after_bill_count")
                return .never
            }
            return .after(bills: bills)
        case "O":
            refuseGiven(["end_after_bill_count": count], &findings)
            guard let day = ScheduleRules.day(date) else {
                findings.refuse(.invalidEndDate, "\(Self.location).end_date")
                return .never
            }
            return .on(day)
        default:
            findings.refuse(.invalidEndType, "\(Self.location).end_date_type")
            return .never
        }
    }

    /// Members that are for another type of end.
    private func refuseGiven(
        _ members: KeyValuePairs<String, JSONValue?>, _ findings: inout Findings
    ) {
        for (name, value) in members where ScheduleRules.isGiven(value) {
            findings.refuse(.inconsistentSchedule, "\(Self.location).\(name)")
        }
    }
}
