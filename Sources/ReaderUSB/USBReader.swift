internal import Dispatch
public import Readers
public import Secrets
public import Timeline

/// An attached reader as a source of reports. It outlives its plug: when the reader is unplugged,
/// sleeps or fails, reads go on waiting, and go on with the reports of the same model once it is
/// back.
///
/// Reports that come while nobody has read for `Limits.unreadReportMilliseconds` are dropped.
public final class USBReader: ReportSource {
    /// The device, as it was when it was opened first.
    public let device: HIDDevice
    /// Its report descriptor, byte for byte.
    public let reportDescriptor: [UInt8]
    /// Its row of the catalogue.
    public let profile: ReaderProfile
    /// Which reader was meant.
    public let selection: USBSelection
    internal let inbox: ReportInbox
    internal let arena: SecretArena

    internal init(
        _ claimed: DeviceOpening.Claimed, selection: USBSelection, inbox: ReportInbox,
        arena: SecretArena
    ) {
        device = claimed.device
        reportDescriptor = claimed.reportDescriptor
        profile = claimed.profile
        self.selection = selection
        self.inbox = inbox
        self.arena = arena
    }

    /// Waits for the next report and appends it to `report`. A reader that is away gives none; only
    /// ``stop()`` ends the source.
    public func read(into report: inout SecretBytes, until deadline: Moment?) -> ReportReading {
        inbox.read(into: &report, until: deadline)
    }

    /// Ends the source from another thread, a read that is under way included. The device stays
    /// open until the watch lets it go.
    public func stop() { inbox.stop() }
}
