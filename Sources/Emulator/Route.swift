/// What a path of the gateway names.
internal enum Route: Equatable {
    /// Where transactions of a kind are made.
    case collection(TransactionKind)
    /// One transaction.
    case transaction(TransactionKind, id: String)
    /// A part of one transaction.
    case part(ResourcePart, TransactionKind, id: String)

    /// Reads a path below `/api/v2`; `nil` when it names nothing. A slash at its end is ignored,
    /// and "authOnly" is spelled in either way.
    init?(path: String) {
        var segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        if segments.last == "" { segments.removeLast() }
        let names = segments.map(String.init)
        guard names.starts(with: ["api", "v2"]), (3...5).contains(names.count),
            let kind = Self.kind(names[2])
        else { return nil }
        switch names.count {
        case 3: self = .collection(kind)
        case 4: self = .transaction(kind, id: names[3])
        default:
            guard let part = ResourcePart(rawValue: names[4]) else { return nil }
            self = .part(part, kind, id: names[3])
        }
    }

    private static func kind(_ name: String) -> TransactionKind? {
        name.lowercased() == TransactionKind.authOnly.rawValue
            ? .authOnly : TransactionKind(rawValue: name)
    }

    /// The one method that it answers.
    var method: String {
        if case .collection = self { "POST" } else { "GET" }
    }
}
