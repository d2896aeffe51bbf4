internal import PayHub
internal import Values

/// The rules of `schedule`. Where the document has two codes for a rule, that of the web service
/// (45xx) tells it; which code tells what is our reading.
///
/// Source: PayHub API, "Recurring Bill", `schedule`, and "Error codes".
internal enum ScheduleRules {
    static let location = "schedule"
    static let span = "schedule_start_and_end"
    static let interval = "bill_generation_interval"

    private static let members = Set(
        ["schedule_type", interval, span, "metaData"] + ScheduleKind.allCases.compactMap(\.object))

    /// Judges a schedule that is given on a day, or, without a day, one that was judged before;
    /// `nil` when it breaks a rule.
    static func judge(
        _ value: JSONValue?, on today: CivilDate?, _ findings: inout Findings
    ) -> BillingSchedule? {
        guard let value, value != .null else {
            findings.refuse(.missingProperty, location)
            return nil
        }
        guard value.members != nil else {
            findings.refuse(.invalidRecurringData, location)
            return nil
        }
        findings.warn(ofUnknownMembersOf: value, known: members, at: location)
        let earlier = findings.violations.count
        guard let kind = kind(of: value, &findings) else { return nil }
        judgeObjects(of: value, kind, &findings)
        let days = ScheduleDays(today: today).judge(value, kind, &findings)
        let schedule = ScheduleSpan(kind: kind, days: days).judge(value, &findings)
        guard let schedule, findings.violations.count == earlier else { return nil }
        if let today, !schedule.dates.contains(where: { $0 >= today }) {
            findings.refuse(.noNextBill, location)
            return nil
        }
        return schedule
    }

    private static func kind(
        of value: JSONValue, _ findings: inout Findings
    ) -> ScheduleKind? {
        guard let type = value["schedule_type"], type != .null else {
            findings.refuse(.missingProperty, "\(location).schedule_type")
            return nil
        }
        guard let kind = type.string.flatMap(ScheduleKind.init(rawValue:)) else {
            findings.refuse(.invalidScheduleType, "\(location).schedule_type")
            return nil
        }
        return kind
    }

    /// The object of the kind must be there, and that of no other kind. Single dates have no
    /// interval, start or end.
    private static func judgeObjects(
        of value: JSONValue, _ kind: ScheduleKind, _ findings: inout Findings
    ) {
        let foreign = ScheduleKind.allCases.compactMap(\.object).filter { $0 != kind.object }
        for name in foreign + (kind == .specificDates ? [interval, span] : [])
        where isGiven(value[name]) {
            findings.refuse(.inconsistentSchedule, "\(location).\(name)")
        }
        let needsSpan = kind != .specificDates && kind != .yearly
        for name in [kind.object, needsSpan ? span : nil].compactMap(\.self)
        where !isGiven(value[name]) {
            findings.refuse(.missingProperty, "\(location).\(name)")
        }
    }

    static func isGiven(_ value: JSONValue?) -> Bool { value != nil && value != .null }

    /// A whole number within a range, also as a text of digits, as a sample writes it.
    static func number(_ value: JSONValue?, in range: ClosedRange<Int>) -> Int? {
        value.flatMap(MerchantRules.identifier).flatMap { range.contains($0) ? $0 : nil }
    }

    /// A day of the calendar.
    static func day(_ value: JSONValue?) -> CivilDate? {
        value?.string.flatMap { CivilDate(iso8601: $0) }.flatMap { $0.year > 0 ? $0 : nil }
    }
}
