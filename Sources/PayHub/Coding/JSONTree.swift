internal import Secrets
internal import Values

/// Any JSON value, such as the metaData that a client of the gateway keeps with a resource.
///
/// Numbers are kept as they are written: nothing is rounded.
public enum JSONTree: Equatable, Hashable, Sendable {
    case null
    case boolean(Bool)
    case number(JSONNumber)
    case text(String)
    case array([JSONTree])
    case object([String: JSONTree])

    /// Reads a document by the strict rules: no name twice, no bytes that are not UTF-8, bounded.
    /// - Throws: ``RecordFault/malformed(offset:)``
    public init(parsing document: Span<UInt8>) throws(RecordFault) {
        var tape = JSONTape()
        do throws(JSONFault) {
            try tape.read(document, membersMaximum: Limits.jsonListMembersMaximum)
        } catch { throw .malformed(offset: error.offset) }
        self.init(tape, 0, document)
    }

    /// Reads a document by the strict rules.
    /// - Throws: ``RecordFault/malformed(offset:)``
    public init(parsing document: String) throws(RecordFault) {
        try self.init(parsing: document.utf8Span.span)
    }

    internal init(_ tape: JSONTape, _ node: Int, _ bytes: Span<UInt8>) {
        switch tape.nodes[node].kind {
        case .null: self = .null
        case .yes: self = .boolean(true)
        case .no: self = .boolean(false)
        case .number: self = .number(JSONNumber(tape, node, bytes))
        case .string, .escapedString: self = .text(tape.text(node, bytes) ?? "")
        case .array: self = .array(tape.elements(of: node).map { JSONTree(tape, $0, bytes) })
        case .object:
            var members: [String: JSONTree] = [:]
            for value in tape.values(of: node) {
                members[tape.text(value - 1, bytes) ?? ""] = JSONTree(tape, value, bytes)
            }
            self = .object(members)
        }
    }

    /// A member of an object; `nil` when it is no object or has no such member.
    public subscript(_ name: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }
}

/// A number as it is written. Source: RFC 8259, section 6.
public struct JSONNumber: Equatable, Hashable, Sendable {
    /// Its characters.
    public let text: String

    /// A whole number.
    public init(_ value: Int) { text = String(value) }

    internal init(plain text: String) { self.text = text }

    internal init(_ tape: JSONTape, _ node: Int, _ bytes: Span<UInt8>) {
        let written = bytes.extracting(tape.range(of: node).range)
        // The scanner has let ASCII through only.
        do { text = String(copying: try UTF8Span(validating: written)) } catch { text = "0" }
    }
}

extension JSONTree: TapeLeaf, GatewayRequest, Codable {
    internal static func read(
        _ tape: JSONTape, _ node: Int, _ bytes: Span<UInt8>
    ) -> JSONTree? { JSONTree(tape, node, bytes) }

    internal var written: EncodedNode.Content {
        switch self {
        case .null: .null
        case .boolean(let value): .plain(value ? "true" : "false")
        case .number(let number): .plain(number.text)
        case .text(let text): .text(text)
        case .array(let elements): .array(elements.map { EncodedNode($0.written) })
        case .object(let members):
            .object(
                members.sorted { $0.key < $1.key }.map { name, value in
                    (name, EncodedNode(value.written))
                })
        }
    }

    /// Read by ``RecordDecoder`` only.
    public init(from decoder: any Decoder) throws { self = try NodeDecoder.leaf(decoder) }
    /// Written by ``RecordEncoder`` only.
    public func encode(to encoder: any Encoder) throws { try NodeEncoder.write(self, encoder) }
}
