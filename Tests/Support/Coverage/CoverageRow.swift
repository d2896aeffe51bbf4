public import Testing

/// One thing that the gateway's document says, or leaves open: an endpoint, a member, a rule, a
/// code, a contradiction.
public struct CoverageRow: Equatable, Sendable {
    /// Its number: "PH-R-012".
    public let id: String
    /// What it belongs to: an endpoint, a subject.
    public let section: String
    /// What it is, in a few words.
    public let name: String

    /// A row.
    public init(id: String, section: String, name: String) {
        self.id = id
        self.section = section
        self.name = name
    }

    /// The first word of its name: a method, a code, the path of a member.
    public var word: String { String(name.prefix { $0 != " " }) }

    /// The rows whose ids begin so, as arguments of a test that shows each of them; none of those
    /// that are left out. What the test names here is read from its text by ``Evidence``.
    public static func rows(_ prefixes: String...) -> [CoverageRow] {
        Register.project.shown.filter { row in prefixes.contains { row.id.hasPrefix($0) } }
    }
}

extension CoverageRow: CustomTestStringConvertible {
    /// Number and name.
    public var testDescription: String { "\(id) \(name)" }
}
