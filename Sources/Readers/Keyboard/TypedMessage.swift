/// How far a typed `<DvcMsg ...>...</DvcMsg>` has come; line ends inside do not end it.
internal struct TypedMessage: Equatable, Sendable {
    /// Characters of the text, as far as its name.
    private var count = 1
    /// Characters of the closing tag that have come in a row.
    private var closing = 0

    /// The whole name has come.
    var isNamed: Bool { count >= SecureKeyMessage.opening.utf8.count }
    /// The closing tag has come.
    private(set) var isClosed = false

    /// False when the character belongs to another name.
    mutating func take(_ byte: UInt8) -> Bool {
        if !isNamed {
            guard byte == Self.byte(of: SecureKeyMessage.opening, at: count) else { return false }
            count += 1
            return true
        }
        guard !isClosed else { return true }
        let isNext = byte == Self.byte(of: SecureKeyMessage.closing, at: closing)
        // No other character of the closing tag is its first one.
        closing = isNext ? closing + 1 : byte == UInt8(ascii: "<") ? 1 : 0
        isClosed = closing == SecureKeyMessage.closing.utf8.count
        return true
    }

    private static func byte(of text: String, at index: Int) -> UInt8 {
        text.utf8Span.span[index]
    }
}
