/// What a path of the gateway names.
internal enum Route: Equatable {
    /// Where transactions of a kind are made and listed.
    case collection(TransactionKind)
    /// One transaction.
    case transaction(TransactionKind, id: String)
    /// A part of one transaction.
    case part(ResourcePart, TransactionKind, id: String)
    /// The report of transactions.
    case report
    /// Recurring bills.
    case recurring(RecurringRoute)
    /// Searches, what transactions have in common, metadata.
    case reference(ReferenceRoute)

    /// Reads a path below `/api/v2`; `nil` when it names nothing. A slash at its end is ignored,
    /// "authOnly" is spelled in either way, and a void also answers below `/v2/api`, where the
    /// document prints it once.
    init?(path: String) {
        var segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        if segments.last == "" { segments.removeLast() }
        var names = segments.map(String.init)
        if names.starts(with: ["v2", "api", TransactionKind.void.rawValue]) {
            names.replaceSubrange(0..<2, with: ["api", "v2"])
        }
        guard names.starts(with: ["api", "v2"]), (3...5).contains(names.count) else { return nil }
        if names[2...] == ["report", "transactionReport"] {
            self = .report
            return
        }
        if let route = RecurringRoute(Array(names[2...])) {
            self = .recurring(route)
            return
        }
        if let route = ReferenceRoute(Array(names[2...])) {
            self = .reference(route)
            return
        }
        guard let kind = TransactionKind(path: names[2]) else { return nil }
        switch names.count {
        case 3: self = .collection(kind)
        case 4: self = .transaction(kind, id: names[3])
        default:
            guard let part = ResourcePart(rawValue: names[4]), kind.parts.contains(part) else {
                return nil
            }
            self = .part(part, kind, id: names[3])
        }
    }

    /// The methods that it answers.
    var methods: [String] {
        switch self {
        case .collection: ["GET", "POST"]
        case .report: ["POST"]
        case .transaction, .part: ["GET"]
        case .recurring(let route): route.methods
        case .reference(let route): route.methods
        }
    }
}
