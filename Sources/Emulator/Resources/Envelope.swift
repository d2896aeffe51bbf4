/// What every resource has around its own members.
///
/// Source: PayHub API, the GET samples of "Sale", "Verify" and "AuthOnly".
internal struct Envelope {
    let entry: LedgerEntry
    /// `https://localhost:8443/api/v2`
    let base: String
    /// The path's word for what is no transaction.
    var collection: String?

    /// The URL of the transaction.
    var url: String { "\(base)/\(collection ?? entry.kind.rawValue)/\(entry.id)" }

    /// Version, dates and author.
    func members(metaData: JSONValue? = nil) -> JSONValue {
        .members([
            "version": .integer(entry.changedAt == nil ? 0 : 1),
            "createdAt": .string(entry.createdAt.withOffset),
            "lastModified": .string((entry.changedAt ?? entry.createdAt).withOffset),
            "createdBy": .string(String(entry.organization)),
            "lastModifiedBy": .string(String(entry.organization)),
            "metaData": metaData ?? .null,
        ])
    }

    /// The same behind an id.
    func members(id: String, metaData: JSONValue? = nil) -> JSONValue {
        let rest = members(metaData: metaData).members ?? []
        return .object([JSONMember(name: "id", value: .string(id))] + rest)
    }

    /// The links of the transaction: itself and its parts.
    var links: JSONValue {
        let parts = ResourcePart.allCases.filter { $0.isPresent(in: entry) }
        return .object(
            [link("self", url)] + parts.map { link($0.rawValue, "\(url)/\($0.rawValue)") })
    }

    /// The link of a part to itself.
    func links(of part: ResourcePart) -> JSONValue {
        .object([link("self", "\(url)/\(part.rawValue)")])
    }

    private func link(_ relation: String, _ url: String) -> JSONMember {
        JSONMember(name: relation, value: .members(["href": .string(url)]))
    }

    /// The customer as the answer's reference names it.
    var customerReference: JSONValue {
        .members([
            "customerId": .integer(entry.customerID),
            "customerEmail": .string(entry.customer?.email ?? ""),
            "customerPhones": .array([]),
        ])
    }
}

/// A part of a transaction that can be read on its own.
internal enum ResourcePart: String, CaseIterable {
    case merchant
    case customer
    case cardData = "card_data"
    case bill

    /// True when the transaction has it.
    func isPresent(in entry: LedgerEntry) -> Bool {
        guard entry.kind.parts.contains(self) else { return false }
        return switch self {
        case .merchant, .bill: true
        case .customer: entry.customer != nil
        case .cardData: entry.card?.token != nil
        }
    }

    /// The part as JSON, `nil` when the transaction has none.
    func json(_ envelope: Envelope) -> JSONValue? {
        guard isPresent(in: envelope.entry) else { return nil }
        let body: JSONValue? =
            switch self {
            case .merchant: MerchantResource.json(envelope)
            case .customer: CustomerResource.json(envelope)
            case .cardData: CardResource.json(envelope)
            case .bill: BillResource.json(envelope)
            }
        return body?.adding(["_links": envelope.links(of: self)])
    }
}
