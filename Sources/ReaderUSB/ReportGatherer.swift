internal import Secrets
internal import Timeline
internal import Values

/// Puts packets together to reports. A packet that is not full ends its report, and so does the
/// last byte that the report descriptor promises.
///
/// Source: USB 2.0, section 5.7.3; USB HID 1.11, section 8.4.
internal struct ReportGatherer: ~Copyable, Sendable {
    private let reportBytes: Int
    private var bytes: SecretBytes
    private var begun: Moment?

    /// What a packet brought.
    enum Progress: Equatable {
        case idle
        case gathering
        /// A report stands there: take it with ``give(_:)``.
        case whole
    }

    /// A gatherer for reports of so many bytes.
    init(reportBytes: Int, room: consuming SecretBytes) {
        self.reportBytes = reportBytes
        bytes = room
    }

    /// How many bytes of a report have come.
    var count: Int { bytes.count }

    /// When a report that has begun must be whole; `nil` between reports.
    var deadline: Moment? { begun?.adding(milliseconds: Limits.reportMilliseconds) }

    /// Takes one packet of an endpoint whose packets have at most `packetBytes`.
    mutating func take(_ packet: Span<UInt8>, packetBytes: Int, at moment: Moment) -> Progress {
        if packet.isEmpty { return bytes.count > 0 ? .whole : .idle }
        if begun == nil { begun = moment }
        // What goes beyond the descriptor's size pads the last packet.
        let wanted = min(packet.count, reportBytes - bytes.count)
        do { try bytes.append(packet.extracting(first: wanted)) } catch { return .whole }
        return packet.count < packetBytes || bytes.count >= reportBytes ? .whole : .gathering
    }

    /// Lets `body` have the report and forgets it.
    mutating func give<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        let result = bytes.withBytes { body($0) }
        bytes.wipe()
        begun = nil
        return result
    }
}
