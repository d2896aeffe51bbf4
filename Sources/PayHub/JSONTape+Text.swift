internal import Values

extension JSONTape {
    /// A string of any length with its escapes resolved; `nil` for everything that is no string.
    func text(_ index: Int, _ bytes: Span<UInt8>) -> String? {
        let node = nodes[index]
        guard node.kind == .string || node.kind == .escapedString else { return nil }
        let raw = bytes.extracting(range(of: index).range)
        guard node.kind == .escapedString else {
            do { return String(copying: try UTF8Span(validating: raw)) } catch { return nil }
        }
        return Self.unescaped(raw)
    }

    /// A member's text; `nil` when it is absent, null or no string.
    func text(_ name: String, of object: Int, _ bytes: Span<UInt8>) -> String? {
        member(name, of: object, bytes).flatMap { text($0, bytes) }
    }

    /// A member's whole number, written as a number or as a string of digits: the gateway's own
    /// samples mix both.
    func number(_ name: String, of object: Int, _ bytes: Span<UInt8>) -> Int? {
        member(name, of: object, bytes).flatMap { shortText($0, bytes) }.flatMap { Int($0) }
    }

    /// Source: RFC 8259, section 7; the scanner has accepted the escapes.
    private static func unescaped(_ raw: Span<UInt8>) -> String {
        var units: [UInt8] = []
        var position = 0
        while position < raw.count {
            guard raw[position] == UInt8(ascii: "\\") else {
                units.append(raw[position])
                position += 1
                continue
            }
            if raw[position + 1] == UInt8(ascii: "u") {
                let (scalar, length) = scalar(raw, at: position)
                units.append(contentsOf: String(scalar).utf8)
                position += length
            } else {
                units.append(simpleEscape(raw[position + 1]))
                position += 2
            }
        }
        return String(decoding: units, as: UTF8.self)
    }

    private static func simpleEscape(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: byte
        }
    }

    /// One `\uXXXX`, or a pair of them, and how many bytes it takes.
    private static func scalar(_ raw: Span<UInt8>, at position: Int) -> (Unicode.Scalar, Int) {
        let replacement: Unicode.Scalar = "\u{FFFD}"
        let first = codeUnit(raw, at: position + 2)
        guard (0xD800..<0xDC00).contains(first), position + 12 <= raw.count else {
            return (Unicode.Scalar(first) ?? replacement, 6)
        }
        let second = codeUnit(raw, at: position + 8)
        let value = 0x10000 + (first - 0xD800) << 10 + (second & 0x3FF)
        return (Unicode.Scalar(value) ?? replacement, 12)
    }

    private static func codeUnit(_ raw: Span<UInt8>, at position: Int) -> UInt32 {
        var unit: UInt32 = 0
        for offset in 0..<4 {
            let byte = raw[position + offset]
            let digit = byte <= UInt8(ascii: "9") ? byte - 0x30 : (byte | 0x20) - 0x61 + 10
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }
}
