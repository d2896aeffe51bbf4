public import Secrets
public import Timeline

/// Where HID input reports come from: an attached reader, or a recording.
///
/// A source is used by one thread, the reader's.
public protocol ReportSource: AnyObject, Sendable {
    /// The device that the reports come from.
    var device: HIDDevice { get }

    /// Waits for one whole input report and appends it to `report`, which is empty.
    /// - Parameters:
    ///   - report: room for the device's longest report.
    ///   - deadline: when to give up; `nil` waits for ever.
    /// - Returns: what happened.
    func read(into report: inout SecretBytes, until deadline: Moment?) -> ReportReading
}

/// What a read of a ``ReportSource`` ended in.
public enum ReportReading: Equatable, Sendable {
    /// A report was appended; when it came.
    case report(at: Moment)
    /// Nothing came until the deadline.
    case timedOut
    /// The source has come to its end.
    case ended
    /// The source failed.
    case failed(ReportSourceFault)
}

/// Why a source gives no more reports.
public enum ReportSourceFault: Error, Equatable, Sendable {
    /// The reader was unplugged.
    case removed
    /// A line of the recording cannot be read; its number, from 1.
    case brokenRecording(line: Int)
    /// A report is longer than the device's descriptor allows.
    case reportTooLong
}
