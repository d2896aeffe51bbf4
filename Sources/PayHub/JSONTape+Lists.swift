extension JSONTape {
    /// The elements of a list: `_embedded` with one array in it, `content`, or a bare array; `nil`
    /// when it is none of these.
    ///
    /// Source: PayHub API, 4.5; an empty page has no `_embedded`.
    func listElements(_ bytes: Span<UInt8>) -> [Int]? {
        if isArray(0) { return elements(of: 0) }
        if let content = member("content", of: 0, bytes) {
            return isArray(content) ? elements(of: content) : nil
        }
        guard let embedded = member("_embedded", of: 0, bytes) else {
            let isPage = member("page", of: 0, bytes).map(isObject) ?? false
            return isPage ? [] : nil
        }
        let arrays = values(of: embedded).filter(isArray)
        return arrays.count == 1 ? elements(of: arrays[0]) : nil
    }

    /// What the page says of a next one; `nil` when it says nothing.
    func hasNextPage(_ bytes: Span<UInt8>) -> Bool? {
        guard isObject(0) else { return nil }
        if let page = member("page", of: 0, bytes),
            let current = number("number", of: page, bytes),
            let total = number("totalPages", of: page, bytes)
        {
            return current < total - 1
        }
        if let last = boolean("last", of: 0, bytes) { return !last }
        return links(of: 0, bytes).map { link("next", in: $0, bytes) != nil }
    }

    /// The link of a relation: a member of `_links`, as every sample has it, or the element of that
    /// relation of a list of links, as the response tables describe.
    ///
    /// Source: PayHub API, 4.4, and "ResourceSupport" of the response tables.
    func link(_ relation: String, of object: Int, _ bytes: Span<UInt8>) -> Int? {
        links(of: object, bytes).flatMap { link(relation, in: $0, bytes) }
    }

    private func links(of object: Int, _ bytes: Span<UInt8>) -> Int? {
        member("_links", of: object, bytes) ?? member("links", of: object, bytes)
    }

    private func link(_ relation: String, in links: Int, _ bytes: Span<UInt8>) -> Int? {
        guard isArray(links) else { return member(relation, of: links, bytes) }
        return elements(of: links).first { text("rel", of: $0, bytes) == relation }
    }
}
