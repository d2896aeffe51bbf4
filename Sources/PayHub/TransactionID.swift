/// The gateway's id of a transaction: one to 32 letters and digits.
///
/// Source: PayHub API, "Location" (the last path segment).
public struct TransactionID: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// The characters.
    public let text: String

    /// The id, or `nil` when it is none.
    public init?(_ text: String) {
        guard (1...32).contains(text.utf8.count), text.utf8.allSatisfy(Self.isIDByte) else {
            return nil
        }
        self.text = text
    }

    /// The id that these bytes are, or `nil` when they are none.
    internal init?(_ bytes: Span<UInt8>) {
        guard (1...32).contains(bytes.count) else { return nil }
        for index in bytes.indices where !Self.isIDByte(bytes[index]) { return nil }
        do { text = String(copying: try UTF8Span(validating: bytes)) } catch { return nil }
    }

    /// The id's characters.
    public var description: String { text }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte)
    }
}

/// A transaction's resource at the gateway, or one of its parts.
///
/// Source: PayHub API, "Sale" to "Refund", GET.
public struct TransactionResource: Equatable, Sendable {
    /// The parts that have a path of their own.
    public enum Part: String, Equatable, Sendable, CaseIterable {
        case merchant
        case customer
        case bill
        case cardData = "card_data"
    }

    /// What the transaction is.
    public let kind: ResourceKind
    /// Its id.
    public let id: TransactionID
    /// One of its parts, or the whole.
    public let part: Part?

    /// A resource.
    public init(_ kind: ResourceKind, _ id: TransactionID, part: Part? = nil) {
        self.kind = kind
        self.id = id
        self.part = part
    }
}
