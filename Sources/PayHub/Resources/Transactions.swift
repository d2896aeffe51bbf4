public import Secrets

/// A kind of transaction that has a resource at the gateway.
public protocol TransactionContent: Codable, Equatable, Sendable {
    /// Where its resources stand.
    static var kind: ResourceKind { get }
    /// The parts that can be read by themselves: those that its sample links to.
    static var parts: Set<TransactionResource.Part> { get }
}

/// A transaction as the gateway holds it: what all resources have, what this kind has, and the
/// parts that the resource embeds.
@dynamicMemberLookup
public struct GatewayTransaction<Content: TransactionContent>: Codable, Equatable, Sendable {
    /// What all resources have.
    public var envelope: ResourceEnvelope
    /// What this kind has.
    public var content: Content
    /// The parts, where the resource embeds them: verification and capture do in the samples.
    public var parts: EmbeddedParts

    /// Reads all of it from one object.
    public init(from decoder: any Decoder) throws {
        envelope = try ResourceEnvelope(from: decoder)
        content = try Content(from: decoder)
        parts = try EmbeddedParts(from: decoder)
    }

    /// Writes all of it into one object.
    public func encode(to encoder: any Encoder) throws {
        try envelope.encode(to: encoder)
        try content.encode(to: encoder)
        try parts.encode(to: encoder)
    }

    /// A member of the content.
    public subscript<Value>(dynamicMember member: KeyPath<Content, Value>) -> Value {
        content[keyPath: member]
    }
}

/// Parts that a resource embeds.
public struct EmbeddedParts: Codable, Equatable, Sendable {
    /// For whom it was made.
    public var merchant: MerchantResource?
    /// Who bought.
    public var customer: CustomerResource?
    /// What was charged.
    public var bill: BillResource?
    /// The card, without what must not be shown.
    public var card: CardResource?

    private enum CodingKeys: String, CodingKey {
        case merchant, customer, bill
        case card = "card_data"
    }
}

/// A sale. Source: PayHub API, "Sale".
public struct Sale: TransactionContent {
    /// The kind.
    public static let kind = ResourceKind.sale
    /// All of them.
    public static let parts = Set(TransactionResource.Part.allCases)
    /// Null in the sample: a credit card.
    public var recordFormat: String?
    /// `Not settled`, `Settled`, `Risk Hold`, or a word that is not yet known.
    public var settlementStatus: String?
    /// What became of it.
    public var answer: TransactionAnswer

    private enum CodingKeys: String, CodingKey {
        case recordFormat = "record_format"
        case settlementStatus
        case answer = "saleResponse"
    }
}

/// A verification. Source: PayHub API, "Verify".
public struct Verification: TransactionContent {
    /// The kind.
    public static let kind = ResourceKind.verify
    /// All but a bill, which it does not have.
    public static let parts: Set<TransactionResource.Part> = [.merchant, .customer, .cardData]
    /// Its id.
    public var id: TransactionID?
    /// What became of it.
    public var answer: TransactionAnswer

    private enum CodingKeys: String, CodingKey {
        case id
        case answer = "verifyResponse"
    }
}

/// An authorisation. Source: PayHub API, "AuthOnly".
public struct Authorization: TransactionContent {
    /// The kind.
    public static let kind = ResourceKind.authOnly
    /// All of them.
    public static let parts = Set(TransactionResource.Part.allCases)
    /// Null in the sample: a credit card.
    public var recordFormat: String?
    /// `Settled` in the sample, since it was captured.
    public var settlementStatus: String?
    /// What became of it.
    public var answer: TransactionAnswer

    private enum CodingKeys: String, CodingKey {
        case recordFormat = "record_format"
        case settlementStatus
        case answer = "authOnlyResponse"
    }
}

/// A capture. Its own id is not the transaction's. Source: PayHub API, "Capture".
public struct Capture: TransactionContent {
    /// The kind.
    public static let kind = ResourceKind.capture
    /// Merchant and bill.
    public static let parts: Set<TransactionResource.Part> = [.merchant, .bill]
    /// Its own id.
    public var id: TransactionID?
    /// The authorisation that was captured.
    public var transactionID: TransactionID?
    /// What became of it.
    public var answer: Answer

    /// Source: PayHub API, lastCaptureResponse.
    public struct Answer: Codable, Equatable, Sendable {
        /// The batch it is in.
        public var batchID: String?
        /// The authorisation that was captured.
        public var transactionID: TransactionID?
        /// Null in the sample.
        public var billingReferences: BillingReferences?

        private enum CodingKeys: String, CodingKey {
            case batchID = "batchId"
            case transactionID = "transactionId"
            case billingReferences
        }
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case transactionID = "transaction_id"
        case answer = "lastCaptureResponse"
    }
}

/// A void. Source: PayHub API, "Void".
public struct VoidedTransaction: TransactionContent {
    /// The kind.
    public static let kind = ResourceKind.void
    /// The merchant alone.
    public static let parts: Set<TransactionResource.Part> = [.merchant]
    /// What was voided.
    public var transactionID: TransactionID?
    /// The merchant's organization.
    public var organizationID: Int?
    /// What became of it.
    public var answer: Answer

    /// Source: PayHub API, lastVoidResponse.
    public struct Answer: Codable, Equatable, Sendable {
        /// What was voided.
        public var saleTransactionID: TransactionID?
        /// The void itself.
        public var voidTransactionID: TransactionID?
        /// The card's token.
        public var token: KeptSecret?

        private enum CodingKeys: String, CodingKey {
            case saleTransactionID = "saleTransactionId"
            case voidTransactionID = "voidTransactionId"
            case token
        }
    }

    private enum CodingKeys: String, CodingKey {
        case transactionID = "transaction_id"
        case organizationID = "merchantOrganizationId"
        case answer = "lastVoidResponse"
    }
}

/// A refund. Source: PayHub API, "Refund".
public struct Refund: TransactionContent {
    /// The kind.
    public static let kind = ResourceKind.refund
    /// The merchant alone.
    public static let parts: Set<TransactionResource.Part> = [.merchant]
    /// The sale that was refunded; `nil` for a refund without one.
    public var transactionID: TransactionID?
    /// How the card was charged.
    public var recordFormat: String?
    /// `Not settled`, `Settled`, or a word that is not yet known.
    public var settlementStatus: String?
    /// The merchant's organization.
    public var organizationID: Int?
    /// What became of it.
    public var answer: TransactionAnswer

    private enum CodingKeys: String, CodingKey {
        case transactionID = "transaction_id"
        case recordFormat = "record_format"
        case settlementStatus
        case organizationID = "merchantOrganizationId"
        case answer = "lastRefundResponse"
    }
}
