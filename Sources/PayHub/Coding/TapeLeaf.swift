public import Secrets
public import Values

/// A value without members that is read from one node and written as one.
///
/// The gateway's own samples write a number, an id or a boolean now as itself and now as text, so a
/// whole number and a boolean are read from both, and a text from a number as it is written.
/// Where that would lose something (a response code's zeros), a type asks for text itself.
internal protocol TapeLeaf: WrittenLeaf {
    /// The value; `nil` when the node is none.
    static func read(_ tape: JSONTape, _ node: Int, _ bytes: Span<UInt8>) -> Self?
}

/// A value that is written as one node.
internal protocol WrittenLeaf {
    /// What is written for it.
    var written: EncodedNode.Content { get }
}

extension String: TapeLeaf {
    internal static func read(
        _ tape: JSONTape, _ node: Int, _ bytes: Span<UInt8>
    ) -> String? {
        tape.nodes[node].kind == .number
            ? JSONNumber(tape, node, bytes).text : tape.text(node, bytes)
    }

    internal var written: EncodedNode.Content { .text(self) }
}

extension Int: TapeLeaf {
    internal static func read(_ tape: JSONTape, _ node: Int, _ bytes: Span<UInt8>) -> Int? {
        tape.shortText(node, bytes).flatMap { Int($0) }
    }

    internal var written: EncodedNode.Content { .plain(String(self)) }
}

extension Bool: TapeLeaf {
    internal static func read(_ tape: JSONTape, _ node: Int, _ bytes: Span<UInt8>) -> Bool? {
        tape.boolean(node, bytes)
    }

    internal var written: EncodedNode.Content { .plain(self ? "true" : "false") }
}

extension KeptSecret: TapeLeaf, Codable {
    /// From the document straight into memory that is wiped; escapes are none of a card's.
    internal static func read(
        _ tape: JSONTape, _ node: Int, _ bytes: Span<UInt8>
    ) -> KeptSecret? {
        guard tape.isString(node) else { return nil }
        return KeptSecret(bytes.extracting(tape.range(of: node).range))
    }

    internal var written: EncodedNode.Content { .secret(self) }

    /// Read by ``RecordDecoder`` only.
    public init(from decoder: any Decoder) throws { self = try NodeDecoder.leaf(decoder) }
    /// Written by ``RecordEncoder`` only; every other encoder is refused.
    public func encode(to encoder: any Encoder) throws { try NodeEncoder.write(self, encoder) }
}

extension ResponseCode: TapeLeaf, Codable {
    /// Text only: as a number it would have lost its zeros (`0` for `00`), and is not guessed at.
    internal static func read(
        _ tape: JSONTape, _ node: Int, _ bytes: Span<UInt8>
    ) -> ResponseCode? {
        tape.isString(node) ? tape.shortText(node, bytes).flatMap { ResponseCode($0) } : nil
    }

    internal var written: EncodedNode.Content { .text(text) }

    /// Read by ``RecordDecoder`` only.
    public init(from decoder: any Decoder) throws { self = try NodeDecoder.leaf(decoder) }
    /// Written by ``RecordEncoder`` only.
    public func encode(to encoder: any Encoder) throws { try NodeEncoder.write(self, encoder) }
}

extension TransactionID: TapeLeaf, Codable {
    internal static func read(
        _ tape: JSONTape, _ node: Int, _ bytes: Span<UInt8>
    ) -> TransactionID? { tape.shortText(node, bytes).flatMap { TransactionID($0) } }

    internal var written: EncodedNode.Content { .text(text) }

    /// Read by ``RecordDecoder`` only.
    public init(from decoder: any Decoder) throws { self = try NodeDecoder.leaf(decoder) }
    /// Written by ``RecordEncoder`` only.
    public func encode(to encoder: any Encoder) throws { try NodeEncoder.write(self, encoder) }
}

// What goes out with a payment is written by one hand, here as there.

extension Merchant: WrittenLeaf, Encodable {
    internal var written: EncodedNode.Content {
        .object([
            ("organization_id", EncodedNode(organizationID.written)),
            ("terminal_id", EncodedNode(terminalID.written)),
        ])
    }

    /// Written by ``RecordEncoder`` only.
    public func encode(to encoder: any Encoder) throws { try NodeEncoder.write(self, encoder) }
}

extension Bill: WrittenLeaf, Encodable {
    internal var written: EncodedNode.Content {
        .ready { output throws(RequestFault) in try JSONWriter.bill(self, &output) }
    }

    /// Written by ``RecordEncoder`` only.
    public func encode(to encoder: any Encoder) throws { try NodeEncoder.write(self, encoder) }
}

extension Customer: WrittenLeaf, Encodable {
    internal var written: EncodedNode.Content {
        .ready { output throws(RequestFault) in try JSONWriter.customer(self, &output) }
    }

    /// Written by ``RecordEncoder`` only.
    public func encode(to encoder: any Encoder) throws { try NodeEncoder.write(self, encoder) }
}
