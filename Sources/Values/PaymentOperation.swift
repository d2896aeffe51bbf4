/// What is asked of the gateway with a card.
///
/// Source: PayHub API, "Sale", "AuthOnly", "Verify", "Refund".
public enum PaymentOperation: String, Equatable, Sendable, CaseIterable {
    /// Charge the card.
    case sale
    /// Reserve the amount; a capture settles it.
    case authOnly
    /// Ask whether the card is good. It has no bill, so no amount, no note and no reference of ours
    /// goes out with it: no money moves, and the gateway's report cannot be asked for it.
    case verify
    /// Give money to a card, without a sale that it belongs to.
    case refund

    /// True for what can charge, reserve or give back: it needs an intent before it and, when its
    /// answer is lost, an inquiry after it. A verification is asked again instead.
    public var movesMoney: Bool { self != .verify }
}
