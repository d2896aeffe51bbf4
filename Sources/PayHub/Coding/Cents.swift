internal import Values

/// An amount of the gateway in cents, 0 included, read from the digits as they are written and
/// never through a floating-point number.
///
/// Source: PayHub API, "TransactionAmount": decimal dollars, at most two places; written as a
/// number and, in the makers' own programs, as text.
public struct Cents: Equatable, Hashable, Comparable, Sendable {
    /// The cents, 0 to ``Limits/amountCentsMaximum``.
    public let value: Int

    /// Nothing.
    public static let zero = Cents(known: 0)

    private init(known value: Int) { self.value = value }

    /// So many cents; `nil` when it is below 0 or over the limit.
    public init?(_ value: Int) {
        guard (0...Limits.amountCentsMaximum).contains(value) else { return nil }
        self.init(known: value)
    }

    /// Dollars with at most two decimals; `nil` for every other form.
    public init?(dollars text: String) {
        guard let cents = BodyReader.cents(text) else { return nil }
        self.init(cents)
    }

    /// Dollars with exactly two decimals: `12.75`.
    public var dollars: String {
        let rest = value % 100
        return "\(value / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// Orders by value.
    public static func < (one: Cents, other: Cents) -> Bool { one.value < other.value }
}

extension Cents: TapeLeaf, Codable {
    internal static func read(_ tape: JSONTape, _ node: Int, _ bytes: Span<UInt8>) -> Cents? {
        tape.shortText(node, bytes).flatMap { Cents(dollars: $0) }
    }

    internal var written: EncodedNode.Content { .plain(dollars) }

    /// Read by ``RecordDecoder`` only.
    public init(from decoder: any Decoder) throws { self = try NodeDecoder.leaf(decoder) }
    /// Written by ``RecordEncoder`` only, as a number with two decimals.
    public func encode(to encoder: any Encoder) throws { try NodeEncoder.write(self, encoder) }
}
