/// A response code of the gateway: an open set, two digits in the table, up to four characters
/// seen.
///
/// Source: PayHub API, "Response codes" (51 rows, approving: 00, 08, 11, 85).
public struct ResponseCode: Equatable, Hashable, Sendable {
    /// The characters, one to eight of them, letters and digits.
    public let text: String

    /// The code, or `nil` when it is empty, too long or has a character that no code has.
    public init?(_ text: String) {
        guard (1...8).contains(text.utf8.count),
            text.utf8.allSatisfy({
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                    || (0x61...0x7A).contains($0)
            })
        else { return nil }
        self.text = text
    }

    /// True for 00, 08, 11 and 85, and for nothing else: an unknown code is not an approval, and
    /// 10 (partial approval) is a failure by the gateway's own word.
    public var isApproval: Bool {
        switch text {
        case "00", "08", "11", "85": true
        default: false
        }
    }
}

extension ResponseCode: CustomStringConvertible {
    /// The code's characters.
    public var description: String { text }
}
