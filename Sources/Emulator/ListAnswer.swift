/// A page of what is listed: the transactions of a kind, or recurring bills.
///
/// Source: PayHub API, "Sale", the GET of all sales; the document shows no list, its form is that
/// of Spring Data REST, which the vendor's clients read.
internal struct ListAnswer: Sendable {
    private let url: String
    private let name: String
    private var page = 0
    private var size = Self.sizeStandard
    private var sort: String?

    private static let sizeStandard = 20
    private static let sizeMaximum = 1000
    private static let pageMaximum = 1_000_000

    /// A page of a list of this URL and name as a request asks for it: `page` from 0, `size`, and
    /// `sort=id,desc`.
    init(_ name: String, at url: String, _ request: GatewayRequest) {
        self.name = name
        self.url = url
        let query = request.target.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
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

    /// The page of these.
    func json<Entry>(of entries: [Entry], _ json: (Entry) -> JSONValue) -> JSONValue {
        let sorted = sort?.hasSuffix(",desc") == true ? entries.reversed() : entries
        let rows = sorted.dropFirst(page * size).prefix(size).map(json)
        let pages = (entries.count + size - 1) / size
        var members: [JSONMember] = []
        if !rows.isEmpty {
            let list = JSONMember(name: name, value: .array(rows))
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
        let url = "\(url)/?page=\(page)&size=\(size)\(order)"
        return JSONMember(name: relation, value: .members(["href": .string(url)]))
    }
}
