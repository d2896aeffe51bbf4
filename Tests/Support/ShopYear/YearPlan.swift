internal import Seeded

/// How large a year is, and the number that repeats it.
public struct YearPlan: Sendable {
    /// The days of it.
    public var days = 365
    /// Cards that are swiped.
    public var payments = 5000
    /// Recurring bills that are made.
    public var bills = 40
    /// What chance begins with.
    public var seed: UInt64 = 1

    /// A year.
    public init() {}

    /// How many of so many fall on a day, so that all days together have them all.
    func share(_ count: Int, of day: Int) -> Int {
        count * (day + 1) / days - count * day / days
    }
}

extension SeededNumbers {
    /// A number of a range.
    mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// True so many times in a thousand.
    mutating func happens(_ perMille: Int) -> Bool { pick(0...999) < perMille }
}
