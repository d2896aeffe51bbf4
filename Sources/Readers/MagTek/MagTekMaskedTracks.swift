internal import Values

/// The masked tracks in front of a typed MagneSafe text's fields. What the reader was set to type
/// in front of and behind them is passed over.
///
/// Source: MagTek 99875475, keyboard properties: track 2 begins with `;` (5 bits) or `@` (7 bits),
/// track 3 with `+` (ISO), `#` (AAMVA) or `&` (7 bits).
internal struct MagTekMaskedTracks {
    private(set) var tracks = PerTrack<ByteRange?>(nil, nil, nil)
    private(set) var readErrors = PerTrack(false, false, false)
    private(set) var isLicence = false

    static let licenceStart = UInt8(ascii: "#")

    /// - Throws: `endMissing` when a track has no end sentinel.
    init(_ text: Span<UInt8>, in range: ByteRange) throws(FrameFault) {
        var last = 0
        var position = range.start
        while position < range.end {
            let start = text[position]
            guard let number = Self.number(start), number.rawValue > last else {
                position += 1
                continue
            }
            var end = position + 1
            while end < range.end, text[end] != UInt8(ascii: "?") { end += 1 }
            guard end < range.end else { throw .endMissing }
            set(number, ByteRange(position, upTo: end + 1))
            if start == Self.licenceStart { isLicence = true }
            if end == position + 2, text[position + 1] == UInt8(ascii: "E") { fail(number) }
            last = number.rawValue
            position = end + 1
        }
    }

    private static func number(_ start: UInt8) -> TrackNumber? {
        switch start {
        case UInt8(ascii: "%"): .one
        case UInt8(ascii: ";"), UInt8(ascii: "@"): .two
        case UInt8(ascii: "+"), UInt8(ascii: "&"), licenceStart: .three
        default: nil
        }
    }

    private mutating func set(_ number: TrackNumber, _ range: ByteRange) {
        switch number {
        case .one: tracks.track1 = range
        case .two: tracks.track2 = range
        case .three: tracks.track3 = range
        }
    }

    private mutating func fail(_ number: TrackNumber) {
        switch number {
        case .one: readErrors.track1 = true
        case .two: readErrors.track2 = true
        case .three: readErrors.track3 = true
        }
    }
}
