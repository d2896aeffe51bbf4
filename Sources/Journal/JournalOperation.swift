/// What an attempt asks of the gateway.
///
/// Source: PayHub API, "Sale", "AuthOnly", "Verify", "Capture", "Void", "Refund".
public enum JournalOperation: String, Equatable, Sendable, CaseIterable {
    case sale
    case authOnly
    /// Looks at a card; no money moves.
    case verify
    /// Takes what an authorisation reserved.
    case capture
    /// Takes back what is not yet settled. It may be repeated: a second one answers that it is
    /// done already.
    case void
    /// Gives back what is settled, or a part of it; or, without a payment, money to a card.
    case refund

    /// True when a card is always read for it; ``Attempt/takesCard`` knows of refunds too.
    public var takesCard: Bool {
        switch self {
        case .sale, .authOnly, .verify: true
        case .capture, .void, .refund: false
        }
    }

    /// True when an approved one leaves a charge or a reservation on a card.
    public var charges: Bool { self == .sale || self == .authOnly }
}

/// Who wanted an attempt.
public enum AttemptCause: String, Equatable, Sendable, CaseIterable {
    /// The till asked for it.
    case till
    /// The till had cancelled the payment that turned out approved.
    case cancelled
    /// The gateway holds a second charge of one reference.
    case extraCopy
    /// A charge appeared after "not charged" had been told.
    case lateCharge
}
