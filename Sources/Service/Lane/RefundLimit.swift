public import Journal
internal import Settings
internal import Timeline
internal import Values

/// What the shop gives back at most. The lane's thread holds a refund to it: two that come at once
/// are no more than two in turn, and a request that is sent again meets the refund that it made,
/// not the limit.
public struct RefundLimit: Equatable, Sendable {
    /// Which limit would be broken, with its cents.
    public enum Breach: Equatable, Sendable {
        case refund(Int)
        case day(Int)
    }

    private let perRefundCents: Int
    private let perDayCents: Int
    private let dayStart: WallTime

    /// The limits of the settings, in a day that began then.
    internal init(_ settings: ServiceSettings.Refunds, dayStart: WallTime) {
        perRefundCents = settings.perRefundCents
        perDayCents = settings.perDayCents
        self.dayStart = dayStart
    }

    /// The limit that a refund of so many cents would break; `nil` when it may be made.
    /// - Throws: ``JournalFault``
    public func breach(
        by cents: Int, in journal: any JournalStore
    ) throws(JournalFault) -> Breach? {
        guard cents <= perRefundCents else { return .refund(perRefundCents) }
        var today = AttemptQuery(.all, limit: .max)
        today.from = dayStart
        let given = try journal.attempts(today).filter {
            $0.operation == .refund && $0.state.mayHoldMoney && $0.cause == .till
        }.reduce(0) { $0 + ($1.amount?.cents ?? 0) }
        return given + cents <= perDayCents ? nil : .day(perDayCents)
    }
}
