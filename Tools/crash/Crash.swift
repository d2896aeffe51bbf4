import ArgumentParser
import Foundation
import RunLog

/// Kills the real till at its system calls, against the real emulator, and judges by what the
/// emulator holds. docs/protocol.md, "Tried on the real program".
@main
struct Crash: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crash",
        abstract: "Kills the till at every system call, restarts it, and asks who was charged.",
        discussion: "Run in the project's folder. Exit codes: 0 nothing is wrong, 1 something is.")

    @Option(help: "Points of each scenario, spread evenly; all there are without it.")
    var points: Int?
    @Option(help: "The same with something worse than a restart after it.")
    var worse: Int?
    @Option(help: "Stops of each scenario that are taken for the same as a point.")
    var same = 24
    @Option(help: "Every so many-th disk fault; 0 for none.")
    var faultStep = 1
    @Option(help: "Only the scenarios whose names contain this.")
    var only = ""
    @Option(help: "Scenarios at once; they wait more than they work.")
    var jobs = 2 * ProcessInfo.processInfo.activeProcessorCount
    @Option(help: "What the sampled stops and the second kills are drawn by.")
    var seed: UInt64 = 1
    @Option(help: "A file of what has been tried, with which a run goes on where it was ended.")
    var log: String?

    func run() throws {
        var plan = Plan(log: try RunLog(log, programs: try Programs.fingerprint()))
        plan.points = points ?? .max
        plan.worse = worse ?? .max
        plan.same = same
        plan.faultStep = faultStep
        plan.seed = seed
        let tally = Tally()
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = max(1, jobs)
        // A long run leaves the machine to others.
        queue.qualityOfService = .utility
        for errand in errands {
            queue.addOperation { [plan] in
                do { try plan.run(errand, tally) } catch { tally.note(mishap: "\(error)") }
            }
        }
        queue.waitUntilAllOperationsAreFinished()
        guard tally.tell() else { throw ExitCode.failure }
    }

    private var errands: [Errand] {
        let scenarios = Scenario.allCases.filter { only.isEmpty || $0.rawValue.contains(only) }
        var errands = Control.allCases.map { Errand.control($0) } + scenarios.map { .kill($0) }
        if faultStep > 0 { errands += scenarios.map { .spoilDisk($0) } }
        if worse != 0 { errands += scenarios.map { .worse($0) } }
        return errands
    }
}
