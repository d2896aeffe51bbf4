/// A page of the transactions of a kind.
///
/// Source: PayHub API, "Sale", the GET of all sales; the document shows no list, its form is that
/// of Spring Data REST, which the vendor's clients read.
internal struct ListAnswer: Sendable {
    private let kind: TransactionKind
    private let base: String
    private var page = 0
    private var size = Self.sizeStandard
    private var sort: String?

    private static let sizeStandard = 20
    private static let sizeMaximum = 1000
    private static let pageMaximum = 1_000_000

    /// A page as a query asks for it: `page` from 0, `size`, and `sort=id,desc`.
    init(_ kind: TransactionKind, query: String, base: String) {
        self.kind = kind
        self.base = base
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "page": page = min(max(0, Int(parts[1]) ?? 0), Self.pageMaximum)
            case "size":
                let asked = Int(parts[1]) ?? 0
                size = asked > 0 ? min(asked, Self.sizeMaximum) : Self.sizeStandard
            case "sort": sort = parts[1].lowercased().replacing("%2c", with: ",")
            default: continue
            }
        }
    }

    /// The page of these transactions.
    func json(of entries: [LedgerEntry], _ json: (Envelope) -> JSONValue) -> JSONValue {
        let sorted = sort?.hasSuffix(",desc") == true ? entries.reversed() : entries
        let rows = sorted.dropFirst(page * size).prefix(size)
            .map { json(Envelope(entry: $0, base: base)) }
        let pages = (entries.count + size - 1) / size
        var members: [JSONMember] = []
        if !rows.isEmpty {
            let list = JSONMember(name: kind.listName, value: .array(rows))
            members.append(JSONMember(name: "_embedded", value: .object([list])))
        }
        members.append(JSONMember(name: "_links", value: links(pages: pages)))
        return JSONValue.object(members).adding([
            "page": .members([
                "size": .integer(size), "totalElements": .integer(entries.count),
                "totalPages": .integer(pages), "number": .integer(page),
            ])
        ])
    }

    private func links(pages: Int) -> JSONValue {
        var links = [link("self", page)]
        if page > 0 { links.append(link("prev", page - 1)) }
        if page + 1 < pages { links.append(link("next", page + 1)) }
        return .object(links)
    }

    private func link(_ relation: String, _ page: Int) -> JSONMember {
        let order = sort.map { "&sort=\($0)" } ?? ""
        let url = "\(base)/\(kind.rawValue)/?page=\(page)&size=\(size)\(order)"
        return JSONMember(name: relation, value: .members(["href": .string(url)]))
    }
}
