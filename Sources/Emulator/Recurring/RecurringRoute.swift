/// What a path names of recurring bills.
internal enum RecurringRoute: Equatable {
    /// Where bills are made and listed.
    case collection
    /// One bill.
    case bill(id: String)
    /// A part of one bill.
    case part(RecurringPart, id: String)
    /// Where a bill's status is changed.
    case statusChange(id: String)
    /// Bills that a query picks out.
    case search(ReferenceRoute.Search)
    /// What a client keeps with a bill, its schedule or its status.
    case metaData(MetaDataPlace, id: String)

    /// Source: PayHub API, "PUT metadata 'forResource'"; spelled as in the vendor's clients.
    enum MetaDataPlace: String {
        case bill = "forRecurringBill"
        case schedule = "forSchedule"
        case status = "forStatus"

        /// Where the bill keeps it.
        var path: WritableKeyPath<RecurringBill.MetaData, JSONValue> {
            switch self {
            case .bill: \.bill
            case .schedule: \.schedule
            case .status: \.status
            }
        }
    }

    /// The word of the path.
    static let name = "recurring-bill"
    /// The name of a list of bills, as the vendor's clients read it.
    static let listName = "recurringbills"

    /// Reads what follows `/api/v2/`; `nil` when it names nothing.
    init?(_ names: [String]) {
        switch (names.first, names.count) {
        case (Self.name, 1): self = .collection
        case (Self.name, 2): self = .bill(id: names[1])
        case ("metadata", 3):
            guard let place = MetaDataPlace(rawValue: names[1]) else { return nil }
            self = .metaData(place, id: names[2])
        case (Self.name, 3) where names[1] == "search":
            guard let search = ReferenceRoute.Search(rawValue: names[2]) else { return nil }
            self = .search(search)
        case (Self.name, 3):
            guard let part = RecurringPart(rawValue: names[2]) else { return nil }
            self = .part(part, id: names[1])
        case ("recurring-bill-status", 2): self = .statusChange(id: names[1])
        default: return nil
        }
    }

    /// The methods that it answers.
    var methods: [String] {
        switch self {
        case .collection: ["GET", "POST"]
        case .bill: ["GET", "PATCH"]
        case .part, .search: ["GET"]
        case .statusChange: ["PATCH"]
        case .metaData: ["PUT"]
        }
    }

    /// The bill that it is about.
    var id: String? {
        switch self {
        case .collection, .search: nil
        case .bill(let id), .part(_, let id), .statusChange(let id), .metaData(_, let id): id
        }
    }

    /// Which faults may meet a request for it.
    func place(of method: String) -> FaultSubject.Place {
        switch (self, method) {
        case (.collection, "POST"): .creation
        case (.collection, _), (.search, _): .list
        case (.bill, "GET"), (.part, _): .resource
        default: .nothing
        }
    }
}

/// A part of a recurring bill that can be read on its own.
///
/// Source: PayHub API, "Recurring Bill", "Extended Methods".
internal enum RecurringPart: String, CaseIterable {
    case merchant
    case customer
    case bill
    case cardData = "card_data"
    case schedule
    case status
}
