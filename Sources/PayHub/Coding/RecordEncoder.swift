internal import Secrets

/// Writes `Encodable` types as the gateway's JSON: members in the order in which they are encoded,
/// amounts with two decimals, secrets straight into the output.
public enum RecordEncoder {
    /// Writes a value, its secrets too: only into memory that is wiped.
    /// - Throws: ``RequestFault``; `breach` when it cannot be written at all.
    public static func write(
        _ value: some Encodable, into output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try encoded(value).write(into: &output)
    }

    /// The value as a tree.
    internal static func encoded(_ value: some Encodable) throws(RequestFault) -> EncodedNode {
        let node = EncodedNode()
        do {
            try NodeEncoder(node: node, codingPath: []).write(value)
        } catch let breach as RuleBreach {
            throw .breach(breach)
        } catch { throw .breach(RuleBreach("request", .writable)) }
        return node
    }
}

extension RequestRule {
    /// A type that our coder cannot write.
    internal static let writable = RequestRule("must consist of values that can be written")
}

/// A JSON value that is being put together.
internal final class EncodedNode {
    typealias Writing = (inout OutputSpan<UInt8>) throws(RequestFault) -> Void

    enum Content {
        case null
        /// What needs no escape and no quotes.
        case plain(String)
        case text(String)
        case secret(KeptSecret)
        case array([EncodedNode])
        case object([(name: String, value: EncodedNode)])
        /// What writes itself.
        case ready(Writing)
    }

    var content: Content

    init(_ content: Content = .null) { self.content = content }

    func append(_ value: EncodedNode, named name: String) {
        var members: [(name: String, value: EncodedNode)] = []
        if case .object(let earlier) = content { members = earlier }
        members.append((name, value))
        content = .object(members)
    }

    func append(_ value: EncodedNode) {
        var elements: [EncodedNode] = []
        if case .array(let earlier) = content { elements = earlier }
        elements.append(value)
        content = .array(elements)
    }

    func write(into output: inout OutputSpan<UInt8>) throws(RequestFault) {
        switch content {
        case .null: try JSONWriter.raw("null", &output)
        case .plain(let text): try JSONWriter.plain(text, &output)
        case .text(let text): try JSONWriter.text(text, &output)
        case .secret(let secret):
            try secret.withBytes { (bytes: Span<UInt8>) throws(RequestFault) in
                try JSONWriter.text(bytes, &output)
            }
        case .array(let elements): try write(elements, into: &output)
        case .object(let members): try Self.write(members, into: &output)
        case .ready(let writing): try writing(&output)
        }
    }

    private func write(
        _ elements: [EncodedNode], into output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try JSONWriter.raw("[", &output)
        for (index, element) in elements.enumerated() {
            if index > 0 { try JSONWriter.raw(",", &output) }
            try element.write(into: &output)
        }
        try JSONWriter.raw("]", &output)
    }

    /// Writes an object, open at its end where more members follow.
    static func write(
        _ members: [(name: String, value: EncodedNode)], closed: Bool = true,
        into output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try JSONWriter.raw("{", &output)
        for (index, member) in members.enumerated() {
            if index > 0 { try JSONWriter.raw(",", &output) }
            try JSONWriter.text(member.name, &output)
            try JSONWriter.raw(":", &output)
            try member.value.write(into: &output)
        }
        if closed { try JSONWriter.raw("}", &output) }
    }
}
