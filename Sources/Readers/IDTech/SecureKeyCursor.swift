internal import Values

/// Goes over the tags and attributes of a ``SecureKeyMessage`` and never past its end.
internal struct SecureKeyCursor {
    private(set) var position: Int
    private let end: Int

    /// One attribute: where its name and its value stand.
    struct Attribute {
        let name: ByteRange
        let value: ByteRange
    }

    init(in range: ByteRange) {
        position = range.start
        end = range.end
    }

    var isAtEnd: Bool { position == end }

    /// Steps over exactly this text; false when something else stands here.
    mutating func take(_ literal: String, _ text: Span<UInt8>) -> Bool {
        guard Self.equals(text, ByteRange(position, upTo: end), prefix: literal) else {
            return false
        }
        position += literal.utf8.count
        return true
    }

    /// Steps over this text, or refuses the message.
    mutating func expect(_ literal: String, _ text: Span<UInt8>) throws(FrameFault) {
        guard take(literal, text) else {
            throw position == end ? .endMissing : .messageMalformed
        }
    }

    mutating func skipBlanks(_ text: Span<UInt8>) {
        while position < end, Self.isBlank(text[position]) { position += 1 }
    }

    /// The next attribute of a tag, or `nil` at the tag's end. Blanks stand before each.
    mutating func attribute(_ text: Span<UInt8>) throws(FrameFault) -> Attribute? {
        let before = position
        skipBlanks(text)
        guard position < end else { throw .endMissing }
        guard Self.isLetter(text[position]) else { return nil }
        guard position > before else { throw .messageMalformed }
        let name = try name(text)
        try expect("=\"", text)
        let start = position
        while position < end, Self.isValue(text[position]) { position += 1 }
        let value = ByteRange(start, upTo: position)
        try expect("\"", text)
        return Attribute(name: name, value: value)
    }

    /// The name that stands here.
    mutating func name(_ text: Span<UInt8>) throws(FrameFault) -> ByteRange {
        let start = position
        while position < end, Self.isLetter(text[position]) || Self.isDigit(text[position]) {
            position += 1
        }
        guard position > start, Self.isLetter(text[start]) else { throw .messageMalformed }
        return ByteRange(start, upTo: position)
    }

    /// True when a range holds exactly this text.
    static func equals(_ text: Span<UInt8>, _ range: ByteRange, _ literal: String) -> Bool {
        range.count == literal.utf8.count && equals(text, range, prefix: literal)
    }

    private static func equals(
        _ text: Span<UInt8>, _ range: ByteRange, prefix literal: String
    ) -> Bool {
        let expected = literal.utf8Span.span
        guard range.count >= expected.count else { return false }
        for index in expected.indices where text[range.start + index] != expected[index] {
            return false
        }
        return true
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == 0x0D || byte == 0x0A
    }
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
    /// Printable, and nothing that means something in XML: no entity is there to be resolved.
    private static func isValue(_ byte: UInt8) -> Bool {
        (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "<")
            && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "&")
    }
}
