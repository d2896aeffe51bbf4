/// A page of what is listed: the transactions of a kind, recurring bills, or what transactions have
/// in common.
///
/// Source: PayHub API, "Sale", the GET of all sales; the document shows no list, its form is that
/// of Spring Data REST, which the vendor's clients read.
internal struct ListAnswer: Sendable {
    private let name: String
    /// The list's URL with whatever else the query asks for.
    private var url: String
    private var page = 0
    private var size = Self.sizeStandard
    private var sort: ListOrder?

    private static let sizeStandard = 20
    private static let sizeMaximum = 1000
    private static let pageMaximum = 1_000_000

    /// A page of a list of this name and URL as a target asks for it: `page` from 0, `size`, and
    /// `sort=id,desc`.
    init(_ name: String, at url: String, _ target: String) {
        self.name = name
        self.url = url + "/?"
        let query = target.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "page": page = min(max(0, Int(parts[1]) ?? 0), Self.pageMaximum)
            case "size":
                let asked = Int(parts[1]) ?? 0
                size = asked > 0 ? min(asked, Self.sizeMaximum) : Self.sizeStandard
            case "sort": sort = ListOrder(parts[1])
            default: self.url += "\(pair)&"
            }
        }
    }

    /// The first page of the same list.
    var first: ListAnswer {
        var first = self
        first.page = 0
        return first
    }

    /// The page of these.
    func json<Entry>(of entries: [Entry], _ json: (Entry) -> JSONValue) -> JSONValue {
        let rows = rows(of: entries, json)
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

    /// Only what the page shows is written, unless all of it must be compared.
    private func rows<Entry>(of entries: [Entry], _ json: (Entry) -> JSONValue) -> [JSONValue] {
        let skipped = page * size
        guard let sort, !sort.isByID else {
            let ordered = sort?.isDescending == true ? entries.reversed() : entries
            return ordered.dropFirst(skipped).prefix(size).map(json)
        }
        return Array(sort.sorted(entries.map(json)).dropFirst(skipped).prefix(size))
    }

    private func links(pages: Int) -> JSONValue {
        var links = [link("self", page)]
        if page > 0 { links.append(link("prev", page - 1)) }
        if page + 1 < pages { links.append(link("next", page + 1)) }
        return .object(links)
    }

    private func link(_ relation: String, _ page: Int) -> JSONMember {
        let order = sort.map { "&sort=\($0.text)" } ?? ""
        let address = "\(url)page=\(page)&size=\(size)\(order)"
        return JSONMember(name: relation, value: .members(["href": .string(address)]))
    }
}

/// The order of a list, by a member of the top level.
///
/// Source: PayHub API, "What can I do": ascending or descending by a property of the top level.
internal struct ListOrder: Sendable {
    private let member: String
    let isDescending: Bool

    /// Reads `id,desc`; without a direction it is ascending.
    init(_ text: String) {
        let words = text.replacing("%2C", with: ",").replacing("%2c", with: ",")
            .split(separator: ",", maxSplits: 1)
        member = words.first.map(String.init) ?? "id"
        isDescending = words.count == 2 && words[1].lowercased() == "desc"
    }

    /// True for the order in which everything was made.
    var isByID: Bool { member.lowercased() == "id" }

    /// `id,desc`
    var text: String { "\(member),\(isDescending ? "desc" : "asc")" }

    /// Rows by the member, numbers by their value; those without it stand first, and equal ones as
    /// they stood.
    func sorted(_ rows: [JSONValue]) -> [JSONValue] {
        let keyed = rows.enumerated().map { (place: $0.offset, row: $0.element) }
        return keyed.sorted { one, other in
            guard let order = Self.isBefore(one.row[member], other.row[member]) else {
                return one.place < other.place
            }
            return order != isDescending
        }.map(\.row)
    }

    /// `nil` when neither comes first.
    private static func isBefore(_ one: JSONValue?, _ other: JSONValue?) -> Bool? {
        let (one, other) = (one?.numberText ?? "", other?.numberText ?? "")
        if one == other { return nil }
        if let number = Int(one), let second = Int(other) { return number < second }
        return one < other
    }
}
