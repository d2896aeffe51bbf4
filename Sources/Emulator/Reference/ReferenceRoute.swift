/// Paths beside those of transactions: searches, what transactions have in common, metadata. The
/// document names them; their spelling is that of the vendor's clients.
internal enum ReferenceRoute: Equatable {
    /// Transactions of a kind that a query picks out.
    case search(TransactionKind, Search)
    /// What transactions are made with.
    case list(SharedList)
    /// What a client keeps with a resource.
    case metaData(MetaDataPlace, id: String)

    /// What transactions are searched by.
    enum Search: String {
        case organization = "findByMerchantOrganizationId"
        case customer = "findByCustomerRef"

        /// The member of the query that says which.
        var member: String { self == .organization ? "organizationId" : "customerId" }
    }

    /// Reads the path's words below `/api/v2`; `nil` when they name none of these.
    init?(_ names: [String]) {
        if names.count == 3, names[1] == "search" {
            guard let kind = TransactionKind(path: names[0]),
                let search = Search(rawValue: names[2])
            else { return nil }
            self = .search(kind, search)
        } else if names.count == 3, names[0] == "metadata" {
            guard let place = MetaDataPlace(rawValue: names[1]) else { return nil }
            self = .metaData(place, id: names[2])
        } else if names.count == 1, let list = SharedList(rawValue: names[0]) {
            self = .list(list)
        } else {
            return nil
        }
    }

    /// The methods that it answers.
    var methods: [String] {
        if case .metaData = self { ["PUT"] } else { ["GET"] }
    }

    /// How faults call it.
    var operation: String {
        switch self {
        case .search(let kind, _): kind.rawValue
        case .list(let list): list.rawValue
        case .metaData: "metadata"
        }
    }
}

/// What transactions are made with, listed by itself.
internal enum SharedList: String, Equatable {
    case merchant
    case customer
    case customerForSale = "customer-for-sale"
    case billForSale = "bill-for-sale"
    case card = "carddata"

    /// The name of the list, as the vendor's clients read it.
    var listName: String {
        switch self {
        case .merchant: "merchants"
        case .customer: "customers"
        case .customerForSale: "customerforsale"
        case .billForSale: "billforsale"
        case .card: "carddata"
        }
    }

    private var part: ResourcePart {
        switch self {
        case .merchant: .merchant
        case .customer, .customerForSale: .customer
        case .billForSale: .bill
        case .card: .cardData
        }
    }

    /// The transactions whose parts are listed: each merchant, customer and card once, as its last
    /// transaction has it; of sales every bill and customer.
    private func shown(of entries: [LedgerEntry]) -> [LedgerEntry] {
        switch self {
        case .customerForSale, .billForSale: return entries.filter { $0.kind == .sale }
        case .merchant, .customer, .card: break
        }
        var places: [String: Int] = [:]
        var shown: [LedgerEntry] = []
        for entry in entries {
            guard let key = key(of: entry) else { continue }
            if let place = places[key] {
                shown[place] = entry
            } else {
                places[key] = shown.count
                shown.append(entry)
            }
        }
        return shown
    }

    private func key(of entry: LedgerEntry) -> String? {
        switch self {
        case .merchant: String(entry.terminal)
        case .card: entry.card?.token
        default: entry.customerID == 0 ? nil : String(entry.customerID)
        }
    }

    /// The list's elements, of these transactions.
    func elements(of entries: [LedgerEntry], base: String) -> [JSONValue] {
        shown(of: entries).compactMap { part.json(Envelope(entry: $0, base: base)) }
    }
}

/// What a client may keep something with. Source: PayHub API, "PUT metadata 'forResource'".
internal enum MetaDataPlace: String, Equatable {
    case sale = "forSale"
    case authOnly = "forAuthOnly"
    case verify = "forVerify"
    case capture = "forCapture"
    case void = "forVoid"
    case refund = "forRefund"
    case bill = "forBill"
    case customer = "forCustomer"
    case card = "forCardData"

    private var kind: TransactionKind? {
        switch self {
        case .sale: .sale
        case .authOnly: .authOnly
        case .verify: .verify
        case .capture: .capture
        case .void: .void
        case .refund: .refund
        case .bill, .customer, .card: nil
        }
    }

    /// True when a transaction is what is meant, or has it.
    func isMeant(_ entry: LedgerEntry, by id: String) -> Bool {
        switch self {
        case .card: entry.card?.token == id
        case .bill: entry.id == id && entry.kind.parts.contains(.bill)
        case .customer: entry.id == id && entry.customer != nil
        default: entry.id == id && entry.kind == kind
        }
    }

    /// Puts it where it belongs.
    func keep(_ metaData: JSONValue, in entry: inout LedgerEntry) {
        switch self {
        case .bill: entry.bill.metaData = metaData
        case .customer: entry.customer?.metaData = metaData
        case .card: entry.card?.metaData = metaData
        default: entry.metaData = metaData
        }
    }
}
