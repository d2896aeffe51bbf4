public import Values

/// The resource of a sale, an authorisation or a verification, in full.
///
/// Source: PayHub API, "Sale", "AuthOnly" and "Verify", response. Fields whose meaning the document
/// does not give are carried as they are; decisions are taken on the response code alone.
public struct TransactionRecord: Equatable, Sendable {
    /// What it is.
    public var operation: PaymentOperation
    /// Its id as the resource repeats it.
    public var id: String?
    /// The response code, approving or not.
    public var responseCode: ResponseCode
    /// The issuer's approval code; `nil` when blank.
    public var approvalCode: String?
    /// Text for people; never decided by.
    public var responseText: String?
    /// The batch it is in.
    public var batchID: String?
    /// `Not settled`, `Settled`, `Risk Hold`, or a word that is not yet known.
    public var settlementStatus: String?
    /// The result of the address check, as it is.
    public var avsResultCode: String?
    /// The result of the CVV check, as it is.
    public var verificationResultCode: String?
    /// When, in the gateway's local time: `yyyy-MM-dd HH:mm:ss`.
    public var dateTime: String?
    /// The customer that the gateway linked it to.
    public var customerID: Int?
    /// The last four digits of the card (`XXXXXXXXXXXX4507`).
    public var lastFour: LastFour?
    /// The card's brand in the gateway's words.
    public var cardType: String?
    /// Where the card's token stands in the body; it is a secret and is not copied.
    public var token: ByteRange?
}

/// The merchant of a transaction. Source: PayHub API, "Merchant".
public struct MerchantRecord: Equatable, Sendable {
    /// The two numbers of the merchant.
    public var merchant: Merchant
}

/// The customer of a transaction. Source: PayHub API, "Customer".
public struct CustomerRecord: Equatable, Sendable {
    /// The first name.
    public var firstName: String?
    /// The last name.
    public var lastName: String?
    /// The company.
    public var companyName: String?
    /// The mail address.
    public var emailAddress: String?
    /// The phone number.
    public var phoneNumber: String?
    /// The customer's number at the gateway (`customerReference.customerId`).
    public var customerID: Int?
}

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

/// The card data of a transaction, reduced by the gateway's security policies: never a number,
/// CVV or track. Source: PayHub API, "Card data".
public struct CardRecord: Equatable, Sendable {
    /// Where the token stands in the body; it is a secret and is not copied.
    public var token: ByteRange?
    /// The last four digits of the card.
    public var lastFour: LastFour?
    /// The card's brand in the gateway's words.
    public var cardType: String?
    /// The billing zip.
    public var billingZip: String?
}

/// One error of a refusal; every member is optional. Source: PayHub API, "RestError".
public struct GatewayError: Equatable, Sendable {
    /// The HTTP status, as a number or a name.
    public var status: String?
    /// The code.
    public var code: ErrorCode?
    /// The member that is wrong.
    public var location: String?
    /// The gateway's word for it.
    public var reason: String?
    /// How grave.
    public var severity: String?
}
