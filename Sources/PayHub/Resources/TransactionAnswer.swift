public import Secrets
public import Values

/// What became of a sale, a verification, an authorisation or a refund, as its resource tells it.
/// What the document does not explain is carried as it is; decisions are taken on the response code
/// alone.
///
/// Source: PayHub API, saleResponse, verifyResponse, authOnlyResponse, lastRefundResponse.
public struct TransactionAnswer: Codable, Equatable, Sendable {
    /// The transaction, in a sale.
    public var saleID: TransactionID?
    /// The transaction, in a verification.
    public var verifyID: TransactionID?
    /// The transaction, in an authorisation.
    public var transactionID: TransactionID?
    /// What was refunded, in a refund; absent or empty for one without a sale.
    public var saleTransactionID: String?
    /// The refund's own number, in a refund.
    public var refundTransactionID: String?
    /// The issuer's approval code; blanks in refunds.
    public var approvalCode: ShownText?
    /// Null in every sample.
    public var processedDateTime: String?
    /// The result of the address check, as it is.
    public var avsResultCode: String?
    /// The result of the check of the security code, as it is.
    public var verificationResultCode: String?
    /// The batch it is in.
    public var batchID: String?
    /// The response code, approving or not.
    public var responseCode: ResponseCode
    /// Text for people; never decided by.
    public var responseText: ShownText?
    /// Not explained.
    public var cisNote: ShownText?
    /// What the risk rules say.
    public var riskStatusText: ShownText?
    /// The code of the risk rules, in the spelling of sale, verification and authorisation.
    public var riskStatusRespondeCode: String?
    /// The code of the risk rules, in the spelling of the refund.
    public var riskStatusResponseCode: String?
    /// When, in a sale and a verification: `yyyy-MM-dd HH:mm:ss` in the gateway's own time.
    public var saleDateTime: String?
    /// When, in an authorisation.
    public var authorizationDateTime: String?
    /// When, in a refund.
    public var refundDateTime: String?
    /// The card's token, in a sale and a verification.
    public var tokenizedCard: KeptSecret?
    /// The card's token, in a refund.
    public var refundToken: KeptSecret?
    /// The customer that the gateway linked it to.
    public var customerReference: CustomerReference?
    /// The card, the customer and the bill that it was made with.
    public var billingReferences: BillingReferences?
    /// The card's number, in a verification.
    public var cardObscured: ObscuredNumber?
    /// The card's brand, in a verification.
    public var cardType: String?

    private enum CodingKeys: String, CodingKey {
        case saleID = "saleId"
        case verifyID = "verifyId"
        case transactionID = "transactionId"
        case saleTransactionID = "saleTransactionId"
        case refundTransactionID = "refundTransactionId"
        case approvalCode, processedDateTime, avsResultCode, verificationResultCode
        case batchID = "batchId"
        case responseCode, responseText, cisNote
        case riskStatusText = "riskStatusResponseText"
        case riskStatusRespondeCode, riskStatusResponseCode, saleDateTime, refundDateTime
        case authorizationDateTime = "dateTime"
        case tokenizedCard
        case refundToken = "token"
        case customerReference, billingReferences, cardObscured, cardType
    }
}

extension TransactionAnswer {
    /// The card's token, wherever it stands: the samples have it in four places.
    public var token: KeptSecret? {
        [tokenizedCard, billingReferences?.tokenizedCard, refundToken].lazy.compactMap(\.self)
            .first { $0.count > 0 }
    }

    /// The last four digits of the card, wherever they stand.
    public var lastFour: LastFour? {
        billingReferences?.cardObscured?.lastFour ?? cardObscured?.lastFour
    }

    /// When, in the gateway's own time: `yyyy-MM-dd HH:mm:ss`.
    public var dateTime: String? { saleDateTime ?? authorizationDateTime ?? refundDateTime }

    /// The code of the risk rules, in either spelling.
    public var riskStatusCode: String? { riskStatusRespondeCode ?? riskStatusResponseCode }
}

/// The customer that the gateway linked a transaction to.
///
/// Source: PayHub API, customerReference.
public struct CustomerReference: Codable, Equatable, Sendable {
    /// The customer's number, 0 for none.
    public var customerID: Int?
    /// The mail address that it is known by.
    public var email: String?
    /// The phones that it is known by.
    public var phones: [Phone]?

    /// A phone. Its form is that of the makers' own programs; the samples have none.
    public struct Phone: Codable, Equatable, Sendable {
        /// The number.
        public var phone: String?
        /// Its extension.
        public var `extension`: String?
        /// H, W or M.
        public var type: String?
    }

    private enum CodingKeys: String, CodingKey {
        case customerID = "customerId"
        case email = "customerEmail"
        case phones = "customerPhones"
    }
}

/// The numbers of card, customer and bill that a transaction was made with.
///
/// Source: PayHub API, billingReferences.
public struct BillingReferences: Codable, Equatable, Sendable {
    /// The card's number as it may be shown.
    public var cardObscured: ObscuredNumber?
    /// The card's brand in the gateway's words.
    public var cardType: String?
    /// The card's token.
    public var tokenizedCard: KeptSecret?
    /// The customer's number.
    public var customerID: Int?
    /// The number of the customer's card.
    public var customerCardID: Int?
    /// The number of the customer's bill.
    public var customerBillID: Int?

    private enum CodingKeys: String, CodingKey {
        case cardObscured, cardType, tokenizedCard
        case customerID = "customerId"
        case customerCardID = "customerCardId"
        case customerBillID = "customerBillId"
    }
}
