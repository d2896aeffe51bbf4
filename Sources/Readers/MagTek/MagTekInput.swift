internal import Tracks
internal import Values

/// The HID input reports of MagTek readers, told apart by their lengths.
internal enum MagTekInput {
    /// SureSwipe: header and three areas of 110 bytes. Source: MagTek 99875191.
    static let sureSwipeBytes = 337

    static func content(_ report: Span<UInt8>) throws(FrameFault) -> SwipeContent {
        let start = hasReportID(report) ? 1 : 0
        let range = ByteRange(start, upTo: report.count)
        guard range.count >= sureSwipeBytes else { throw .reportTooShort }
        guard range.count != sureSwipeBytes else { return try sureSwipe(report, at: start) }
        return try MagTekReport(report, in: range).content(report)
    }

    /// The descriptors have no report ids, but some ways to the reader put a zero in front. No
    /// layout is as long as another with that zero.
    private static func hasReportID(_ report: Span<UInt8>) -> Bool {
        let count = report.count - 1
        guard count == sureSwipeBytes || MagTekReport.isLength(count) else {
            return false
        }
        return report[0] == 0
    }

    private static func sureSwipe(
        _ report: Span<UInt8>, at start: Int
    ) throws(FrameFault) -> SwipeContent {
        let header = try MagTekHeader(report, at: start, room: 110)
        if header.encodeType.isLicence { return .bad(.notAPaymentCard(.licence)) }
        return SwipeContent(
            try CardTracks(report, fields: header.tracks, readErrors: header.readErrors))
    }
}
