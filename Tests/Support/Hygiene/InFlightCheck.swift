internal import Foundation

/// The till's own program, held by a gateway that does not answer the second of two payments: the
/// first card must be gone, the second is seen in memory, and no signal that kills the program
/// brings either out.
public struct InFlightCheck {
    /// What was found.
    public struct Result: Sendable {
        /// Of the card that was paid with, and in what crashes leave of either.
        public var findings = Findings()
        /// Of the card that is on its way, in memory: at least one, or nothing was looked at.
        public var inFlight: [UInt64] = []
        /// Of the same, in a core that root lets gdb write: the locked pages are left out of it,
        /// the processor's registers are not.
        public var inFlightCores: [UInt64] = []
    }

    static let signals = [SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGQUIT, SIGTRAP, SIGSYS]

    private let workshop: Workshop
    private let gateway: Gateway

    /// In a folder.
    public init(_ workshop: Workshop) throws {
        self.workshop = workshop
        gateway = try Gateway(workshop)
    }

    /// One life a signal, each in another layout.
    public func run(seed: UInt64, environment: [String] = []) throws -> Result {
        var result = Result()
        for (number, signal) in Self.signals.enumerated() {
            let layout = CanaryRecordings.clear[number % CanaryRecordings.clear.count]
            let canaries = Canary.make(2, seed: seed &+ UInt64(number))
            let recordings = try CanaryRecordings(canaries, in: workshop)
            try kill(
                try start(recordings.file(layout), environment), canaries, by: signal, &result)
        }
        return result
    }

    /// A replay of two swipes that waits for the answer to the second.
    private func start(_ file: String, _ environment: [String]) throws -> (Child, String) {
        let posts = gateway.posts
        gateway.answer(.silent, afterGood: 1)
        let place = try workshop.place()
        let child = try Child(
            Child.Plan(
                program: workshop.program("swipeline"),
                arguments: [
                    "replay", file, "--amount", "12.75", "--config",
                    try workshop.configuration(port: gateway.port),
                ].map { Array($0.utf8) },
                environment: (["HOME=\(place)", "TMPDIR=\(place)"] + environment)
                    .map { Array($0.utf8) },
                folder: place))
        try gateway.wait(forPosts: posts + 2)
        return (child, place)
    }

    private func kill(
        _ started: (child: Child, place: String), _ canaries: [Canary], by signal: Int32,
        _ result: inout Result
    ) throws {
        let memory = ProcessMemory(process: started.child.process)
        // The text of the recording, a dump of its reports, stays in memory until the replay ends.
        let forms = CanaryForm.allCases.filter { $0 != .dumped }
        let paid = CanarySearch([canaries[0]], forms: forms)
        let underway = CanarySearch([canaries[1]], forms: forms)
        let (tally, bytes) = try memory.search(paid)
        result.findings.add(tally, bytes: bytes, in: .memory)
        result.inFlight.append(try memory.search(underway).tally.total)
        let core = try workshop.core(of: started.child.process)
        result.findings.add(paid.tally(core), bytes: core.count, in: .core)
        result.inFlightCores.append(underway.tally(core).total)
        let errors = started.child.end(by: signal).errors
        let all = CanarySearch(canaries)
        result.findings.add(all.tally(errors), bytes: errors.count, in: .crash)
        result.findings.addFiles(below: started.place, all)
    }
}
