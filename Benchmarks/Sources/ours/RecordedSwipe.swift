internal import Glibc
internal import Readers
internal import Recordings
internal import Secrets
internal import Timeline
internal import Values

/// A reader that swipes the same published test card again and again.
internal final class RecordedSwipe: ReportSource {
    let device: HIDDevice
    let profile: ReaderProfile
    /// The one report of the swipe.
    private let report: SecretBytes
    private let idleMicroseconds: UInt32
    private let time = SystemTime()

    /// The swipe of `Fixtures/<entry>-visa.hid`, which comes so long after it is asked for.
    init(_ entry: String, idleMilliseconds: Int = 0) throws {
        let recording = try HIDRecording(contentsOf: "Fixtures/\(entry)-visa.hid")
        let source = try ReplaySource(recording, pace: .fullSpeed)
        var bytes = try SecretArena(blocks: 1).take(capacity: Limits.reportBytesMaximum)
        _ = source.read(into: &bytes, until: nil)
        report = bytes
        device = source.device
        profile = try ReaderCatalogue.profile(for: source.device)
        idleMicroseconds = UInt32(idleMilliseconds * 1000)
    }

    func read(into report: inout SecretBytes, until deadline: Moment?) -> ReportReading {
        if idleMicroseconds > 0 { usleep(idleMicroseconds) }
        do {
            try self.report.withBytes { (bytes: Span<UInt8>) throws(SecretError) in
                try report.append(bytes)
            }
        } catch { return .failed(.reportTooLong) }
        return .report(at: time.now())
    }

    func gatherer(_ arena: SecretArena) throws(SecretError) -> SwipeGatherer {
        try SwipeGatherer(
            profile: profile, reportBytes: device.reports.inputReportBytes, arena: arena)
    }

    /// The swipe as the reader's thread would hand it over.
    func gather(_ gatherer: inout SwipeGatherer) throws(SecretError) -> GatheredSwipe {
        _ = report.withBytes { gatherer.take($0, at: time.now()) }
        return try gatherer.release()
    }
}
