internal import Values

/// A recurring bill that is to be made, but for its card, which has a token or was keyed.
///
/// Source: PayHub API, "Recurring Bill", `RecurringBillInput`.
public struct RecurringOrder: Equatable, Sendable {
    /// For whom.
    public var merchant: Merchant
    /// What is charged each time.
    public var bill: Bill
    /// Who is billed, by name.
    public var customer: Customer
    /// When.
    public var schedule: BillingSchedule
    /// The client's own JSON, which the gateway keeps with the bill.
    public var metaData: JSONTree?
    /// The client's own JSON, which the gateway keeps with the merchant of this bill.
    public var merchantMetaData: JSONTree?

    /// A bill.
    public init(
        _ bill: Bill, of customer: Customer, on schedule: BillingSchedule, for merchant: Merchant
    ) {
        self.merchant = merchant
        self.bill = bill
        self.customer = customer
        self.schedule = schedule
    }
}

extension RecurringOrder: GatewayRequest {
    private enum Key: String, CodingKey {
        case merchant, bill, customer, schedule, metaData
        case organization = "organization_id"
        case terminal = "terminal_id"
    }

    /// Checks bill and customer; the schedule has its own rules.
    /// - Throws: ``RuleBreach``, the first one.
    public func check() throws(RuleBreach) {
        try bill.check()
        try customer.check()
        guard customer.name != nil else {
            throw RuleBreach("customer.first_name and last_name", .neededForBilling)
        }
    }

    /// Writes the members in the document's order.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Key.self)
        if let merchantMetaData {
            var own = members.nestedContainer(keyedBy: Key.self, forKey: .merchant)
            try own.encode(merchant.organizationID, forKey: .organization)
            try own.encode(merchant.terminalID, forKey: .terminal)
            try own.encode(merchantMetaData, forKey: .metaData)
        } else {
            try members.encode(merchant, forKey: .merchant)
        }
        try members.encode(bill, forKey: .bill)
        try members.encode(customer, forKey: .customer)
        try members.encode(schedule, forKey: .schedule)
        try members.encodeIfPresent(metaData, forKey: .metaData)
    }
}

/// What is to be changed of a recurring bill, but for its card. Merchant and customer stay.
///
/// Source: PayHub API, "Recurring Bill", the PATCH. It does not say whether a part of a bill or a
/// schedule is enough, so each goes out whole.
public struct RecurringChange: Equatable, Sendable {
    /// What is charged from now on; `nil` leaves it.
    public var bill: Bill?
    /// When it is charged from now on; `nil` leaves it.
    public var schedule: BillingSchedule?

    /// A change.
    public init(bill: Bill? = nil, schedule: BillingSchedule? = nil) {
        self.bill = bill
        self.schedule = schedule
    }

    /// True when it changes nothing; a card may still be changed beside it.
    public var isEmpty: Bool { bill == nil && schedule == nil }
}

extension RecurringChange: GatewayRequest {
    private enum Key: CodingKey {
        case bill, schedule
    }

    /// Checks the bill; the schedule has its own rules.
    /// - Throws: ``RuleBreach``, the first one.
    public func check() throws(RuleBreach) { try bill?.check() }

    /// Writes what is to be changed.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Key.self)
        try members.encodeIfPresent(bill, forKey: .bill)
        try members.encodeIfPresent(schedule, forKey: .schedule)
    }
}

extension RecurringStatusChange: GatewayRequest {
    private enum Key: String, CodingKey {
        case status = "recurring_bill_status"
    }

    /// Writes the status, CANCELED as the document's example spells it.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Key.self)
        try members.encode(status.text, forKey: .status)
    }
}

extension RequestRule {
    /// A recurring bill has no track from which a name could be read.
    public static let neededForBilling = RequestRule("must be given for a recurring bill")
    /// An update of a recurring bill that updates nothing.
    public static let changesNothing = RequestRule("must change the bill, the schedule or the card")
}
