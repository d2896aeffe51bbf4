/// What is asked of the gateway with a card.
///
/// Source: PayHub API, "Sale", "AuthOnly".
public enum PaymentOperation: String, Equatable, Sendable, CaseIterable {
    /// Charge the card.
    case sale
    /// Reserve the amount; a capture settles it.
    case authOnly
}
