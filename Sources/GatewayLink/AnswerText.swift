internal import Values

extension UInt8 {
    /// Space or tab.
    internal var isBlank: Bool { self == 0x20 || self == 0x09 }

    /// A character of a field's name. Source: RFC 9110, section 5.6.2, token.
    internal var isTokenByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"),
            UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// The value of a hexadecimal digit.
    internal var hexadecimalValue: Int? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(self - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(self - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(self - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}

extension Span<UInt8> {
    /// True when `text` (lower case) stands at `offset`, in either case.
    internal func says(_ text: String, at offset: Int) -> Bool {
        var index = offset
        guard count - offset >= text.utf8.count else { return false }
        for expected in text.utf8 {
            let byte = self[index]
            let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            guard (isUpper ? byte | 0x20 : byte) == expected else { return false }
            index += 1
        }
        return true
    }

    /// The decimal digit at an offset.
    internal func digit(_ offset: Int) -> Int? {
        let byte = self[offset]
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        return Int(byte - UInt8(ascii: "0"))
    }

    /// The range without blanks at its ends.
    internal func trimmed(_ range: ByteRange) -> ByteRange {
        var start = range.start
        var end = range.end
        while start < end, self[start].isBlank { start += 1 }
        while end > start, self[end - 1].isBlank { end -= 1 }
        return ByteRange(start, upTo: end)
    }

    /// True when `text` (lower case) is a member of a list separated by commas.
    internal func hasListMember(_ text: String, in range: ByteRange) -> Bool {
        var start = range.start
        while start < range.end {
            var end = start
            while end < range.end, self[end] != UInt8(ascii: ",") { end += 1 }
            let member = trimmed(ByteRange(start, upTo: end))
            if member.count == text.utf8.count, says(text, at: member.start) { return true }
            start = end + 1
        }
        return false
    }
}
