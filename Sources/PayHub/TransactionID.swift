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

    /// The id's characters.
    public var description: String { text }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte)
    }
}
