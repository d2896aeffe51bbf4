internal import Values

/// What both HID reports begin with: decode statuses, lengths, encode type, three track areas.
///
/// Source: MagTek 99875191 and 99875475, "Card Data".
internal struct MagTekHeader {
    static let byteCount = 7

    let readErrors: PerTrack<Bool>
    let encodeType: MagTekEncodeType
    let tracks: PerTrack<ByteRange?>

    /// Reads a report that begins at `start` and has so much room for each track.
    /// - Throws: ``FrameFault``: `statusInvalid`, `encodeTypeUnknown`, `lengthMismatch`.
    init(_ report: Span<UInt8>, at start: Int, room: Int) throws(FrameFault) {
        for offset in start..<start + 3 where report[offset] > 1 { throw .statusInvalid }
        guard let type = MagTekEncodeType(rawValue: report[start + 6]) else {
            throw .encodeTypeUnknown
        }
        readErrors = PerTrack(
            report[start] == 1, report[start + 1] == 1, report[start + 2] == 1)
        encodeType = type
        tracks = try Self.areas(
            report, lengthsAt: start + 3, from: start + Self.byteCount, room: room)
    }

    /// The used parts of three areas that follow each other; what stands behind is undefined.
    /// - Throws: `lengthMismatch` when an area has less room than its length says.
    static func areas(
        _ report: Span<UInt8>, lengthsAt lengths: Int, from first: Int, room: Int
    ) throws(FrameFault) -> PerTrack<ByteRange?> {
        for offset in lengths..<lengths + 3 where Int(report[offset]) > room {
            throw .lengthMismatch
        }
        let counts = PerTrack(
            Int(report[lengths]), Int(report[lengths + 1]), Int(report[lengths + 2]))
        return PerTrack(
            used(counts.track1, at: first), used(counts.track2, at: first + room),
            used(counts.track3, at: first + 2 * room))
    }

    private static func used(_ count: Int, at start: Int) -> ByteRange? {
        count == 0 ? nil : ByteRange(start: start, count: count)
    }
}
