internal import Dispatch
internal import Readers
internal import Recordings
internal import Secrets
internal import Synchronization
internal import Timeline

/// A replay that breaks off in the middle of a swipe: the lane is given up, or the reader is
/// unplugged. A reader that sends a swipe as one report breaks off behind it.
final class ReplayInPart: ReportSource {
    enum Manner: String, Sendable {
        case whole
        case stop
        case remove
    }

    let device: HIDDevice
    private let replay: ReplaySource
    private let manner: Manner
    private let reports: Int
    private let given = Atomic(0)
    private let inPart = DispatchSemaphore(value: 0)
    private let goOn = DispatchSemaphore(value: 0)

    init(_ recording: HIDRecording, _ manner: Manner, time: any TimeSource) throws {
        replay = try ReplaySource(recording, pace: .fullSpeed, time: time)
        device = replay.device
        reports = max(1, try recording.check() / 2)
        self.manner = manner
    }

    func read(into report: inout SecretBytes, until deadline: Moment?) -> ReportReading {
        if manner != .whole, given.load(ordering: .relaxed) == reports {
            if manner == .remove { return .failed(.removed) }
            goOn.wait()
            return .ended
        }
        given.add(1, ordering: .relaxed)
        let reading = replay.read(into: &report, until: deadline)
        if given.load(ordering: .relaxed) == reports { inPart.signal() }
        return reading
    }

    /// Waits until half of the swipe was read.
    func waitUntilInPart() { inPart.wait() }

    /// Lets the reader's thread come to its end.
    func letGo() { goOn.signal() }
}
