/// A resource of the gateway: what all resources have, and what this kind has.
///
/// Source: PayHub API, "Common envelope" of the samples.
@dynamicMemberLookup
public struct GatewayResource<Content: Codable & Equatable & Sendable>: Codable, Equatable, Sendable
{
    /// What all resources have.
    public var envelope: ResourceEnvelope
    /// What this kind has.
    public var content: Content

    /// Reads both from one object.
    public init(from decoder: any Decoder) throws {
        envelope = try ResourceEnvelope(from: decoder)
        content = try Content(from: decoder)
    }

    /// Writes both into one object.
    public func encode(to encoder: any Encoder) throws {
        try envelope.encode(to: encoder)
        try content.encode(to: encoder)
    }

    /// A member of the content.
    public subscript<Value>(dynamicMember member: KeyPath<Content, Value>) -> Value {
        content[keyPath: member]
    }
}

/// What all resources have. Everything is optional: which resource has what is known from samples
/// only.
public struct ResourceEnvelope: Codable, Equatable, Sendable {
    /// How often it was changed.
    public var version: Int?
    /// When it was made: ISO 8601 with milliseconds and the zone's offset.
    public var createdAt: String?
    /// When it was last changed, in the same form.
    public var lastModified: String?
    /// The organization that made it.
    public var createdBy: String?
    /// The organization that last changed it.
    public var lastModifiedBy: String?
    /// What a program keeps with it.
    public var metaData: JSONTree?
    /// Where it and its parts stand.
    public var links: ResourceLinks?

    private enum CodingKeys: String, CodingKey {
        case version, createdAt, lastModified, createdBy, lastModifiedBy, metaData
        case links = "_links"
        /// The form that the response tables describe and no sample has.
        case listedLinks = "links"
    }

    /// Reads `_links`, and `links` where that is not there.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        version = try members.decodeIfPresent(Int.self, forKey: .version)
        createdAt = try members.decodeIfPresent(String.self, forKey: .createdAt)
        lastModified = try members.decodeIfPresent(String.self, forKey: .lastModified)
        createdBy = try members.decodeIfPresent(String.self, forKey: .createdBy)
        lastModifiedBy = try members.decodeIfPresent(String.self, forKey: .lastModifiedBy)
        metaData = try members.decodeIfPresent(JSONTree.self, forKey: .metaData)
        let listed = try members.decodeIfPresent(ResourceLinks.self, forKey: .listedLinks)
        links = try members.decodeIfPresent(ResourceLinks.self, forKey: .links) ?? listed
    }

    /// Writes the links as the samples do.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encodeIfPresent(version, forKey: .version)
        try members.encodeIfPresent(createdAt, forKey: .createdAt)
        try members.encodeIfPresent(lastModified, forKey: .lastModified)
        try members.encodeIfPresent(createdBy, forKey: .createdBy)
        try members.encodeIfPresent(lastModifiedBy, forKey: .lastModifiedBy)
        try members.encodeIfPresent(metaData, forKey: .metaData)
        try members.encodeIfPresent(links, forKey: .links)
    }

    /// The id that the resource's link to itself ends in: the samples of sale, authorisation, void
    /// and refund have no other.
    public var id: TransactionID? {
        links?.addresses["self"]?.split(separator: "/").last.flatMap { TransactionID(String($0)) }
    }
}

/// Links of a resource by their relation. They are shown and compared, never followed: the
/// gateway's own sample points to another host than its API's.
///
/// Source: PayHub API, `_links` of the samples, and "ResourceSupport" of the response tables.
public struct ResourceLinks: Codable, Equatable, Sendable {
    /// The address of each relation.
    public var addresses: [String: String]

    private struct Link: Codable {
        var href: String
        var rel: String?
        var templated: Bool?
    }

    /// Reads an object of links, or an array of them with their relations.
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let named = try? value.decode([String: Link].self) {
            addresses = named.mapValues(\.href)
        } else {
            let listed = try value.decode([Link].self)
            addresses = Dictionary(
                listed.map { ($0.rel ?? "", $0.href) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Writes an object of links.
    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(addresses.mapValues { Link(href: $0) })
    }
}
