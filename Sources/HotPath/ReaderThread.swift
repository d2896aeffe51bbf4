internal import Foundation
public import Readers
public import Secrets
internal import Synchronization
public import Timeline
internal import Values

/// The thread of one reader: it reads reports, gathers them to swipes and hands those over. It
/// decides nothing.
public final class ReaderThread: Sendable {
    private let source: any ReportSource
    private let time: any TimeSource
    private let handOff: SwipeHandOff
    private let mustStop = Atomic<Bool>(false)

    /// A thread that is not yet running.
    public init(_ source: any ReportSource, to handOff: SwipeHandOff, time: any TimeSource) {
        self.source = source
        self.handOff = handOff
        self.time = time
    }

    /// Starts the thread.
    /// - Throws: ``SecretError`` when there is no locked memory for reports.
    public func start(profile: ReaderProfile, arena: SecretArena) throws(SecretError) {
        let gatherer = try SwipeGatherer(profile: profile, arena: arena)
        let report = try arena.take(capacity: Limits.reportBytesMaximum)
        let cargo = Cargo(gatherer, report)
        let thread = Thread { [self] in
            cargo.run { gatherer, report in handOff.end(run(&gatherer, &report)) }
        }
        thread.name = "swipeline-reader"
        thread.start()
    }

    /// Lets the thread end after the read that it is in.
    public func stop() { mustStop.store(true, ordering: .relaxed) }

    private func run(
        _ gatherer: inout SwipeGatherer, _ report: inout SecretBytes
    ) -> ReaderEnding {
        var progress = SwipeGatherer.Progress.idle
        while !mustStop.load(ordering: .relaxed) {
            report.wipe()
            let isGathering = progress == .gathering
            let silence = SwipeGatherer.silenceMilliseconds
            let deadline = isGathering ? time.now().adding(milliseconds: silence) : nil
            switch source.read(into: &report, until: deadline) {
            case .report(let moment):
                progress = report.withBytes { gatherer.take($0, at: moment) }
            case .timedOut: progress = gatherer.fellSilent()
            case .ended:
                guard gatherer.fellSilent() == .whole else { return .finished }
                progress = .whole
            case .failed(let fault): return .failed(fault)
            }
            if progress == .whole {
                do { handOff.put(try gatherer.release()) } catch { return .outOfMemory }
                progress = .idle
            }
        }
        return .finished
    }
}

/// Carries what cannot be copied into the thread's closure, once.
private final class Cargo: Sendable {
    private struct Load: ~Copyable, Sendable {
        var gatherer: SwipeGatherer
        var report: SecretBytes
    }
    private let load: Mutex<Load?>

    init(_ gatherer: consuming SwipeGatherer, _ report: consuming SecretBytes) {
        load = Mutex(Load(gatherer: gatherer, report: report))
    }

    func run(_ body: (inout SwipeGatherer, inout SecretBytes) -> Void) {
        let taken = load.withLock { $0.take() }
        guard var taken else { return }
        body(&taken.gatherer, &taken.report)
    }
}
