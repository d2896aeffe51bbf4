internal import HotPath
internal import Readers
internal import Secrets
internal import Synchronization
internal import Testing
internal import Timeline
internal import Values

/// The reader's thread with a source that plays a script.
@Suite struct ReaderThreadTests {
    /// Gives its reports at once, then its end.
    final class Script: ReportSource {
        let device: HIDDevice
        private let steps: Mutex<[[UInt8]]>
        private let end: ReportReading
        private let count = Atomic(0)

        init(_ reports: [[UInt8]], end: ReportReading, reportBytes: UInt8) throws {
            let descriptor: [UInt8] = [
                0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x75, 0x08, 0x95, reportBytes, 0x81,
                0x02, 0xC0,
            ]
            device = HIDDevice(
                vendorID: 0x0ACD, productID: 0x2010,
                reports: try HIDReportDescriptor(parsing: descriptor))
            steps = Mutex(reports)
            self.end = end
        }

        /// How often it was read.
        var reads: Int { count.load(ordering: .acquiring) }

        func read(into report: inout SecretBytes, until deadline: Moment?) -> ReportReading {
            count.add(1, ordering: .acquiringAndReleasing)
            let next = steps.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            guard let next, (try? report.append(next.span)) != nil else { return end }
            return .report(at: Moment(nanoseconds: 1))
        }
    }

    private static func thread(_ source: Script, _ handOff: SwipeHandOff) throws -> ReaderThread {
        let thread = ReaderThread(source, to: handOff, time: ManualTime())
        try thread.start(
            profile: try ReaderCatalogue.profile(for: source.device), arena: SecretArena())
        return thread
    }

    /// Row `swipe-wrong-screen` of the behaviours that others have met.
    @Test func `a swipe is not taken while no payment waits for one`() throws {
        let source = try Script([[2]], end: .ended, reportBytes: 64)
        let handOff = SwipeHandOff()
        let thread = try Self.thread(source, handOff)
        handOff.close()
        thread.join()
        #expect(source.reads == 0)
        #expect(handOff.count == 0)
    }

    /// Row `unplug-read`.
    @Test func `an unplugged reader ends the thread, and is not read for ever`() throws {
        let source = try Script([], end: .failed(.removed), reportBytes: 64)
        let handOff = SwipeHandOff()
        let thread = try Self.thread(source, handOff)
        handOff.want()
        let isNothing = handOff.take() == nil
        thread.join()
        #expect(isNothing)
        #expect(handOff.ending == .failed(.removed))
        #expect(source.reads == 1)
    }

    @Test func `what was read from goes with the thread, though its object is kept`() throws {
        let handOff = SwipeHandOff()
        weak var source: Script?
        let thread: ReaderThread
        do {
            let script = try Script([[2]], end: .ended, reportBytes: 64)
            source = script
            thread = try Self.thread(script, handOff)
        }
        #expect(source != nil)
        handOff.close()
        thread.join()
        #expect(source == nil)
        withExtendedLifetime(thread) {}
    }

    @Test func `the second frame of a packet needs no further packet`() throws {
        let frame = ForwardingTests.frame
        let end = frame.suffix(20)
        let pieces = stride(from: 0, to: frame.count - 20, by: 64).map {
            Array(frame[$0..<min($0 + 64, frame.count - 20)])
        }
        // The end of the first frame, a whole short one that is cut short by the reader's own
        // word, and nothing more.
        let short: [UInt8] = [2, 5, 0, 0x85, 0, 0, 0, 0, 0x85, 0x85, 3]
        let source = try Script(pieces + [Array(end) + short], end: .ended, reportBytes: 64)
        let handOff = SwipeHandOff()
        let thread = try Self.thread(source, handOff)
        handOff.want()
        #expect(Self.content(handOff.take())?.isEncrypted == true)
        let reads = source.reads
        handOff.want()
        #expect(Self.content(handOff.take()) == .bad(.manualEntry))
        #expect(source.reads == reads)
        handOff.close()
        thread.join()
    }

    private static func content(_ swipe: consuming GatheredSwipe?) -> SwipeContent? {
        guard let swipe = consume swipe else { return nil }
        return Swipe(decoding: swipe).content
    }
}

extension SwipeContent {
    fileprivate var isEncrypted: Bool {
        if case .encrypted = self { true } else { false }
    }
}
