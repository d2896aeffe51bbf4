public import Readers
public import Secrets
internal import Synchronization
public import Timeline
internal import Values

/// How fast a recording is replayed.
public enum ReplayPace: String, Equatable, Sendable, CaseIterable {
    /// Each report comes as long after the first as it was recorded.
    case recorded
    /// Each report comes at once. Silences are skipped, but not forgotten: a read whose deadline
    /// lies before the next report times out, without waiting for it.
    case fullSpeed
}

/// The input reports of one device of a recording, as an attached reader would give them.
public final class ReplaySource: ReportSource {
    /// The device that was recorded.
    public let device: HIDDevice
    private let recording: HIDRecording
    private let pace: ReplayPace
    private let time: any TimeSource
    private let waiter: any ReplayWaiter
    private let state: Mutex<State>

    private struct State {
        var walk: EventWalk
        /// Read from the recording and not yet given out.
        var pending: RecordedEvent?
        /// When the first report was due, and its recorded time.
        var start: (moment: Moment, microseconds: UInt64)?
        /// How much silence has been skipped, in nanoseconds.
        var skipped: UInt64 = 0
        /// How it ended, once it has.
        var end: ReportReading?
    }

    /// A replay of the recording's first device, or of the one with this index.
    ///
    /// - Parameters:
    ///   - recording: can be replayed by several sources, one after another or at once.
    ///   - index: the number of a `D:` line.
    ///   - pace: how fast.
    ///   - time: the clock that reports are stamped with.
    ///   - waiter: what waits; `nil` for a ``SystemWaiter`` on the same clock.
    /// - Throws: ``RecordingFault``
    public init(
        _ recording: HIDRecording, device index: Int? = nil, pace: ReplayPace = .recorded,
        time: any TimeSource = SystemTime(), waiter: (any ReplayWaiter)? = nil
    ) throws(RecordingFault) {
        let index = index ?? recording.devices[0].index
        guard let chosen = recording.devices.first(where: { $0.index == index }) else {
            throw .deviceMissing(index: index)
        }
        device = try chosen.device()
        self.recording = recording
        self.pace = pace
        self.time = time
        self.waiter = waiter ?? SystemWaiter(time: time)
        state = Mutex(State(walk: EventWalk(device: index)))
    }

    /// Ends the replay from another thread, a wait that is under way included.
    public func stop() { waiter.stop() }

    /// Waits for the next report and appends it to `report`.
    public func read(into report: inout SecretBytes, until deadline: Moment?) -> ReportReading {
        state.withLock { (state: inout State) in
            if let end = state.end { return end }
            let reading = step(&state, &report, deadline)
            switch reading {
            case .report, .timedOut: break
            case .ended, .failed:
                report.wipe()
                state.end = reading
            }
            return reading
        }
    }

    private func step(
        _ state: inout State, _ report: inout SecretBytes, _ deadline: Moment?
    ) -> ReportReading {
        do throws(RecordingFault) {
            if state.pending == nil { state.pending = try state.walk.next(recording) }
            guard let event = state.pending else { return .ended }
            guard event.length <= device.reports.inputReportBytes,
                event.length <= report.capacity - report.count
            else { return .failed(.reportTooLong) }
            switch passTime(to: event, &state, deadline) {
            case .stopped: return .ended
            case .tooEarly: return .timedOut
            case .due: break
            }
            state.pending = nil
            try decode(event, into: &report)
            return .report(at: time.now())
        } catch {
            return .failed(.brokenRecording(line: error.lineNumber))
        }
    }

    private enum Passing {
        case due
        case tooEarly
        case stopped
    }

    /// Lets time pass until the event is due or the deadline has come.
    private func passTime(
        to event: RecordedEvent, _ state: inout State, _ deadline: Moment?
    ) -> Passing {
        let now = time.now().adding(nanoseconds: state.skipped)
        let start = state.start ?? (now, event.microseconds)
        state.start = start
        let due = start.moment.adding(
            nanoseconds: (event.microseconds - start.microseconds) * 1000)
        let limit = deadline?.adding(nanoseconds: state.skipped)
        let end = limit.map { min(due, $0) } ?? due
        if pace == .fullSpeed { state.skipped += end.since(now) }
        let wakening = Moment(nanoseconds: end.nanoseconds - state.skipped)
        guard waiter.wait(until: wakening) else { return .stopped }
        return due > end ? .tooEarly : .due
    }

    private func decode(
        _ event: RecordedEvent, into report: inout SecretBytes
    ) throws(RecordingFault) {
        try report.fill { (output: inout OutputSpan<UInt8>) throws(RecordingFault) in
            try recording.decode(event) { output.append($0) }
        }
    }
}

extension Moment {
    /// So much later; the end of time at the latest.
    fileprivate func adding(nanoseconds added: UInt64) -> Moment {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(added)
        return Moment(nanoseconds: overflow ? .max : sum)
    }
}

extension RecordingFault {
    /// The line that it names, 0 when it names none.
    fileprivate var lineNumber: Int {
        if case .line(let number, _) = self { number } else { 0 }
    }
}
