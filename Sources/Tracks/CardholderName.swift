public import Values

/// Where the parts of a cardholder's name stand: ranges into the swipe, blanks trimmed.
///
/// `SURNAME/GIVEN MIDDLE.TITLE`, or one text without `/`. Source: ISO/IEC 7813.
public struct CardholderName: Equatable, Sendable {
    /// The surname, or the whole name when there is no `/`.
    public let surname: ByteRange
    /// Given and middle names; empty when there is no `/`.
    public let given: ByteRange

    /// Finds the parts in the name field of a track 1.
    public init(_ bytes: Span<UInt8>, in name: ByteRange) {
        var slash = name.start
        while slash < name.end, bytes[slash] != UInt8(ascii: "/") { slash += 1 }
        surname = Self.trimmed(bytes, ByteRange(name.start, upTo: slash))
        guard slash < name.end else {
            given = ByteRange(start: name.end, count: 0)
            return
        }
        var title = slash + 1
        while title < name.end, bytes[title] != UInt8(ascii: ".") { title += 1 }
        given = Self.trimmed(bytes, ByteRange(slash + 1, upTo: title))
    }

    private static func trimmed(_ bytes: Span<UInt8>, _ range: ByteRange) -> ByteRange {
        var first = range.start
        var end = range.end
        while first < end, bytes[first] == UInt8(ascii: " ") { first += 1 }
        while end > first, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
        return ByteRange(first, upTo: end)
    }
}
