internal import Secrets
internal import Values

/// Goes over the bytes of a JSON document, token by token. Source: RFC 8259.
internal struct JSONScanner: ~Escapable {
    private let bytes: Span<UInt8>
    private(set) var position = 0

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) { self.bytes = bytes }

    func fault(_ rule: JSONFault.Rule) -> JSONFault { JSONFault(rule: rule, offset: position) }

    /// True when only blanks are left.
    var isAtEnd: Bool {
        @_lifetime(self: copy self)
        mutating get {
            skipBlanks()
            return position == bytes.count
        }
    }

    @_lifetime(self: copy self)
    mutating func skip() { position += 1 }

    @_lifetime(self: copy self)
    private mutating func skipBlanks() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    /// The first byte of the next token.
    @_lifetime(self: copy self)
    mutating func beginning() throws(JSONFault) -> UInt8 {
        skipBlanks()
        guard position < bytes.count else { throw fault(.endedEarly) }
        return bytes[position]
    }

    @_lifetime(self: copy self)
    mutating func takesNext(_ byte: UInt8) throws(JSONFault) -> Bool {
        guard try beginning() == byte else { return false }
        position += 1
        return true
    }

    @_lifetime(self: copy self)
    mutating func take(_ byte: UInt8) throws(JSONFault) {
        guard try takesNext(byte) else { throw fault(.unexpectedByte) }
    }

    /// After a member or element: true at a comma, false at the closing byte.
    @_lifetime(self: copy self)
    mutating func goesOn(until closing: UInt8) throws(JSONFault) -> Bool {
        if try takesNext(UInt8(ascii: ",")) { return true }
        try take(closing)
        return false
    }

    @_lifetime(self: copy self)
    mutating func word(_ word: String) throws(JSONFault) -> ByteRange {
        let start = position
        for byte in word.utf8 {
            guard position < bytes.count else { throw fault(.endedEarly) }
            guard bytes[position] == byte else { throw fault(.unexpectedByte) }
            position += 1
        }
        return ByteRange(start, upTo: position)
    }

    func isSame(_ one: ByteRange, _ other: ByteRange) -> Bool {
        one.count == other.count
            && bytes.extracting(one.range).isSame(as: bytes.extracting(other.range))
    }
}

// MARK: - Numbers

extension JSONScanner {
    @_lifetime(self: copy self)
    mutating func number() throws(JSONFault) -> ByteRange {
        let start = position
        if peek == UInt8(ascii: "-") { position += 1 }
        if peek == UInt8(ascii: "0") {
            position += 1
        } else {
            try digits(else: start == position ? .unexpectedByte : .badNumber)
        }
        if peek == UInt8(ascii: ".") {
            position += 1
            try digits(else: .badNumber)
        }
        if let byte = peek, byte | 0x20 == UInt8(ascii: "e") {
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            try digits(else: .badNumber)
        }
        return ByteRange(start, upTo: position)
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    @_lifetime(self: copy self)
    private mutating func digits(else rule: JSONFault.Rule) throws(JSONFault) {
        let start = position
        while let byte = peek, byte &- 0x30 < 10 { position += 1 }
        guard position > start else { throw fault(rule) }
    }
}

// MARK: - Strings

extension JSONScanner {
    /// A string: its range without quotes, and whether it has escapes.
    @_lifetime(self: copy self)
    mutating func string() throws(JSONFault) -> (ByteRange, Bool) {
        position += 1
        let start = position
        var isEscaped = false
        while true {
            position = bytes.firstOffset(from: position) { !Self.isPlain($0) }
            guard position < bytes.count else { throw fault(.endedEarly) }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return (ByteRange(start, upTo: position - 1), isEscaped)
            case UInt8(ascii: "\\"):
                isEscaped = true
                try escape()
            case 0..<0x20: throw fault(.badString)
            default: try multibyte()
            }
        }
    }

    /// True inside a string, but for escapes.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte &- 0x20 < 0x60 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    @_lifetime(self: copy self)
    private mutating func escape() throws(JSONFault) {
        guard position + 1 < bytes.count else { throw fault(.endedEarly) }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"):
            let unit = try codeUnit()
            if (0xD800..<0xDC00).contains(unit) {
                guard try (0xDC00..<0xE000).contains(codeUnit()) else { throw fault(.badEscape) }
            } else if (0xDC00..<0xE000).contains(unit) {
                throw fault(.badEscape)
            }
        default: throw fault(.badEscape)
        }
    }

    /// The four hex digits of `\uXXXX`.
    @_lifetime(self: copy self)
    private mutating func codeUnit() throws(JSONFault) -> Int {
        guard position + 6 <= bytes.count else { throw fault(.endedEarly) }
        guard bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
        else { throw fault(.badEscape) }
        var unit = 0
        for offset in 2..<6 {
            let byte = bytes[position + offset]
            let letter = byte | 0x20
            if byte &- 0x30 < 10 {
                unit = unit << 4 | Int(byte - 0x30)
            } else if (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(letter) {
                unit = unit << 4 | Int(letter - UInt8(ascii: "a") + 10)
            } else {
                throw fault(.badEscape)
            }
        }
        position += 6
        return unit
    }

    /// One character of two to four bytes: well-formed UTF-8, shortest form, no surrogates.
    ///
    /// Source: The Unicode Standard, table 3-7.
    @_lifetime(self: copy self)
    private mutating func multibyte() throws(JSONFault) {
        let lead = bytes[position]
        let (length, second): (Int, ClosedRange<UInt8>) =
            switch lead {
            case 0xC2...0xDF: (2, 0x80...0xBF)
            case 0xE0: (3, 0xA0...0xBF)
            case 0xED: (3, 0x80...0x9F)
            case 0xE1...0xEF: (3, 0x80...0xBF)
            case 0xF0: (4, 0x90...0xBF)
            case 0xF1...0xF3: (4, 0x80...0xBF)
            case 0xF4: (4, 0x80...0x8F)
            default: throw fault(.notUTF8)
            }
        guard position + length <= bytes.count else { throw fault(.endedEarly) }
        guard second.contains(bytes[position + 1]) else { throw fault(.notUTF8) }
        for offset in 2..<length where bytes[position + offset] & 0xC0 != 0x80 {
            throw fault(.notUTF8)
        }
        position += length
    }
}
