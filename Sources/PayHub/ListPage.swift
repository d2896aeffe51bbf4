public import Values

/// Which page of a list is asked for.
///
/// Source: PayHub API, 4.5: `page`, `size`, and `sort` on a member of the top level; whether pages
/// count from 0 is not said, the makers' own programs begin there.
public struct ListPage: Equatable, Sendable {
    /// The page, from 0.
    public var number: Int
    /// Transactions of a page, 1 to ``Limits/listSizeMaximum``.
    public var size: Int
    /// The order that is asked for; whether the gateway heeds it must be looked at.
    public var sort: ListSort?

    /// A page.
    public init(number: Int = 0, size: Int = 20, sort: ListSort? = .newestFirst) {
        self.number = number
        self.size = size
        self.sort = sort
    }

    internal var query: String {
        "page=\(number)&size=\(size)" + (sort.map { "&sort=\($0.text)" } ?? "")
    }

    /// Checks number and size.
    /// - Throws: ``RequestFault/badPage``
    public func check() throws(RequestFault) {
        guard number >= 0, (1...Limits.listSizeMaximum).contains(size) else { throw .badPage }
    }
}

/// The order of a list, by a member of the top level.
///
/// Source: PayHub API, "What can I do": ascending or descending on a property of the top level.
public struct ListSort: Equatable, Hashable, Sendable {
    internal let text: String

    /// By this member.
    public init(_ member: StaticString, descending: Bool = false) {
        text = "\(member),\(descending ? "desc" : "asc")"
    }

    /// The highest ids first.
    public static let newestFirst = ListSort("id", descending: true)
    /// The lowest ids first: what is added while the pages are read comes at the end.
    public static let oldestFirst = ListSort("id")
}

/// One page of a list as it came back.
public struct ResourceList: Equatable, Sendable {
    /// The transactions in the gateway's order.
    public var items: [ListedTransaction]
    /// The page after this one, `nil` when this is the last.
    public var nextPage: Int?

    /// A page.
    public init(items: [ListedTransaction], nextPage: Int?) {
        self.items = items
        self.nextPage = nextPage
    }
}

/// A transaction in a list.
public struct ListedTransaction: Equatable, Sendable {
    /// Its id.
    public let id: TransactionID
    /// Its bill, where the list embeds it.
    public let bill: BillRecord?
    /// Its response code, where it has one.
    public let responseCode: ResponseCode?

    /// A transaction.
    public init(id: TransactionID, bill: BillRecord?, responseCode: ResponseCode?) {
        self.id = id
        self.bill = bill
        self.responseCode = responseCode
    }
}

extension BodyReader {
    /// Reads a page of a list: `_embedded` with one array in it, `content`, or a bare array.
    ///
    /// Source: PayHub API, 4.5; an empty page has no `_embedded`.
    /// - Returns: `nil` when the body is none of these, or has an element without an id.
    public mutating func list(
        _ body: Span<UInt8>, of kind: ResourceKind, asked page: ListPage
    ) -> ResourceList? {
        do {
            try tape.read(body, membersMaximum: Limits.jsonListMembersMaximum)
        } catch { return nil }
        guard let elements = tape.listElements(body),
            elements.count <= Limits.jsonListMembersMaximum
        else {
            return nil
        }
        var items: [ListedTransaction] = []
        for element in elements {
            guard let item = listed(element, kind, body) else { return nil }
            items.append(item)
        }
        let hasNext = tape.hasNextPage(body) ?? (items.count >= page.size)
        return ResourceList(
            items: items, nextPage: hasNext && !items.isEmpty ? page.number + 1 : nil)
    }

    private func listed(
        _ element: Int, _ kind: ResourceKind, _ body: Span<UInt8>
    ) -> ListedTransaction? {
        guard tape.isObject(element) else { return nil }
        let response = tape.member(kind.responseMember, of: element, body)
        let id =
            selfLink(of: element, body) ?? short("id", of: element, body)
            ?? response.flatMap { response in
                kind.idMember.flatMap { short($0, of: response, body) }
            }
        guard let id = id.flatMap(TransactionID.init) else { return nil }
        return ListedTransaction(
            id: id,
            bill: tape.member("bill", of: element, body).flatMap { bill(at: $0, body) },
            responseCode: response.flatMap { responseCode(of: $0, body) })
    }
}
