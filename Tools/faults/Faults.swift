internal import ArgumentParser
internal import Foundation
internal import LaneRig

/// `faults`: the product's lane against the emulated gateway over TLS, with something going wrong
/// at every byte and by every switch. The gateway's ledger is the judge.
@main
internal struct Faults: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lets everything go wrong between a lane and its gateway, and counts.",
        discussion: "Exit codes: 0 no violation, 1 one or more.")

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
    @Option(help: "How many violations are told one by one.")
    var shown = 40

    @Flag(help: "Tells doubts and alarms one by one where they may be.")
    var others = false

    func run() throws {
        let start = Date()
        let runner = SceneRunner(try RigBase())
        var tally = Tally()
        if switches {
            let survey = SwitchSurvey(scenesOfEach: min(10, max(1, scenes)))
            try survey.run(runner, into: &tally) { _ in }
            try survey.run(runner, pairs: pairs, from: seed, into: &tally)
        }
        if bytes {
            try ByteSurvey(stride: stride, first: first).run(runner, into: &tally) { Self.tell($0) }
        }
        tally.lines.forEach { print($0) }
        tally.violations.prefix(shown).forEach { print("VIOLATION: \($0)") }
        if others { tally.others.forEach { print("may be: \($0)") } }
        print("\(Int(Date().timeIntervalSince(start))) seconds")
        if !tally.violations.isEmpty { throw ExitCode(1) }
    }

    private static func tell(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}
