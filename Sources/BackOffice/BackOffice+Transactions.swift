public import PayHub
internal import Secrets
public import Values

extension BackOffice {
    /// A transaction by its id: `transaction(id, Sale.self)`.
    /// - Throws: ``BackOfficeFault``
    public func transaction<Content: TransactionContent>(
        _ id: TransactionID, _ kind: Content.Type
    ) async throws(BackOfficeFault) -> GatewayTransaction<Content> {
        try await get(GatewayPath(TransactionResource(Content.kind, id)))
    }

    /// All transactions of a kind, of every merchant that the token is of.
    ///
    /// Source: PayHub API, "a list with all the transactions".
    public func transactions<Content: TransactionContent>(
        _ kind: Content.Type, sort: ListSort? = .oldestFirst, size: Int = Limits.listSizeMaximum
    ) -> GatewayList<GatewayTransaction<Content>> {
        list(GatewayPath(Content.kind), sort: sort, size: size)
    }

    /// The transactions of a kind that a merchant's organization made.
    ///
    /// Source: PayHub API, "findByMerchantOrganizationId search functions"; their path is that of
    /// the makers' own programs.
    public func transactions<Content: TransactionContent>(
        _ kind: Content.Type, of organization: Int
    ) -> GatewayList<GatewayTransaction<Content>> {
        list(GatewayPath(Content.kind).search(organization: organization))
    }

    /// The transactions of a kind that the gateway linked to a customer.
    ///
    /// Source: PayHub API, "special search queries"; the path is that of the makers' own programs
    /// for recurring bills.
    public func transactions<Content: TransactionContent>(
        _ kind: Content.Type, ofCustomer number: Int
    ) -> GatewayList<GatewayTransaction<Content>> {
        list(GatewayPath(Content.kind).search(customer: number))
    }

    /// For whom a transaction was made.
    /// - Throws: ``BackOfficeFault``
    public func merchant<Content: TransactionContent>(
        of id: TransactionID, _ kind: Content.Type
    ) async throws(BackOfficeFault) -> MerchantResource {
        try await get(Self.part(.merchant, of: id, kind))
    }

    /// Who bought.
    /// - Throws: ``BackOfficeFault``
    public func customer<Content: TransactionContent>(
        of id: TransactionID, _ kind: Content.Type
    ) async throws(BackOfficeFault) -> CustomerResource {
        try await get(Self.part(.customer, of: id, kind))
    }

    /// What was charged.
    /// - Throws: ``BackOfficeFault``
    public func bill<Content: TransactionContent>(
        of id: TransactionID, _ kind: Content.Type
    ) async throws(BackOfficeFault) -> BillResource {
        try await get(Self.part(.bill, of: id, kind))
    }

    /// The card, without what must not be shown.
    /// - Throws: ``BackOfficeFault``
    public func card<Content: TransactionContent>(
        of id: TransactionID, _ kind: Content.Type
    ) async throws(BackOfficeFault) -> CardResource {
        try await get(Self.part(.cardData, of: id, kind))
    }

    /// The text of the document says of voids and refunds too that customer, bill and card can be
    /// read; their samples link to the merchant alone.
    private static func part<Content: TransactionContent>(
        _ part: TransactionResource.Part, of id: TransactionID, _ kind: Content.Type
    ) throws(BackOfficeFault) -> GatewayPath {
        guard Content.parts.contains(part) else {
            throw .refusedByUs(
                .breach(RuleBreach("\(Content.kind.rawValue)/\(part.rawValue)", .partOfResource)))
        }
        return GatewayPath(TransactionResource(Content.kind, id, part: part))
    }
}

extension BackOffice {
    /// All customers of the token's merchants.
    ///
    /// Source: PayHub API, "GETs of customers"; the path is that of the makers' own programs.
    public func customers(sort: ListSort? = .oldestFirst) -> GatewayList<CustomerResource> {
        list("customer", sort: sort)
    }

    /// All merchants of the token.
    public func merchants(sort: ListSort? = .oldestFirst) -> GatewayList<MerchantResource> {
        list("merchant", sort: sort)
    }

    /// All bills of sales.
    public func bills(sort: ListSort? = .oldestFirst) -> GatewayList<BillResource> {
        list("bill-for-sale", sort: sort)
    }

    /// All cards of which the gateway has a token.
    public func cards(sort: ListSort? = .oldestFirst) -> GatewayList<CardResource> {
        list("carddata", sort: sort)
    }

    /// Keeps something with a resource, in the place of what was kept before; its envelope tells it
    /// again. `null` takes it away.
    ///
    /// Source: PayHub API, "PUT metadata 'forResource'"; the path is that of the makers' own
    /// programs.
    /// - Throws: ``BackOfficeFault``
    public func keep(
        _ metaData: JSONTree, with resource: MetaDataHolder, _ id: TransactionID
    ) async throws(BackOfficeFault) {
        try await put(resource.path.appending(id), metaData)
    }

    /// Keeps something with the card of a transaction, in the place of what was kept before; the
    /// card's resource tells it again. The card's id is its token, which is read first and goes
    /// from one secret into another: no path of ours has it as text.
    ///
    /// Source: PayHub API, "PUT metadata 'forResource'"; the path is that of the makers' own
    /// programs.
    /// - Throws: ``BackOfficeFault``; as not found when the transaction's card has no token.
    public func keep<Content: TransactionContent>(
        _ metaData: JSONTree, withCardOf id: TransactionID, _ kind: Content.Type
    ) async throws(BackOfficeFault) {
        let card = try await card(of: id, kind)
        guard let token = card.content.token ?? card.content.id, token.count > 0 else {
            throw .refused(GatewayRefusal(status: 404, errors: []))
        }
        try await change(
            GatewayCall(.put, "metadata/forCardData", cardToken: token), GatewayBody(metaData))
    }
}

/// Resources that something can be kept with by an id that may be seen. A card's is its token:
/// `keep(_:withCardOf:_:)`.
public enum MetaDataHolder: String, Equatable, Sendable, CaseIterable {
    case sale = "Sale"
    case authorization = "AuthOnly"
    case verification = "Verify"
    case capture = "Capture"
    case void = "Void"
    case refund = "Refund"
    case bill = "Bill"
    case customer = "Customer"
    case merchant = "Merchant"
    case recurringBill = "RecurringBill"
    case schedule = "Schedule"
    case status = "Status"

    internal var path: GatewayPath {
        switch self {
        case .sale: "metadata/forSale"
        case .authorization: "metadata/forAuthOnly"
        case .verification: "metadata/forVerify"
        case .capture: "metadata/forCapture"
        case .void: "metadata/forVoid"
        case .refund: "metadata/forRefund"
        case .bill: "metadata/forBill"
        case .customer: "metadata/forCustomer"
        case .merchant: "metadata/forMerchant"
        case .recurringBill: "metadata/forRecurringBill"
        case .schedule: "metadata/forSchedule"
        case .status: "metadata/forStatus"
        }
    }
}

extension RequestRule {
    /// A part that a resource does not have.
    internal static let partOfResource = RequestRule("is no part that the gateway has")
}
