/// The till's own key of a demand: the same key never makes a second attempt.
///
/// It is durable with the intent. The digest tells a repeated demand from another one that bears
/// the same key by mistake.
public struct TillKey: Equatable, Hashable, Sendable {
    /// 1 to 64 characters, letters, digits and `-_.:/#`, and no card number.
    public let text: String
    /// What the demand was, as 32 hexadecimal digits in lower case.
    public let digest: String

    /// How many digits a digest has.
    public static let digestLength = 32

    /// The key, or `nil` when the text is no key or the digest no digest.
    public init?(_ text: String, digest: String) {
        guard Ticket(text) != nil, digest.utf8.count == Self.digestLength,
            digest.utf8.allSatisfy({
                (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
            })
        else { return nil }
        self.text = text
        self.digest = digest
    }
}
