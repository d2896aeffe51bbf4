internal import ArgumentParser
internal import Foundation
internal import LaneRig
internal import RunLog

/// `faults`: the product's lane against the emulated gateway over TLS, with something going wrong
/// at every byte and by every switch. The gateway's ledger is the judge.
@main
internal struct Faults: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lets everything go wrong between a lane and its gateway, and counts.",
        discussion: "Exit codes: 0 no violation, 1 one or more.")

    @Argument(help: "Cases by their names, which a violation tells; without them all there are.")
    var names: [String] = []
    @Option(help: "Of so many bytes one meets each kind of fault; 1 takes every byte.")
    var stride = 1
    @Option(help: "With --stride, which bytes: 0 to one less, so that parts make up the whole.")
    var first = 0
    @Option(help: "So many pairs of switches.")
    var pairs = 1000
    @Option(help: "In so many scenes each switch is tried, of ten.")
    var scenes = 10
    @Option(help: "The number of the first pair.")
    var seed: UInt64 = 1
    @Flag(inversion: .prefixedNo, help: "Faults at bytes.")
    var bytes = true
    @Flag(inversion: .prefixedNo, help: "The emulator's switches.")
    var switches = true
    @Flag(help: "Tells doubts one by one where they may be.")
    var doubts = false
    @Option(help: "A file of what has been tried, with which a run goes on where it was ended.")
    var log: String?

    func run() throws {
        let start = Date()
        let runner = SceneRunner(try RigBase())
        let log = try RunLog(log)
        var tally = Tally()
        for fault in try cases(runner) {
            let known = log.outcome(of: fault.name).flatMap(Verdict.init)
            let verdict = try known ?? runner.run(fault)
            if known == nil { log.note(fault.name, "\(verdict)") }
            if !names.isEmpty { print("\(fault.name): \(verdict)") }
            tally.count(verdict, of: fault)
        }
        tally.lines.forEach { print($0) }
        tally.violations.forEach { print("VIOLATION: \($0)") }
        tally.broken.forEach { print("assumption broken: \($0)") }
        if doubts { tally.doubts.forEach { print("may be: \($0)") } }
        print("\(Int(Date().timeIntervalSince(start))) seconds")
        if !tally.violations.isEmpty { throw ExitCode(1) }
    }

    private func cases(_ runner: SceneRunner) throws -> [FaultCase] {
        guard names.isEmpty else {
            return try names.map { name in
                guard let fault = FaultCase(name: name) else {
                    throw ValidationError("\(name) names no case")
                }
                return fault
            }
        }
        let survey = SwitchSurvey(scenesOfEach: min(10, max(1, scenes)))
        let ours = switches ? survey.cases + survey.pairs(pairs, from: seed) : []
        return ours + (bytes ? try ByteSurvey(stride: stride, first: first).cases(runner) : [])
    }
}
