internal import Values

/// A schedule as the gateway's JSON.
///
/// Source: PayHub API, "Recurring Bill", `schedule`. Numbers go out as numbers, the day of a yearly
/// bill and its year as text, as the tables have them; both are read in either form.
extension BillingSchedule: Codable {
    private enum Key: String, CodingKey {
        case type = "schedule_type"
        case interval = "bill_generation_interval"
        case span = "schedule_start_and_end"
        case weekly = "weekly_schedule"
        case monthly = "monthly_schedule"
        case yearly = "yearly_schedule"
        case dates = "specific_dates_schedule"
        case metaData
    }

    private enum DayKey: String, CodingKey {
        case weekdays = "weekly_bill_days"
        case monthlyType = "monthly_type"
        case each = "monthly_each_days"
        case position = "monthly_on_the_day_of_week_in_month"
        case weekday = "monthly_day_of_week"
        case year = "year_to_start"
        case month = "yearly_bill_on_month_number"
        case day = "yearly_bill_on_day_of_month"
        case dates = "specific_dates"
    }

    private enum SpanKey: String, CodingKey {
        case start = "start_date"
        case type = "end_date_type"
        case bills = "end_after_bill_count"
        case date = "end_date"
    }

    private typealias Members = KeyedEncodingContainer<DayKey>

    /// Writes the members of its kind and of no other.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Key.self)
        try members.encode(type, forKey: .type)
        if type != "S" {
            try members.encode(interval, forKey: .interval)
            var span = members.nestedContainer(keyedBy: SpanKey.self, forKey: .span)
            try encodeSpan(to: &span)
        }
        if let key = objectKey {
            var object = members.nestedContainer(keyedBy: DayKey.self, forKey: key)
            try encodeDays(to: &object)
        }
        try members.encodeIfPresent(metaData, forKey: .metaData)
    }

    private var type: String {
        switch days {
        case .daily: "D"
        case .weekly: "W"
        case .monthlyEach, .monthlyOn: "M"
        case .yearly: "Y"
        case .dates: "S"
        }
    }

    private var objectKey: Key? {
        switch days {
        case .daily: nil
        case .weekly: .weekly
        case .monthlyEach, .monthlyOn: .monthly
        case .yearly: .yearly
        case .dates: .dates
        }
    }

    private func encodeDays(to object: inout Members) throws {
        switch days {
        case .daily: break
        case .weekly(let weekdays):
            try object.encode(weekdays.sorted().map(\.name), forKey: .weekdays)
        case .monthlyEach(let days):
            try object.encode("E", forKey: .monthlyType)
            try object.encode(days.sorted(), forKey: .each)
        case .monthlyOn(let position, let weekday):
            try object.encode("O", forKey: .monthlyType)
            try object.encode(position.rawValue, forKey: .position)
            try object.encode(weekday.rawValue, forKey: .weekday)
        case .yearly(let year, let month, let day):
            let january = CivilDate(year: year, month: 1, day: 1)
            try object.encode(String(january.iso8601.prefix(4)), forKey: .year)
            try object.encode(month, forKey: .month)
            try object.encode(String(day), forKey: .day)
        case .dates(let dates): try object.encode(dates.map(\.iso8601), forKey: .dates)
        }
    }

    private func encodeSpan(to span: inout KeyedEncodingContainer<SpanKey>) throws {
        try span.encodeIfPresent(start?.iso8601, forKey: .start)
        switch end {
        case .never: try span.encode("N", forKey: .type)
        case .after(let bills):
            try span.encode("A", forKey: .type)
            try span.encode(bills, forKey: .bills)
        case .on(let date):
            try span.encode("O", forKey: .type)
            try span.encode(date.iso8601, forKey: .date)
        }
    }
}

// MARK: - Reading

extension BillingSchedule {
    private typealias Container = KeyedDecodingContainer<DayKey>

    /// Reads a schedule; objects of other kinds than its own are not heeded.
    /// - Throws: what the decoder throws, for a kind, word, number or day that there is not.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Key.self)
        let days: Days
        switch try members.decode(String.self, forKey: .type) {
        case "D": days = .daily
        case "W":
            days = try Self.weekly(members.nestedContainer(keyedBy: DayKey.self, forKey: .weekly))
        case "M":
            days = try Self.monthly(members.nestedContainer(keyedBy: DayKey.self, forKey: .monthly))
        case "Y":
            days = try Self.yearly(members.nestedContainer(keyedBy: DayKey.self, forKey: .yearly))
        case "S":
            days = try Self.dates(members.nestedContainer(keyedBy: DayKey.self, forKey: .dates))
        default: throw members.fault(at: .type)
        }
        self.init(days, every: try members.decodeIfPresent(Int.self, forKey: .interval) ?? 1)
        metaData = try members.decodeIfPresent(JSONTree.self, forKey: .metaData)
        guard try members.contains(.span) && !members.decodeNil(forKey: .span) else { return }
        let span = try members.nestedContainer(keyedBy: SpanKey.self, forKey: .span)
        start = try span.decodeIfPresent(String.self, forKey: .start).map { _ in
            try span.day(at: .start)
        }
        end = try Self.end(of: span)
    }

    private static func weekly(_ object: Container) throws -> Days {
        let names = try object.decode([String].self, forKey: .weekdays)
        let weekdays = names.compactMap { Weekday(name: $0) }
        guard weekdays.count == names.count else { throw object.fault(at: .weekdays) }
        return .weekly(Set(weekdays))
    }

    private static func monthly(_ object: Container) throws -> Days {
        switch try object.decode(String.self, forKey: .monthlyType) {
        case "E": return .monthlyEach(Set(try object.decode([Int].self, forKey: .each)))
        case "O":
            guard let position = Position(rawValue: try object.decode(Int.self, forKey: .position))
            else { throw object.fault(at: .position) }
            guard let weekday = Weekday(rawValue: try object.decode(Int.self, forKey: .weekday))
            else { throw object.fault(at: .weekday) }
            return .monthlyOn(position, weekday)
        default: throw object.fault(at: .monthlyType)
        }
    }

    private static func yearly(_ object: Container) throws -> Days {
        .yearly(
            from: try object.decode(Int.self, forKey: .year),
            month: try object.decode(Int.self, forKey: .month),
            day: try object.decode(Int.self, forKey: .day))
    }

    private static func dates(_ object: Container) throws -> Days {
        let texts = try object.decode([String].self, forKey: .dates)
        let dates = texts.compactMap { CivilDate(iso8601: $0) }
        guard dates.count == texts.count else { throw object.fault(at: .dates) }
        return .dates(dates)
    }

    /// The table prints the values with blanks; none means that it never ends.
    private static func end(of span: KeyedDecodingContainer<SpanKey>) throws -> End {
        let type = try span.decodeIfPresent(String.self, forKey: .type) ?? "N"
        switch type.filter({ $0 != " " }) {
        case "N": return .never
        case "A": return .after(bills: try span.decode(Int.self, forKey: .bills))
        case "O": return .on(try span.day(at: .date))
        default: throw span.fault(at: .type)
        }
    }
}

extension KeyedDecodingContainer {
    /// A day written as YYYY-MM-DD.
    fileprivate func day(at key: Key) throws -> CivilDate {
        guard let day = CivilDate(iso8601: try decode(String.self, forKey: key)) else {
            throw fault(at: key)
        }
        return day
    }

    /// What stands there cannot be.
    fileprivate func fault(at key: Key) -> DecodingError {
        .dataCorruptedError(forKey: key, in: self, debugDescription: "not a value of a schedule")
    }
}
