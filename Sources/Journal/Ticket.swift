/// What the till calls the thing that is paid: 1 to 64 characters, letters, digits and `-_.:/#`.
public struct Ticket: Equatable, Hashable, Sendable {
    /// The characters.
    public let text: String

    /// The ticket, or `nil` when it is empty, too long or has another character.
    public init?(_ text: String) {
        guard (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                    || (0x61...0x7A).contains(byte) || Self.marks.contains(byte)
            }),
            !Self.looksLikeCardNumber(text)
        else { return nil }
        self.text = text
    }

    private static let marks = Set("-_.:/#".utf8)

    /// Twelve to nineteen digits and nothing else that counts: no till may store a PAN as a name.
    private static func looksLikeCardNumber(_ text: String) -> Bool {
        let digits = text.utf8.count { (0x30...0x39).contains($0) }
        return (12...19).contains(digits)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || marks.contains($0) }
    }
}

extension Ticket: CustomStringConvertible {
    /// The characters.
    public var description: String { text }
}
