public import Values

/// A day of the week; Sunday is 1 and Saturday 7, as the gateway counts.
///
/// Source: PayHub API, "Recurring Bill", `monthly_day_of_week`.
public enum Weekday: Int, Equatable, Hashable, Comparable, Sendable, CaseIterable {
    case sunday = 1
    case monday
    case tuesday
    case wednesday
    case thursday
    case friday
    case saturday

    /// The weekday of a day.
    public init(of day: CivilDate) {
        // 1970-01-01 was a Thursday.
        let index = (day.daysSinceEpoch + 4) % 7
        self = Self.allCases[index < 0 ? index + 7 : index]
    }

    /// Reads "SUN"; `nil` when it is no weekday in this form.
    public init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    /// The first three letters in capitals.
    ///
    /// Source: PayHub API, "Recurring Bill", `weekly_bill_days`.
    public var name: String {
        switch self {
        case .sunday: "SUN"
        case .monday: "MON"
        case .tuesday: "TUE"
        case .wednesday: "WED"
        case .thursday: "THU"
        case .friday: "FRI"
        case .saturday: "SAT"
        }
    }

    /// Orders from Sunday on.
    public static func < (one: Weekday, other: Weekday) -> Bool { one.rawValue < other.rawValue }
}
