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

    /// The word of the path.
    static let name = "recurring-bill"
    /// The name of a list of bills, as the vendor's clients read it.
    static let listName = "recurringbills"

    /// Reads what follows `/api/v2/`; `nil` when it names nothing.
    init?(_ names: [String]) {
        switch (names.first, names.count) {
        case (Self.name, 1): self = .collection
        case (Self.name, 2): self = .bill(id: names[1])
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
        case .part: ["GET"]
        case .statusChange: ["PATCH"]
        }
    }

    /// The bill that it is about.
    var id: String? {
        switch self {
        case .collection: nil
        case .bill(let id), .part(_, let id), .statusChange(let id): id
        }
    }

    /// Which faults may meet a request for it.
    func place(of method: String) -> FaultSubject.Place {
        switch (self, method) {
        case (.collection, "POST"): .creation
        case (.collection, _): .list
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
