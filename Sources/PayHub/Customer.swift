internal import Values

/// Who buys. Sent only with a mail address or a phone number: the gateway links all sales of the
/// same address, or without one of the same number, to one customer.
///
/// Source: PayHub API, "Customer" and "Linking customers".
public struct Customer: Equatable, Sendable {
    /// First and last name; `nil` takes them from track 1.
    public var name: (first: String, last: String)?
    /// The company.
    public var companyName: String?
    /// The job in it.
    public var jobTitle: String?
    /// The mail address.
    public var emailAddress: String?
    /// The web address.
    public var webAddress: String?
    /// The phone number, for example `(415) 234-5678`.
    public var phoneNumber: String?
    /// Its extension.
    public var phoneExtension: String?
    /// What kind of phone it is.
    public var phoneType: PhoneType?
    /// What a program keeps with the customer; taken with recurring bills only.
    public var metaData: JSONTree?

    /// Source: PayHub API, "Customer", phone_type.
    public enum PhoneType: String, Equatable, Sendable, CaseIterable {
        case home = "H"
        case work = "W"
        case mobile = "M"
    }

    /// A customer.
    public init(
        name: (first: String, last: String)? = nil, emailAddress: String? = nil,
        phoneNumber: String? = nil
    ) {
        self.name = name
        self.emailAddress = emailAddress
        self.phoneNumber = phoneNumber
    }

    /// Equal in every field.
    public static func == (one: Customer, other: Customer) -> Bool {
        one.name?.first == other.name?.first && one.name?.last == other.name?.last
            && one.texts == other.texts && one.phoneType == other.phoneType
            && one.metaData == other.metaData
    }

    private var texts: [String?] {
        [
            companyName, jobTitle, emailAddress, webAddress, phoneNumber, phoneExtension,
        ]
    }

    /// Checks the document's rules.
    /// - Throws: ``RuleBreach``, the first one.
    public func check() throws(RuleBreach) {
        guard emailAddress != nil || phoneNumber != nil else {
            throw RuleBreach("customer", .mailOrPhone)
        }
        try Texts.check(
            [
                ("first_name", name?.first), ("last_name", name?.last),
                ("company_name", companyName), ("job_title", jobTitle),
                ("email_address", emailAddress), ("web_address", webAddress),
                ("phone_number", phoneNumber), ("phone_ext", phoneExtension),
            ], of: "customer")
        if let name, name.first.isEmpty || name.last.isEmpty {
            throw RuleBreach("customer.first_name and last_name", .given)
        }
        if let emailAddress, !Texts.isMailAddress(emailAddress) {
            throw RuleBreach("customer.email_address", .mailAddress)
        }
        if let webAddress, !Texts.isWebAddress(webAddress) {
            throw RuleBreach("customer.web_address", .webAddress)
        }
        if let phoneNumber, !Texts.isPhoneNumber(phoneNumber) {
            throw RuleBreach("customer.phone_number", .phoneNumber)
        }
    }
}

/// The address that an issuer compares with the one it knows.
///
/// Source: PayHub API, "Card data", billing_address_1 to billing_zip.
public struct BillingAddress: Equatable, Sendable {
    /// Street and number.
    public var line1: String?
    /// Floor, suite and the like.
    public var line2: String?
    /// The city.
    public var city: String?
    /// The state's two capitals, for example `CA`.
    public var state: String?
    /// Five digits, or five, a hyphen and four. Required where the merchant's AVS flag is on.
    public var zip: String?

    /// An address of which nothing is known.
    public init() {}

    /// Checks the document's rules.
    /// - Throws: ``RuleBreach``, the first one.
    public func check() throws(RuleBreach) {
        try Texts.check(
            [("billing_address_1", line1), ("billing_address_2", line2), ("billing_city", city)],
            of: "card_data")
        if let state, !Texts.isState(state) { throw RuleBreach("card_data.billing_state", .state) }
        if let zip, !Texts.isZIP(zip) { throw RuleBreach("card_data.billing_zip", .zip) }
    }
}

extension Bill {
    /// Checks the document's rules.
    /// - Throws: ``RuleBreach``, the first one.
    public func check() throws(RuleBreach) {
        try Texts.check(
            [
                ("note", note), ("invoice_number", invoiceNumber),
                ("po_number", purchaseOrderNumber),
            ], of: "bill")
        guard totalCents <= Limits.amountCentsMaximum else { throw RuleBreach("bill", .total) }
    }
}

extension PaymentOrder {
    /// Checks the document's rules.
    /// - Throws: ``RuleBreach``, the first one.
    public func check() throws(RuleBreach) {
        try bill.check()
        try customer?.check()
        try billing?.check()
        guard bill.metaData == nil, customer?.metaData == nil else {
            throw RuleBreach("metaData", .recurringOnly)
        }
        guard operation != .refund || customer != nil else {
            throw RuleBreach("customer", .neededForRefund)
        }
    }
}

extension RequestRule {
    /// The gateway links customers by mail or phone.
    public static let mailOrPhone = RequestRule(
        "needs a mail address or a phone number; give one, or no customer")
    /// A text that is over ``Limits/billTextBytesMaximum``.
    public static let textLength = RequestRule("must have at most 255 bytes")
    /// A member that must not be empty.
    public static let given = RequestRule("must not be empty")
    /// `name@host.domain`
    public static let mailAddress = RequestRule("must be a mail address, name@host.domain")
    /// `host.domain`, with or without `http://`.
    public static let webAddress = RequestRule("must be a web address, http://host.domain")
    /// Seven to 15 digits with blanks, brackets, hyphens and dots.
    public static let phoneNumber = RequestRule("must be a phone number, (415) 234-5678")
    /// Two capitals of the United States' post.
    public static let state = RequestRule("must be a state of the US in two capitals, CA")
    /// Five digits, or five, a hyphen and four.
    public static let zip = RequestRule("must be five digits, or five, a hyphen and four")
    /// The sum of base, shipping and tax.
    public static let total = RequestRule("must come to at most 9999999.99")
    /// A member that no other request has.
    public static let recurringOnly = RequestRule("is taken with recurring bills only")
    /// A refund without a sale has to say whose card it is; the name may come from track 1.
    public static let neededForRefund = RequestRule("must be given for a refund without a sale")
}
