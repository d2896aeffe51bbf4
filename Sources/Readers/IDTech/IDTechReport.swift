internal import Tracks
internal import Values

/// The ID TECH HID input report: decode status, lengths, encode type, total length, output.
///
/// The output is clear tracks with a CR behind each, or an encrypted frame. Where a report is a
/// frame from its first byte, it has no header: a header begins with a status of 0 or 1, a frame
/// with 02. Source: ID TECH VersaKey and SecureMag manuals, "HID report"; that the total length
/// has its low byte first is assumed, as everywhere in ID TECH's formats.
internal enum IDTechReport {
    private static let headerBytes = 9

    /// True for a report with a header that holds all of its output, also for one that is short
    /// enough to be a packet of a stream of frames.
    static func isHeaded(_ report: Span<UInt8>) -> Bool {
        guard report.count > headerBytes else { return false }
        for offset in 0..<3 where report[offset] > 1 { return false }
        let count = Int(report[7]) | Int(report[8]) << 8
        guard (1...report.count - headerBytes).contains(count) else { return false }
        let first = report[headerBytes]
        return first == IDTechEnvelope.start || first == UInt8(ascii: "%")
            || first == UInt8(ascii: ";")
    }

    static func content(_ report: Span<UInt8>) throws(FrameFault) -> SwipeContent {
        guard report.count >= headerBytes else { throw .reportTooShort }
        if report[0] == IDTechEnvelope.start {
            let whole = ByteRange(start: 0, count: report.count)
            let frame = try IDTechFrame.extent(report, in: whole)
            // What stands behind is undefined, but a second frame would be a second card.
            let next = skipLineEnds(report, from: frame.end, upTo: report.count)
            if next < report.count, report[next] == IDTechEnvelope.start { throw .bytesLeftOver }
            return try IDTechFrame(report, in: frame).content(report)
        }
        for offset in 0..<3 where report[offset] > 1 { throw .statusInvalid }
        let count = Int(report[7]) | Int(report[8]) << 8
        guard count <= report.count - headerBytes else { throw .lengthMismatch }
        let output = ByteRange(start: headerBytes, count: count)
        if count > 0, report[headerBytes] == IDTechEnvelope.start {
            return try framed(report, output)
        }
        return try clear(report, output)
    }

    /// Output that is an encrypted frame; the frame itself says all that the header does.
    private static func framed(
        _ report: Span<UInt8>, _ output: ByteRange
    ) throws(FrameFault) -> SwipeContent {
        let frame = try IDTechFrame.extent(report, in: output)
        guard skipLineEnds(report, from: frame.end, upTo: output.end) == output.end else {
            throw .bytesLeftOver
        }
        return try IDTechFrame(report, in: frame).content(report)
    }

    /// Output that is clear tracks, as long as the header says.
    private static func clear(
        _ report: Span<UInt8>, _ output: ByteRange
    ) throws(FrameFault) -> SwipeContent {
        switch report[6] {
        case 0, 3, 4: break
        case 1, 2: return .bad(.notAPaymentCard(.licence))
        case 0x85: return .bad(.manualEntry)
        default: throw .encodeTypeUnknown
        }
        var position = output.start
        let tracks = PerTrack(
            try track(report, Int(report[3]), &position, upTo: output.end),
            try track(report, Int(report[4]), &position, upTo: output.end),
            try track(report, Int(report[5]), &position, upTo: output.end))
        guard skipLineEnds(report, from: position, upTo: output.end) == output.end else {
            throw .bytesLeftOver
        }
        let readErrors = PerTrack(report[0] == 1, report[1] == 1, report[2] == 1)
        return SwipeContent(
            try CardTracks(report, wholeTracks: tracks, readErrors: readErrors))
    }

    /// The next track, of so many characters.
    private static func track(
        _ report: Span<UInt8>, _ count: Int, _ position: inout Int, upTo end: Int
    ) throws(FrameFault) -> ByteRange? {
        position = skipLineEnds(report, from: position, upTo: end)
        guard count > 0 else { return nil }
        guard count <= end - position else { throw .lengthMismatch }
        defer { position += count }
        return ByteRange(start: position, count: count)
    }

    private static func skipLineEnds(_ bytes: Span<UInt8>, from start: Int, upTo end: Int) -> Int {
        var offset = start
        while offset < end, bytes[offset] == 0x0D || bytes[offset] == 0x0A { offset += 1 }
        return offset
    }
}
