/// Free text of the gateway, as it may be kept and shown: people write card numbers into notes, and
/// runs of twelve digits and more are masked but for their last four. A reference of ours stays.
public struct ShownText: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// The text.
    public let text: String

    /// Masks what could be a card's number.
    public init(_ text: String) { self.text = BodyReader.withoutCardNumbers(text) }

    /// The text.
    public var description: String { text }

    /// True when there is nothing but blanks.
    public var isBlank: Bool { text.utf8.allSatisfy { $0 == 0x20 } }
}

extension ShownText: TapeLeaf, Codable {
    internal static func read(
        _ tape: JSONTape, _ node: Int, _ bytes: Span<UInt8>
    ) -> ShownText? { String.read(tape, node, bytes).map { ShownText($0) } }

    internal var written: EncodedNode.Content { .text(text) }

    /// Read by ``RecordDecoder`` only.
    public init(from decoder: any Decoder) throws { self = try NodeDecoder.leaf(decoder) }
    /// Written by ``RecordEncoder`` only.
    public func encode(to encoder: any Encoder) throws { try NodeEncoder.write(self, encoder) }
}

/// A card's number as the gateway shows it, such as `XXXXXXXXXXXX4507`. Of one that shows more than
/// six digits before the last four, the last four are kept.
///
/// Source: PayHub API, "cardObscured"; PCI DSS 3.4.1.
public struct ObscuredNumber: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// The text.
    public let text: String

    /// Hides what must not be shown.
    public init(_ text: String) {
        let digits = text.utf8.count { (0x30...0x39).contains($0) }
        self.text = digits <= 10 ? text : "****" + String(text.suffix(4))
    }

    /// The last four digits, where it ends in them.
    public var lastFour: LastFour? { LastFour(of: text) }
    /// The text.
    public var description: String { text }
}

extension ObscuredNumber: TapeLeaf, Codable {
    internal static func read(
        _ tape: JSONTape, _ node: Int, _ bytes: Span<UInt8>
    ) -> ObscuredNumber? { tape.text(node, bytes).map { ObscuredNumber($0) } }

    internal var written: EncodedNode.Content { .text(text) }

    /// Read by ``RecordDecoder`` only.
    public init(from decoder: any Decoder) throws { self = try NodeDecoder.leaf(decoder) }
    /// Written by ``RecordEncoder`` only.
    public func encode(to encoder: any Encoder) throws { try NodeEncoder.write(self, encoder) }
}
