import ArgumentParser
import Foundation

/// Kills the real till at its system calls, against the real emulator, and judges by what the
/// emulator holds. docs/protocol.md, "Tried on the real program".
@main
struct Crash: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crash",
        abstract: "Kills the till at every system call, restarts it, and asks who was charged.",
        discussion: "Run in the project's folder. Exit codes: 0 nothing is wrong, 1 something is.")

    @Option(help: "Points of each scenario, spread evenly; a million takes every stop there is.")
    var points = 240
    @Option(help: "Points of each scenario with something worse than a restart after it.")
    var worse = 20
    @Option(help: "Every so many-th disk fault; 0 for none.")
    var faultStep = 1
    @Option(help: "Only the scenarios whose names contain this.")
    var only = ""
    @Option(help: "Scenarios at once.")
    var jobs = ProcessInfo.processInfo.activeProcessorCount
    @Option(help: "What the sampled stops of second kills are drawn by.")
    var seed: UInt64 = 1

    func run() throws {
        var plan = Plan()
        plan.points = points
        plan.worse = worse
        plan.faultStep = faultStep
        plan.seed = seed
        let tally = Tally()
        var errands = Control.allCases.map { Errand.control($0) }
        errands += Scenario.allCases.filter { matches($0.rawValue) }.map { Errand.kill($0) }
        if faultStep > 0 {
            errands += DiskFaults.Command.allCases.filter { matches($0.rawValue) }
                .map { Errand.spoilDisk($0) }
        }
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = max(1, jobs)
        for errand in errands {
            queue.addOperation { [plan] in
                do { try plan.run(errand, tally) } catch { tally.note(mishap: "\(error)") }
            }
        }
        queue.waitUntilAllOperationsAreFinished()
        guard tally.tell() else { throw ExitCode.failure }
    }

    private func matches(_ name: String) -> Bool { only.isEmpty || name.contains(only) }
}
