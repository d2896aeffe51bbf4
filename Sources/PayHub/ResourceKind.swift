public import Values

/// The kinds of transactions that have a resource at the gateway, named as in a path that is read.
///
/// Source: PayHub API, the paths of "Sale" to "Refund"; an authorisation is posted to `authOnly`
/// and linked as `authonly`.
public enum ResourceKind: String, Equatable, Sendable, CaseIterable {
    case sale
    case verify
    case authOnly = "authonly"
    case capture
    case void
    case refund

    /// What a card operation makes.
    public init(_ operation: PaymentOperation) {
        switch operation {
        case .sale: self = .sale
        case .authOnly: self = .authOnly
        case .verify: self = .verify
        case .refund: self = .refund
        }
    }

    /// True where `/bill` can be read.
    public var hasBill: Bool { self == .sale || self == .authOnly || self == .capture }

    /// The member of the resource that tells what became of it.
    internal var responseMember: String {
        switch self {
        case .sale: "saleResponse"
        case .verify: "verifyResponse"
        case .authOnly: "authOnlyResponse"
        case .capture: "lastCaptureResponse"
        case .void: "lastVoidResponse"
        case .refund: "lastRefundResponse"
        }
    }

    /// The member of the response that repeats the id; a capture's repeats the authorisation's, and
    /// a refund's is another number in the document's own sample.
    internal var idMember: String? {
        switch self {
        case .sale: "saleId"
        case .verify: "verifyId"
        case .authOnly: "transactionId"
        case .void: "voidTransactionId"
        case .capture, .refund: nil
        }
    }

    /// The member of the response that says when.
    internal var dateMember: String? {
        switch self {
        case .sale, .verify: "saleDateTime"
        case .authOnly: "dateTime"
        case .refund: "refundDateTime"
        case .capture, .void: nil
        }
    }
}
