/// A path below the API's own, with its query: fixed words, ids and numbers, so that nothing has to
/// be escaped and nothing can be smuggled in.
public struct GatewayPath: Equatable, Hashable, Sendable, ExpressibleByStringLiteral {
    /// The path without a slash in front: `sale/7/bill`.
    public let text: String

    /// Fixed words: `adminSettings/generalSettings`.
    public init(_ words: StaticString) { text = "\(words)" }
    /// The same as a literal.
    public init(stringLiteral words: StaticString) { self.init(words) }
    /// The transactions of a kind.
    public init(_ kind: ResourceKind) { text = kind.rawValue }

    private init(text: String) { self.text = text }

    /// The path with an id as its next segment.
    public func appending(_ id: TransactionID) -> GatewayPath {
        GatewayPath(text: "\(text)/\(id.text)")
    }

    /// The path with a number as its next segment.
    public func appending(_ number: Int) -> GatewayPath {
        GatewayPath(text: "\(text)/\(number)")
    }

    /// The path with fixed words as its next segments.
    public func appending(_ words: StaticString) -> GatewayPath {
        GatewayPath(text: "\(text)/\(words)")
    }

    /// The path with one more member of its query.
    public func asking(_ name: StaticString, _ value: Int) -> GatewayPath {
        GatewayPath(text: "\(text)\(separator)\(name)=\(value)")
    }

    /// The path with one more member of its query.
    public func asking(_ name: StaticString, _ id: TransactionID) -> GatewayPath {
        GatewayPath(text: "\(text)\(separator)\(name)=\(id.text)")
    }

    /// What a merchant's organization made, of this list. Source: PayHub API,
    /// "findByMerchantOrganizationId search functions".
    public func search(organization: Int) -> GatewayPath {
        appending("search/findByMerchantOrganizationId").asking("organizationId", organization)
    }

    /// What is linked to a customer, of this list. Source: PayHub API, "special search queries".
    public func search(customer number: Int) -> GatewayPath {
        appending("search/findByCustomerRef").asking("customerId", number)
    }

    /// The path of a page of this list, with the slash that the document prints.
    ///
    /// Source: PayHub API, "page={pageNo}&size={size}".
    public func page(_ page: ListPage) -> GatewayPath {
        let slash = text.contains("?") || text.hasSuffix("/") ? "" : "/"
        return GatewayPath(text: "\(text)\(slash)\(separator)\(page.query)")
    }

    private var separator: String { text.contains("?") ? "&" : "?" }
}

extension GatewayPath {
    /// A transaction's resource or one of its parts.
    public init(_ resource: TransactionResource) {
        let part = resource.part.map { "/\($0.rawValue)" } ?? ""
        text = "\(resource.kind.rawValue)/\(resource.id.text)\(part)"
    }
}

/// What is done with a resource.
public enum GatewayMethod: String, Equatable, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
}
