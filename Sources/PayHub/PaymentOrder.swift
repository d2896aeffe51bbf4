public import Values

/// The merchant's numbers at the gateway.
///
/// Source: PayHub API, "Merchant" (organization_id, terminal_id: integers from 0).
public struct Merchant: Equatable, Hashable, Sendable {
    /// The organization that the token belongs to.
    public let organizationID: Int
    /// Its terminal for third-party programs.
    public let terminalID: Int

    /// A merchant.
    public init(organizationID: Int, terminalID: Int) {
        self.organizationID = organizationID
        self.terminalID = terminalID
    }
}

/// What is charged.
///
/// Source: PayHub API, "Bill"; the total is base, shipping and tax together.
public struct Bill: Equatable, Sendable {
    /// The base amount.
    public var base: Amount
    /// Shipping, in the total.
    public var shipping: Amount?
    /// Tax, in the total.
    public var tax: Amount?
    /// Free text for the merchant; on the money path our reference alone.
    public var note: String?
    /// The till's invoice number.
    public var invoiceNumber: String?
    /// The buyer's purchase order number.
    public var purchaseOrderNumber: String?
    /// What a program keeps with the bill; taken with recurring bills only.
    public var metaData: JSONTree?

    /// A bill of one amount.
    public init(base: Amount) { self.base = base }

    /// Base, shipping and tax together, in cents.
    public var totalCents: Int { base.cents + (shipping?.cents ?? 0) + (tax?.cents ?? 0) }
}

/// How the card is charged.
///
/// Source: PayHub API, "record_format" at the top level of the body.
public enum RecordFormat: String, Equatable, Sendable, CaseIterable {
    case creditCard = "CREDIT_CARD"
    case debitCard = "DEBIT_CARD"
    case cash = "CASH_PAYMENT"
}

/// Everything of a sale, an authorisation, a verification or a refund without a sale but the card.
public struct PaymentOrder: Equatable, Sendable {
    /// What is asked with the card.
    public var operation: PaymentOperation
    /// For whom.
    public var merchant: Merchant
    /// What is charged. A verification sends none of it: no amount, no note, no invoice number.
    ///
    /// Source: PayHub API, "Verify" (merchant, card_data, customer).
    public var bill: Bill
    /// Who buys, if the till knows.
    public var customer: Customer?
    /// The address that goes out with the card, if the till knows it.
    public var billing: BillingAddress?
    /// Credit unless told otherwise; not sent with a verification, which documents none.
    public var recordFormat = RecordFormat.creditCard

    /// An order. Its reference goes into the note, and into the invoice number if the till gave
    /// none; with a verification it stays with us.
    public init(
        operation: PaymentOperation, merchant: Merchant, amount: Amount,
        reference: PaymentReference
    ) {
        self.operation = operation
        self.merchant = merchant
        bill = Bill(base: amount, reference: reference)
    }
}

/// What a till knows of an order beyond what is paid for it.
///
/// Source: PayHub API, "Sale", "Bill", "Customer", "Card data".
public struct OrderDetails: Equatable, Sendable {
    /// Who buys.
    public var customer: Customer?
    /// The address that goes out with the card.
    public var billing: BillingAddress?
    /// What of the amount is shipping.
    public var shipping: Amount?
    /// What of the amount is tax.
    public var tax: Amount?
    /// The invoice number; the payment's reference without one.
    public var invoiceNumber: String?
    /// The buyer's purchase order number.
    public var purchaseOrderNumber: String?
    /// How the card is charged.
    public var recordFormat = RecordFormat.creditCard

    /// Nothing more is known.
    public init() {}

    /// Checks, before a lane is armed, what it would be refused for.
    /// - Parameters:
    ///   - amount: what is paid in all.
    ///   - operation: what is asked with the card.
    ///   - isSwiped: false for a card that has no track with a name.
    /// - Throws: ``RuleBreach``, the first one.
    public func check(
        paying amount: Amount, by operation: PaymentOperation, isSwiped: Bool
    ) throws(RuleBreach) {
        let order = PaymentOrder(
            operation: operation, merchant: Merchant(organizationID: 0, terminalID: 0),
            amount: amount, reference: PaymentReference(lane: 0, journal: 0, sequence: 0))
        try order.with(self).check()
        guard isSwiped || customer == nil || customer?.name != nil else {
            throw RuleBreach("customer.first_name and last_name", .given)
        }
        guard isSwiped || recordFormat != .debitCard else {
            throw RuleBreach("record_format", .swipedDebit)
        }
    }
}

extension PaymentOrder {
    /// The order with what else is known of it; its total stays.
    /// - Throws: ``RuleBreach`` when shipping and tax leave nothing of it.
    public func with(_ details: OrderDetails) throws(RuleBreach) -> PaymentOrder {
        var order = self
        order.customer = details.customer
        order.billing = details.billing
        order.recordFormat = details.recordFormat
        order.bill.shipping = details.shipping
        order.bill.tax = details.tax
        let rest = bill.totalCents - (details.shipping?.cents ?? 0) - (details.tax?.cents ?? 0)
        do { order.bill.base = try Amount(cents: rest) } catch {
            throw RuleBreach("bill.base_amount", .partOfTotal)
        }
        order.bill.invoiceNumber = details.invoiceNumber ?? bill.invoiceNumber
        order.bill.purchaseOrderNumber = details.purchaseOrderNumber
        return order
    }
}

extension RequestRule {
    /// Shipping and tax are parts of what is paid.
    public static let partOfTotal = RequestRule(
        "must be left of the amount; shipping and tax are parts of it")
    /// Source: PayHub API, error 4045.
    public static let swipedDebit = RequestRule("of a debit card needs a swipe")
}

extension OrderDetails {
    /// Checks the document's rules before anything is armed with it.
    /// - Throws: ``RuleBreach``, the first one.
    public func check(amount: Amount?) throws(RuleBreach) {
        try customer?.check()
        try billing?.check()
        try Texts.check(
            [("invoice_number", invoiceNumber), ("po_number", purchaseOrderNumber)], of: "bill")
        guard let amount else { return }
        let parts = (shipping?.cents ?? 0) + (tax?.cents ?? 0)
        guard parts < amount.cents else { throw RuleBreach("bill.base_amount", .partOfTotal) }
    }
}
