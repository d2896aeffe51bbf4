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
    /// True asks for the highest ids first; whether the gateway heeds it must be looked at.
    public var newestFirst: Bool

    /// A page.
    public init(number: Int = 0, size: Int = 20, newestFirst: Bool = true) {
        self.number = number
        self.size = size
        self.newestFirst = newestFirst
    }

    internal var query: String {
        "page=\(number)&size=\(size)" + (newestFirst ? "&sort=id,desc" : "")
    }
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
        guard let elements = elements(body), elements.count <= Limits.jsonListMembersMaximum else {
            return nil
        }
        var items: [ListedTransaction] = []
        for element in elements {
            guard let item = listed(element, kind, body) else { return nil }
            items.append(item)
        }
        let hasNext = hasNext(body) ?? (items.count >= page.size)
        return ResourceList(
            items: items, nextPage: hasNext && !items.isEmpty ? page.number + 1 : nil)
    }

    private func elements(_ body: Span<UInt8>) -> [Int]? {
        if tape.isArray(0) { return tape.elements(of: 0) }
        if let content = tape.member("content", of: 0, body) {
            return tape.isArray(content) ? tape.elements(of: content) : nil
        }
        guard let embedded = tape.member("_embedded", of: 0, body) else {
            let isPage = tape.member("page", of: 0, body).map(tape.isObject) ?? false
            return isPage ? [] : nil
        }
        let arrays = tape.values(of: embedded).filter(tape.isArray)
        return arrays.count == 1 ? tape.elements(of: arrays[0]) : nil
    }

    /// What the page says of a next one; `nil` when it says nothing.
    private func hasNext(_ body: Span<UInt8>) -> Bool? {
        guard tape.isObject(0) else { return nil }
        if let page = tape.member("page", of: 0, body),
            let number = tape.number("number", of: page, body),
            let total = tape.number("totalPages", of: page, body)
        {
            return number < total - 1
        }
        if let last = tape.boolean("last", of: 0, body) { return !last }
        return tape.member("_links", of: 0, body).map { tape.member("next", of: $0, body) != nil }
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
