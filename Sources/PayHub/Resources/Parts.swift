public import Secrets

/// The merchant of a transaction. Source: PayHub API, "Merchant".
public typealias MerchantResource = GatewayResource<MerchantContent>

/// What a merchant's resource has.
public struct MerchantContent: Codable, Equatable, Sendable {
    /// Both numbers written together: 10127215 is 10127 and 215.
    public var id: String?
    /// The organization.
    public var organizationID: Int
    /// Its terminal.
    public var terminalID: Int

    private enum CodingKeys: String, CodingKey {
        case id
        case organizationID = "organization_id"
        case terminalID = "terminal_id"
    }

    /// The two numbers.
    public var merchant: Merchant {
        Merchant(organizationID: organizationID, terminalID: terminalID)
    }
}

/// A customer. Source: PayHub API, "Customer".
public typealias CustomerResource = GatewayResource<CustomerContent>

/// What a customer's resource has.
public struct CustomerContent: Codable, Equatable, Sendable {
    /// The number of the transaction, in the sample.
    public var id: String?
    /// The first name.
    public var firstName: String?
    /// The last name.
    public var lastName: String?
    /// The company.
    public var companyName: String?
    /// The job in it.
    public var jobTitle: String?
    /// The mail address.
    public var emailAddress: String?
    /// The web address.
    public var webAddress: String?
    /// The phone number.
    public var phoneNumber: String?
    /// Its extension.
    public var phoneExtension: String?
    /// H, W or M.
    public var phoneType: String?
    /// The customer that it was linked to.
    public var customerReference: CustomerReference?
    /// The number of the transaction again, in the sample: ``number`` is the customer's.
    public var customerID: Int?

    private enum CodingKeys: String, CodingKey {
        case id
        case firstName = "first_name"
        case lastName = "last_name"
        case companyName = "company_name"
        case jobTitle = "job_title"
        case emailAddress = "email_address"
        case webAddress = "web_address"
        case phoneNumber = "phone_number"
        case phoneExtension = "phone_ext"
        case phoneType = "phone_type"
        case customerReference
        case customerID = "customerId"
    }

    /// The customer's number at the gateway, which its transactions have in common.
    public var number: Int? { customerReference?.customerID }
}

/// A bill. No sample has one; its members are those that are sent, and those that the makers' own
/// programs read. Source: PayHub API, "Bill".
public typealias BillResource = GatewayResource<BillContent>

/// What a bill's resource has.
public struct BillContent: Codable, Equatable, Sendable {
    /// Its number.
    public var id: String?
    /// The base amount.
    public var base: Money?
    /// Shipping, in the total.
    public var shipping: Money?
    /// Tax, in the total.
    public var tax: Money?
    /// The gateway's sum.
    public var total: Money?
    /// The note: our reference on what is ours.
    public var note: ShownText?
    /// The invoice number.
    public var invoiceNumber: String?
    /// The purchase order number.
    public var purchaseOrderNumber: String?
    /// The customer's number.
    public var customerID: Int?
    /// The number of the customer's card.
    public var customerCardID: Int?
    /// Card, customer and bill.
    public var billingReferences: BillingReferences?

    private enum CodingKeys: String, CodingKey {
        case id
        case base = "base_amount"
        case shipping = "shipping_amount"
        case tax = "tax_amount"
        case total = "totalAmount"
        case note
        case invoiceNumber = "invoice_number"
        case purchaseOrderNumber = "po_number"
        case customerID = "customerId"
        case customerCardID = "customerCardId"
        case billingReferences
    }

    /// Base, shipping and tax together, in cents; `nil` without a base, or in another currency
    /// than dollars.
    public var totalCents: Int? {
        guard let base, [base, shipping, tax].allSatisfy({ $0?.isDollars ?? true }) else {
            return nil
        }
        return [base, shipping, tax].reduce(0) { $0 + ($1?.amount.value ?? 0) }
    }
}

/// An amount with its currency. Source: PayHub API, "TransactionAmount".
public struct Money: Codable, Equatable, Sendable {
    /// The amount.
    public var amount: Cents
    /// The code of ISO 4217; dollars without one.
    public var currency: String?

    /// True for the only currency that the gateway takes.
    public var isDollars: Bool { currency == nil || currency == "USD" }
}

/// The card of a transaction, reduced by the gateway's security policies: number, tracks and code
/// are null. Source: PayHub API, "Card data".
public typealias CardResource = GatewayResource<CardContent>

/// What a card's resource has.
public struct CardContent: Codable, Equatable, Sendable {
    /// The token.
    public var id: KeptSecret?
    /// Null.
    public var securityCode: KeptSecret?
    /// Null.
    public var track1: KeptSecret?
    /// Null.
    public var track2: KeptSecret?
    /// Null.
    public var number: KeptSecret?
    /// Null.
    public var encryptedTrack: EncryptedTrack?
    /// The last month in which it is good, YYYYMM.
    public var expiry: KeptSecret?
    /// The token.
    public var token: KeptSecret?
    /// The address' first line.
    public var billingAddress1: String?
    /// The address' second line.
    public var billingAddress2: String?
    /// The city.
    public var billingCity: String?
    /// The state.
    public var billingState: String?
    /// The zip.
    public var billingZIP: String?
    /// The number as it may be shown.
    public var cardObscured: ObscuredNumber?
    /// The brand in the gateway's words.
    public var cardType: String?

    /// A reader's block. Source: PayHub API, encrypted_track_data.
    public struct EncryptedTrack: Codable, Equatable, Sendable {
        /// The block.
        public var block: KeptSecret?
        /// The reader's brand.
        public var brand: String?
        /// The reader's model.
        public var model: String?

        private enum CodingKeys: String, CodingKey {
            case block = "encrypted_track"
            case brand = "swiper_brand"
            case model = "swiper_model"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case id, cardObscured, cardType
        case securityCode = "cvv_data"
        case track1 = "track1_data"
        case track2 = "track2_data"
        case number = "card_number"
        case encryptedTrack = "encrypted_track_data"
        case expiry = "card_expiry_date"
        case token = "tokenized_card"
        case billingAddress1 = "billing_address_1"
        case billingAddress2 = "billing_address_2"
        case billingCity = "billing_city"
        case billingState = "billing_state"
        case billingZIP = "billing_zip"
    }
}
