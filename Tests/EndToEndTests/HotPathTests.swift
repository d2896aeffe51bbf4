import CAllocationCount
import Foundation
import GatewayLink
import Histogram
import HotPath
import OwnThreads
import PayHub
import Readers
import Recordings
import Secrets
import Synchronization
import Testing
import TillPrograms
import Timeline
import Values

/// What the hot path promises exactly, over the recorded captures: no allocation of ours, one
/// hand-off, one TLS record. Times are printed, never judged.
@Suite(.blocks, .serialized) struct HotPathTests {
    @Test func `the counter counts, on the thread that asks`() {
        swl_count_begin()
        swl_count_allocate_once()
        let counted = swl_count_ours()
        swl_count_end()
        #expect(counted == 1)
    }

    @Test func `no allocation of ours, one hand-off and one TLS record from swipe to send`() throws
    {
        let emulator = try RunningEmulator()
        defer { emulator.stop() }
        var bench = try Bench(emulator)
        for name in ["clear-visa", "keyboard-visa", "encrypted-visa"] {
            // The first payment warms what is made once in a process's life.
            _ = try bench.pay(name)
            for _ in 0..<5 {
                let payment = try bench.pay(name)
                #expect(payment.ours == 0, "\(name): \(payment.ours) allocations of ours")
                #expect(payment.handOffs == 1)
                #expect(payment.records == 1)
                guard case .approved = payment.report.outcome else {
                    Issue.record("\(name) was not approved")
                    continue
                }
            }
            let payment = try bench.pay(name)
            print("\(name): OpenSSL allocated \(payment.openSSL) times between swipe and send")
        }
    }

    @Test func `the stage times of the recorded captures are printed and written as histograms`()
        throws
    {
        let emulator = try RunningEmulator()
        defer { emulator.stop() }
        var bench = try Bench(emulator)
        let stages: [(String, (StageTimes) -> UInt64?)] = [
            ("hand-off", { $0.handOff }), ("decode", { $0.decode }), ("build", { $0.build }),
            ("send", { $0.send }), ("first byte", { $0.firstByte }), ("answer", { $0.answer }),
            ("total", { $0.total }),
        ]
        var histograms = stages.map { _ in Histogram<UInt32>(numberOfSignificantValueDigits: .three)
        }
        var recorded = 0
        for round in 0..<30 {
            for name in ["clear-visa", "keyboard-visa", "encrypted-visa"] {
                let times = try bench.pay(name).report.stages
                if round < 5 { continue }
                for (index, stage) in stages.enumerated() {
                    histograms[index].record(try #require(stage.1(times), "\(stage.0)"))
                }
                recorded += 1
            }
        }
        for (stage, histogram) in zip(stages, histograms) {
            #expect(histogram.totalCount == UInt64(recorded))
            let p50 = histogram.valueAtPercentile(50)
            let p99 = histogram.valueAtPercentile(99)
            print("\(stage.0): p50 \(p50) ns, p99 \(p99) ns, n \(recorded)")
            let file = try Self.write(histogram, of: stage.0)
            #expect(try String(contentsOf: file, encoding: .utf8).contains("#[Mean"))
        }
    }

    /// Writes a distribution in microseconds, in the form that HdrHistogram's plotters read.
    private static func write(_ histogram: Histogram<UInt32>, of stage: String) throws -> URL {
        let folder = Programs.project.appendingPathComponent(".build/latency")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var text = ""
        histogram.outputPercentileDistribution(to: &text, outputValueUnitScalingRatio: 1000)
        let name = stage.replacing(" ", with: "-") + ".hgrm"
        let file = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file
    }

    @Test func `a hook that says no sends nothing`() throws {
        let emulator = try RunningEmulator()
        defer { emulator.stop() }
        var bench = try Bench(emulator)
        let payment = try bench.pay("clear-visa", willSend: { false })
        #expect(payment.report.outcome == .notSent(.cancelled))
        #expect(payment.records == 0)
    }
}

/// The recording had no swipe.
private struct Missing: Error {}

/// A lane against a running emulator, with a clock that notes allocations.
private struct Bench: ~Copyable {
    struct Payment {
        let report: PaymentReport
        let ours: UInt
        let openSSL: UInt
        let handOffs: Int
        let records: Int
    }

