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
        return member("_links", of: 0, bytes).map { member("next", of: $0, bytes) != nil }
    }
}
