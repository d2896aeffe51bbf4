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

/// What happened in a year, counted as it happened.
public struct YearTally: Equatable, Sendable {
    /// Payments by what became of them in the end.
    public var approved = 0
    /// Declined by the issuer.
    public var declined = 0
    /// Whose request never reached the gateway.
    public var notCharged = 0
    /// Whose answer was lost, and which the lane found out about by itself.
    public var foundOut = 0
    /// Authorisations that were captured.
    public var captures = 0
    /// Payments that were voided.
    public var voids = 0
    /// Refunds of all of a payment or of a part.
    public var refunds = 0
    /// Recurring bills.
    public var bills = 0
    /// Times that a recurring bill was paused, made active again or canceled.
    public var statusChanges = 0

    /// Nothing yet.
    public init() {}
}

/// The generator SplitMix64: the same numbers from the same seed. Source: Sebastiano Vigna.
struct YearDice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number of a range.
    mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// True so many times in a thousand.
    mutating func happens(_ perMille: Int) -> Bool { pick(0...999) < perMille }
}