    let arena: SecretArena
    let time = CountingTime()
    let merchant: Merchant
    var path: HotPath
    var sequence: UInt64 = 0

    init(_ emulator: RunningEmulator) throws {
        let settings = try emulator.settings()
        let organization = try #require(settings["organization"] as? Int)
        let terminal = try #require(settings["terminal"] as? Int)
        let endpoint = try GatewayEndpoint(url: try #require(settings["gateway"] as? String))
        let context = try LinkContext(
            endpoint: endpoint, trust: .file(path: emulator.directory + "/ca.pem"))
        let arena = try SecretArena()
        let path = try Self.path(endpoint, context, arena, emulator.directory + "/token", time)
        self.arena = arena
        self.path = path
        merchant = Merchant(organizationID: organization, terminalID: terminal)
    }

    private static func path(
        _ endpoint: GatewayEndpoint, _ context: LinkContext, _ arena: SecretArena,
        _ tokenFile: String, _ time: CountingTime
    ) throws -> HotPath {
        var token = try arena.take(capacity: Limits.tokenBytesMaximum)
        try SecretFile.read(tokenFile, into: &token, maximum: Limits.tokenBytesMaximum)
        return try HotPath(
            HotPath.Setup(endpoint: endpoint), context: context, token: token, arena: arena,
            time: time)
    }

    mutating func pay(_ name: String, willSend: () -> Bool = { true }) throws -> Payment {
        sequence += 1
        let order = PaymentOrder(
            operation: .sale, merchant: merchant, amount: try Amount(cents: 1275),
            reference: PaymentReference(lane: 2, journal: 7, sequence: sequence))
        try path.arm(order)
        let recording = try HIDRecording(contentsOf: Programs.fixture("\(name).hid"))
        let source = try ReplaySource(recording, pace: .fullSpeed, time: SystemTime())
        let profile = try ReaderCatalogue.profile(for: source.device)
        let handOff = SwipeHandOff()
        let thread = ReaderThread(source, to: handOff, time: SystemTime())
        try thread.start(profile: profile, arena: arena)
        defer {
            handOff.close()
            thread.join()
        }
        handOff.want()
        guard let swipe = handOff.take() else { throw Missing() }
        time.begin()
        let report = path.submit(swipe, inHand: time.now(), willSend: willSend)
        let (ours, openSSL) = time.end(sentAfter: report.stages)
        path.rest()
        return Payment(
            report: report, ours: ours, openSSL: openSSL, handOffs: handOff.count,
            records: path.recordsOfLastPost)
    }
}

/// The system's time; at each look at the clock it notes how much this thread has allocated, so
/// that the count at a stage mark is known without a hook in the product.
private final class CountingTime: TimeSource {
    private struct Note {
        var moment: UInt64 = 0
        var ours: UInt = 0
        var openSSL: UInt = 0
    }
    private struct Notes {
        /// Room for all looks at the clock of one payment, so that noting allocates nothing.
        var list: [Note] = []
        var isOn = false
    }
    private let notes = Mutex<Notes>(Notes())

    func now() -> Moment {
        let moment = SystemTime().now()
        notes.withLock { notes in
            guard notes.isOn, notes.list.count < notes.list.capacity else { return }
            notes.list.append(
                Note(
                    moment: moment.nanoseconds, ours: swl_count_ours(),
                    openSSL: swl_count_openssl()))
        }
        return moment
    }

    func today() -> Int { SystemTime().today() }

    func begin() {
        notes.withLock { notes in
            notes.list.removeAll(keepingCapacity: true)
            notes.list.reserveCapacity(64)
            notes.isOn = true
        }
        swl_count_begin()
    }

    /// The allocations between the first look and the moment at which SSL_write had returned.
    func end(sentAfter stages: StageTimes) -> (ours: UInt, openSSL: UInt) {
        swl_count_end()
        return notes.withLock { notes in
            notes.isOn = false
            let first = notes.list.first?.moment ?? 0
            let sent =
                first + (stages.decode ?? 0) + (stages.build ?? 0) + (stages.send ?? 0)
            guard let note = notes.list.first(where: { $0.moment == sent }) else {
                return (UInt.max, 0)
            }
            return (note.ours, note.openSSL)
        }
    }
}
