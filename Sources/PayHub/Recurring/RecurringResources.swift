/// A recurring bill as the gateway holds it. The document shows none: `lastRecurringBillResponse`
/// is named in its text, the rest is what the makers' own programs read.
///
/// Source: PayHub API, "Recurring Bill", `tokenized_card`.
public typealias RecurringBillResource = GatewayResource<RecurringBillContent>

/// What a recurring bill's resource has.
public struct RecurringBillContent: Codable, Equatable, Sendable {
    /// Its number, where it stands there.
    public var id: TransactionID?
    /// What became of it.
    public var answer: Answer?

    /// Source: PayHub API, lastRecurringBillResponse.
    public struct Answer: Codable, Equatable, Sendable {
        /// The bill's number, by which the report knows its sales.
        public var recurringBillID: TransactionID?
        /// The customer that it was linked to.
        public var customerReference: CustomerReference?
        /// Card, customer and bill.
        public var billingReferences: BillingReferences?

        private enum CodingKeys: String, CodingKey {
            case recurringBillID = "recurringBillId"
            case customerReference, billingReferences
        }
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case answer = "lastRecurringBillResponse"
    }
}

extension GatewayResource where Content == RecurringBillContent {
    /// The bill's number, wherever it stands: in the resource's link to itself, in its answer or by
    /// itself.
    public var number: TransactionID? {
        envelope.id ?? content.answer?.recurringBillID ?? content.id
    }
}

/// The schedule of a recurring bill.
///
/// Source: PayHub API, "Recurring Bill", `/schedule`.
public typealias ScheduleResource = GatewayResource<ScheduleContent>

/// What a schedule's resource has.
public struct ScheduleContent: Codable, Equatable, Sendable {
    /// Its number.
    public var id: String?
    /// The schedule. What the client keeps with it stands in the envelope.
    public var schedule: BillingSchedule

    private enum CodingKeys: CodingKey {
        case id
    }

    /// Reads both from one object.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        id = try members.decodeIfPresent(String.self, forKey: .id)
        schedule = try BillingSchedule(from: decoder)
        schedule.metaData = nil
    }

    /// Writes both into one object.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encodeIfPresent(id, forKey: .id)
        try schedule.encode(to: encoder)
    }
}

/// Where a recurring bill stands. The document shows no such resource; its members are those that
/// the makers' own programs read.
///
/// Source: PayHub API, "Recurring Bill", `/status`.
public typealias RecurringStatusResource = GatewayResource<RecurringStatusContent>

/// What a status' resource has.
public struct RecurringStatusContent: Codable, Equatable, Sendable {
    /// Its number.
    public var id: String?
    /// When it is charged next, as the gateway writes it; `nil` when it is not.
    public var nextBillDate: String?
    /// Where it stands.
    public var status: RecurringStatus
    /// Since when.
    public var changedAt: String?

    private enum CodingKeys: String, CodingKey {
        case id, nextBillDate
        case status = "recurring_bill_status"
        case changedAt = "statusLastChangedOn"
    }
}

extension RecurringStatus: Codable {
    /// Reads a word.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the word.
    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(text)
    }
}
