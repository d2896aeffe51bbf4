public import Values

/// The bill of a transaction. Source: PayHub API, "Bill".
public struct BillRecord: Equatable, Sendable {
    /// The base amount in cents.
    public var baseCents: Int?
    /// The shipping amount in cents.
    public var shippingCents: Int?
    /// The tax in cents.
    public var taxCents: Int?
    /// The note: our reference on sales of ours.
    public var note: String?
    /// The invoice number.
    public var invoiceNumber: String?
    /// The purchase order number.
    public var purchaseOrderNumber: String?
    /// False when an amount stands there that cannot be read, or is in another currency, or when
    /// the base is missing.
    internal var isWhole = false

    /// A bill that says nothing.
    internal init() {}

    /// A bill of one amount.
    public init(baseCents: Int, note: String? = nil) {
        self.baseCents = baseCents
        self.note = note
        isWhole = true
    }

    /// What is charged in cents: base, shipping and tax together; `nil` when that cannot be told.
    public var totalCents: Int? {
        guard isWhole, let baseCents else { return nil }
        return baseCents + (shippingCents ?? 0) + (taxCents ?? 0)
    }
}

/// One error of a refusal; every member is optional. Source: PayHub API, "RestError".
public struct GatewayError: Equatable, Sendable {
    /// The HTTP status, as a number or a name.
    public var status: String?
    /// The code.
    public var code: ErrorCode?
    /// The member that is wrong.
    public var location: String?
    /// The gateway's word for it, without what could be a card's number.
    public var reason: String?
    /// How grave.
    public var severity: String?
}
