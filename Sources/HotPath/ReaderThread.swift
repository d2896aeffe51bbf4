internal import Dispatch
internal import Foundation
public import Readers
public import Secrets
internal import Synchronization
public import Timeline
internal import Values

/// The thread of one reader: it reads reports, gathers them to swipes and hands those over. It
/// decides nothing.
public final class ReaderThread: Sendable {
    /// Until it starts: then the thread has it, and lets it go with its own end.
    private let source: Mutex<(any ReportSource)?>
    private let time: any TimeSource
    private let handOff: SwipeHandOff
    private let ended = DispatchSemaphore(value: 0)

    /// A thread that is not yet running.
    public init(_ source: any ReportSource, to handOff: SwipeHandOff, time: any TimeSource) {
        self.source = Mutex(source)
        self.handOff = handOff
        self.time = time
    }

    /// Starts the thread, once. It ends with its source, or when the hand-off is closed.
    /// - Throws: ``SecretError`` when there is no locked memory for reports.
    public func start(profile: ReaderProfile, arena: SecretArena) throws(SecretError) {
        guard let source = source.withLock({ $0.take() }) else {
            preconditionFailure("a reader's thread is started once")
        }
        let cargo = Cargo(
            source,
            gatherer: try SwipeGatherer(
                profile: profile, reportBytes: source.device.reports.inputReportBytes,
                arena: arena),
            report: try arena.take(capacity: Limits.reportBytesMaximum))
        let thread = Thread { [self] in
            // By itself: a name that it is given before its start does not reach the kernel.
            Thread.current.name = "swipeline-read"
            let ending = cargo.run { run($0, &$1, &$2) }
            handOff.end(ending ?? .finished)
            ended.signal()
        }
        thread.start()
    }

    /// Waits until the thread has ended, its locked memory is given back and its source let go. To
    /// be called once, after the hand-off is closed or the source has ended.
    public func join() { ended.wait() }

    private func run(
        _ source: any ReportSource, _ gatherer: inout SwipeGatherer, _ report: inout SecretBytes
    ) -> ReaderEnding {
        while handOff.waitUntilWanted() {
            if let ending = gather(source, &gatherer, &report) { return ending }
            do { handOff.put(try gatherer.release()) } catch { return .outOfMemory }
        }
        return .finished
    }

    /// Reads until a swipe is whole; the reason when none will be.
    private func gather(
        _ source: any ReportSource, _ gatherer: inout SwipeGatherer, _ report: inout SecretBytes
    ) -> ReaderEnding? {
        var progress = gatherer.progress
        while progress != .whole {
            let patience = gatherer.patienceMilliseconds
            let deadline =
                progress == .gathering ? time.now().adding(milliseconds: patience) : nil
            switch source.read(into: &report, until: deadline) {
            case .report(let moment):
                progress = report.withBytes { gatherer.take($0, at: moment) }
                report.wipe()
            case .timedOut: progress = gatherer.fellSilent()
            case .ended:
                progress = gatherer.fellSilent()
                if progress != .whole { return .finished }
            case .failed(let fault): return .failed(fault)
            }
        }
        return nil
    }
}

/// Carries what cannot be copied into the thread's closure, once.
private final class Cargo: Sendable {
    private struct Load: ~Copyable, Sendable {
        let source: any ReportSource
        var gatherer: SwipeGatherer
        var report: SecretBytes
    }
    private let load: Mutex<Load?>

    init(
        _ source: any ReportSource, gatherer: consuming SwipeGatherer, report: consuming SecretBytes
    ) {
        load = Mutex(Load(source: source, gatherer: gatherer, report: report))
    }

    func run<Result>(
        _ body: (any ReportSource, inout SwipeGatherer, inout SecretBytes) -> Result
    ) -> Result? {
        let taken = load.withLock { $0.take() }
        guard var taken else { return nil }
        return body(taken.source, &taken.gatherer, &taken.report)
    }
}
