internal import Values

/// Goes over a key file in locked memory: an array of objects whose members are strings.
internal struct KeyFileCursor {
    private var position = 0

    /// The next character must be this one.
    mutating func take(
        _ character: Unicode.Scalar, of text: Span<UInt8>
    ) throws(KeyFileFault) {
        guard skips(character, of: text) else { throw .form(offset: position) }
    }

    /// Passes a character if it is the next one.
    mutating func skips(_ character: Unicode.Scalar, of text: Span<UInt8>) -> Bool {
        while position < text.count, text[position] <= 0x20 { position += 1 }
        guard position < text.count, text[position] == UInt8(ascii: character) else {
            return false
        }
        position += 1
        return true
    }

    /// Where the characters of the next string stand. None of a key file has an escape.
    mutating func string(_ text: Span<UInt8>) throws(KeyFileFault) -> ByteRange {
        try take("\"", of: text)
        let start = position
        while position < text.count, text[position] != UInt8(ascii: "\"") {
            guard text[position] != UInt8(ascii: "\\"), text[position] >= 0x20 else {
                throw .form(offset: position)
            }
            position += 1
        }
        let range = ByteRange(start, upTo: position)
        try take("\"", of: text)
        return range
    }

    /// What was read, when nothing follows it.
    func ending<Read>(_ read: Read, _ text: Span<UInt8>) throws(KeyFileFault) -> Read {
        guard position == text.count else { throw .form(offset: position) }
        return read
    }
}

extension Span where Element == UInt8 {
    /// True when these characters stand at a range.
    internal func holds(_ name: String, at range: ByteRange) -> Bool {
        guard range.count == name.utf8.count else { return false }
        return zip(range.range, name.utf8).allSatisfy { self[$0] == $1 }
    }
}
