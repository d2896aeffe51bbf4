/// The last four digits of a card: the most that is ever taken of a number that the gateway shows.
///
/// Source: PayHub API, "cardLast4Digits": four digits as a filter, `XXXXXXXXXXXX8888` as a result.
public struct LastFour: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// The four digits.
    public let text: String

    /// Four digits and nothing else.
    public init?(_ text: String) {
        guard text.utf8.count == 4, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        self.text = text
    }

    /// The end of what the gateway shows of a card, whatever stands before it.
    internal init?(of shown: String?) {
        guard let shown, let digits = LastFour(String(shown.suffix(4))) else { return nil }
        self = digits
    }

    /// The four digits.
    public var description: String { text }
}
