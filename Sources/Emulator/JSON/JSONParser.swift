internal import Values

/// Where a text stops being JSON: the offset in bytes, never what stands there.
package struct JSONFault: Error, Equatable {
    /// Bytes from the text's start.
    package let offset: Int
    /// True where its marks are in order but it cannot be taken apart all the same: a text that is
    /// not Unicode, or too many levels.
    package var isBeyondSyntax = false
}

extension JSONFault: CustomStringConvertible {
    /// The fault and the remedy.
    package var description: String { "no JSON from byte \(offset) on; send one JSON value" }
}

extension JSONValue {
    /// Reads one JSON text of at most ``Limits/jsonDepthMaximum`` levels.
    ///
    /// Source: RFC 8259.
    package init(parsing text: [UInt8]) throws(JSONFault) {
        var parser = JSONParser(text: text)
        self = try parser.value(depth: 0)
        parser.skipBlanks()
        guard parser.next == nil else { throw parser.fault }
    }
}

private struct JSONParser {
    let text: [UInt8]
    var position = 0

    var next: UInt8? { position < text.count ? text[position] : nil }
    var fault: JSONFault { JSONFault(offset: position) }
    private var deeperFault: JSONFault { JSONFault(offset: position, isBeyondSyntax: true) }

    mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
            position += 1
        }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    mutating func expect(_ byte: UInt8) throws(JSONFault) {
        guard take(byte) else { throw fault }
    }

    mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth < Limits.jsonDepthMaximum else { throw deeperFault }
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(
        _ word: String, _ value: JSONValue
    ) throws(JSONFault) -> JSONValue {
        for byte in word.utf8 { try expect(byte) }
        return value
    }

    private mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
        position += 1
        var members: [JSONMember] = []
        skipBlanks()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipBlanks()
            let name = try string()
            skipBlanks()
            try expect(UInt8(ascii: ":"))
            members.append(JSONMember(name: name, value: try value(depth: depth + 1)))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
        position += 1
        var values: [JSONValue] = []
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .array(values) }
        repeat {
            values.append(try value(depth: depth + 1))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        return .array(values)
    }

    private mutating func number() throws(JSONFault) -> JSONValue {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        return .number(String(decoding: text[start..<position], as: UTF8.self))
    }

    private mutating func digits() throws(JSONFault) {
        let start = position
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw fault }
    }

    private mutating func string() throws(JSONFault) -> String {
        try expect(UInt8(ascii: "\""))
        var bytes: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw fault }
            position += 1
            if byte == UInt8(ascii: "\\") {
                bytes.append(contentsOf: try escape().utf8)
            } else {
                bytes.append(byte)
            }
        }
        guard let result = String(validating: bytes, as: UTF8.self) else { throw deeperFault }
        try expect(UInt8(ascii: "\""))
        return result
    }

    private mutating func escape() throws(JSONFault) -> String {
        guard let byte = next else { throw fault }
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicode()
        default: throw fault
        }
    }

    private mutating func unicode() throws(JSONFault) -> String {
        var units = [try codeUnit()]
        if UTF16.isLeadSurrogate(units[0]) {
            try expect(UInt8(ascii: "\\"))
            try expect(UInt8(ascii: "u"))
            units.append(try codeUnit())
        }
        guard let text = String(validating: units, as: UTF16.self) else { throw deeperFault }
        return text
    }

    private mutating func codeUnit() throws(JSONFault) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = HexText.value(of: byte) else { throw fault }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }
}
