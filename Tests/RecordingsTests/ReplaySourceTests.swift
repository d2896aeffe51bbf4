internal import Dispatch
internal import Readers
internal import Recordings
internal import Secrets
internal import Synchronization
internal import Testing
internal import Timeline

/// Moves a clock by hand to whatever is waited for, and keeps what that was.
private final class ManualWaiter: ReplayWaiter {
    let time = ManualTime()
    private let waits = Mutex<[UInt64]>([])
    private let isStopped = Atomic(false)

    /// The waits that were not over before they began, in milliseconds.
    var waited: [UInt64] { waits.withLock { $0 } }

    func wait(until moment: Moment) -> Bool {
        let rest = moment.since(time.now()) / 1_000_000
        if rest > 0 { waits.withLock { $0.append(rest) } }
        time.advance(milliseconds: Int(rest))
        return !isStopped.load(ordering: .relaxed)
    }

    func stop() { isStopped.store(true, ordering: .relaxed) }
}

@Suite struct ReplaySourceTests {
    private let waiter = ManualWaiter()
    private let arena: SecretArena

    init() throws { arena = try SecretArena(blocks: 1) }

    private static let threeReports =
        RecordingTexts.head
        + "E: 000005.000000 1 0a\nE: 000005.008000 2 0b 0c\nE: 000006.000000 1 0d\n"

    private func replay(
        _ text: String = threeReports, device: Int? = nil, pace: ReplayPace = .recorded
    ) throws -> ReplaySource {
        try ReplaySource(
            HIDRecording(RecordingTexts.bytes(text)), device: device, pace: pace,
            time: waiter.time, waiter: waiter)
    }

    /// One reading, and the report that it gave.
    private func read(
        _ source: ReplaySource, within milliseconds: Int? = nil
    ) throws -> (ReportReading, [UInt8]) {
        var report = try arena.take(capacity: 1024)
        let deadline = milliseconds.map { waiter.time.now().adding(milliseconds: $0) }
        let reading = source.read(into: &report, until: deadline)
        return (reading, report.withBytes { bytes in bytes.indices.map { bytes[$0] } })
    }

    private func at(_ milliseconds: Int) -> ReportReading {
        .report(at: Moment(nanoseconds: 0).adding(milliseconds: milliseconds))
    }

    @Test func `gives each report as long after the first as it was recorded`() throws {
        let source = try replay()
        #expect(source.device.inputReportBytes == 1024)
        #expect(try read(source) == (at(0), [0x0A]))
        #expect(try read(source) == (at(8), [0x0B, 0x0C]))
        #expect(try read(source) == (at(1000), [0x0D]))
        #expect(try read(source) == (.ended, []))
        #expect(try read(source) == (.ended, []))
        #expect(waiter.waited == [8, 992])
    }

    @Test func `waits no longer for being late`() throws {
        let source = try replay()
        _ = try read(source)
        waiter.time.advance(milliseconds: 500)
        #expect(try read(source) == (at(500), [0x0B, 0x0C]))
        #expect(try read(source) == (at(1000), [0x0D]))
        #expect(waiter.waited == [500])
    }

    @Test func `times out at the deadline and keeps the report for later`() throws {
        let source = try replay()
        _ = try read(source)
        #expect(try read(source, within: 5) == (.timedOut, []))
        #expect(try read(source, within: 5) == (at(8), [0x0B, 0x0C]))
        #expect(waiter.waited == [5, 3])
    }

    @Test func `skips silences at full speed without forgetting them`() throws {
        let source = try replay(pace: .fullSpeed)
        #expect(try read(source, within: 100) == (at(0), [0x0A]))
        #expect(try read(source, within: 100) == (at(0), [0x0B, 0x0C]))
        #expect(try read(source, within: 100) == (.timedOut, []))
        #expect(try read(source) == (at(0), [0x0D]))
        #expect(try read(source) == (.ended, []))
        #expect(waiter.waited == [])
    }

    @Test(arguments: ReplayPace.allCases) func `ends when stopped`(pace: ReplayPace) throws {
        let source = try replay(pace: pace)
        _ = try read(source)
        source.stop()
        #expect(try read(source) == (.ended, []))
        #expect(try read(source) == (.ended, []))
    }

    @Test func `is woken by a stop from another thread`() throws {
        let text = RecordingTexts.head + "E: 000000.000000 1 00\nE: 099999.000000 1 00\n"
        let source = try ReplaySource(HIDRecording(RecordingTexts.bytes(text)))
        var report = try arena.take(capacity: 1024)
        _ = source.read(into: &report, until: nil)
        DispatchQueue.global().async { source.stop() }
        report.wipe()
        #expect(source.read(into: &report, until: nil) == .ended)
    }

    @Test func `waits on the system's clock until the moment has come`() {
        let time = SystemTime()
        let waiter = SystemWaiter(time: time)
        let moment = time.now().adding(milliseconds: 2)
        #expect(waiter.wait(until: moment))
        #expect(time.now() >= moment)
        waiter.stop()
        #expect(!waiter.wait(until: moment))
    }

    static let broken: [(String, Int)] = [
        ("E: 000000.000000 3 0b 0c", 6),
        ("E: 000000.000000 3 0b 0c 0", 6),
        ("E: 000000.0", 6),
        ("E: 000000.000000 2 0b xx\n", 6),
    ]

    @Test(arguments: broken) func `fails at the line where a recording breaks off`(
        line: String, number: Int
    ) throws {
        let source = try replay(RecordingTexts.head + "E: 000000.000000 1 0a\n" + line)
        #expect(try read(source) == (at(0), [0x0A]))
        let fault = ReportReading.failed(.brokenRecording(line: number))
        #expect(try read(source) == (fault, []))
        #expect(try read(source) == (fault, []))
    }

    @Test func `refuses a report that is longer than the descriptor says`() throws {
        let text = RecordingTexts.head.replacing("96 00 04", with: "96 02 00")
        let source = try replay(text + "E: 000000.000000 2 0b 0c\nE: 000000.000000 3 0b 0c 0d\n")
        #expect(try read(source) == (at(0), [0x0B, 0x0C]))
        #expect(try read(source) == (.failed(.reportTooLong), []))
    }

    @Test func `gives the reports of the device that was asked for`() throws {
        let text =
            "D: 0\n" + RecordingTexts.head + "D: 1\n" + RecordingTexts.head
            + "E: 000000.000000 1 01\nD: 0\nE: 000000.000001 1 00\nD: 1\nE: 000001.000000 1 02\n"
        let first = try replay(text)
        #expect(try read(first) == (at(0), [0]))
        #expect(try read(first) == (.ended, []))
        let second = try replay(text, device: 1)
        #expect(try read(second) == (at(0), [1]))
        #expect(try read(second) == (at(1000), [2]))
        #expect(try read(second) == (.ended, []))
        #expect(throws: RecordingFault.deviceMissing(index: 2)) {
            try replay(text, device: 2)
        }
    }

    @Test func `replays one recording as often as one likes`() throws {
        let recording = try HIDRecording(RecordingTexts.bytes(Self.threeReports))
        for _ in 1...3 {
            let source = try ReplaySource(recording, pace: .fullSpeed, time: waiter.time)
            #expect(try read(source) == (at(0), [0x0A]))
        }
    }
}

extension HIDDevice {
    fileprivate var inputReportBytes: Int { reports.inputReportBytes }
}
