public import PayHub
public import Readers
public import Timeline
public import Values

/// What is told of one payment: nothing in it is secret.
public struct PaymentReport: Equatable, Sendable {
    /// What became of it; not sent until it has come further.
    public var outcome = Outcome.notSent(.cancelled)
    /// The reader; `nil` for a card that was not swiped.
    public var reader: ReaderIdentity?
    /// How the card came; `nil` for a bad read.
    public var entry: Entry?
    /// What may be shown of the card.
    public var maskedPAN = MaskedPAN.hidden
    /// The brand, if it is known.
    public var brand: CardBrand?
    /// What the policy says without refusing.
    public var warnings: PolicyWarnings = []
    /// The gateway's resource, where it was read: what the gateway says of amount and merchant. The
    /// amount is there only if the resource embeds its bill.
    public var resource: PaymentResource?
    /// Where the resource contradicts the order. The charge exists as it stands there, so the
    /// outcome remains what its response code says, an approval too; the lane tells it, and then
    /// takes no further payment.
    public var mismatch: ResourceMismatch?
    /// The customer was left out: the order names none, and the card shows no name that can be
    /// read. The gateway takes no customer without one.
    public var customerIsOmitted = false
    /// How long each stage took.
    public var stages = StageTimes()

    /// How a card came.
    public enum Entry: String, Equatable, Sendable {
        /// Swiped, as clear tracks.
        case plain
        /// Swiped, as the reader's encrypted block.
        case encrypted
        /// Keyed by somebody.
        case keyed
        /// By the gateway's token of it.
        case token
    }

    /// A report of a payment of which only the reader is known.
    public init(reader: ReaderIdentity?) { self.reader = reader }
}
