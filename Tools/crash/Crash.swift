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

    @Option(help: "Points of each scenario, spread evenly; 0 takes every stop there is.")
    var points = 260
    @Option(help: "Points of each scenario with something worse than a restart after it.")
    var worse = 30
    @Option(help: "Every so many-th disk fault; 0 for none.")
    var faultStep = 1
    @Option(help: "Only the scenarios whose names contain this.")
    var only = ""
    @Option(help: "What the sampled stops of second kills are drawn by.")
    var seed: UInt64 = 1

    func run() throws {
        var tally = Tally()
        let controls = try runControls()
        for scenario in Scenario.allCases where matches(scenario.rawValue) {
            try kill(scenario, &tally)
        }
        if faultStep > 0 { try spoilDisk(&tally) }
        tally.tell()
        say(
            "\(tally.points) points, \(tally.violations) violations; "
                + "\(controls.found) of \(controls.planted) planted wrongs found")
        guard tally.violations == 0, controls.found == controls.planted else {
            throw ExitCode.failure
        }
    }

    private func matches(_ name: String) -> Bool { only.isEmpty || name.contains(only) }

    private func runControls() throws -> (found: Int, planted: Int) {
        var found = 0
        for control in Control.allCases {
            // What is done wrong stays in the ledger: a shop for each.
            let shop = try Shop()
            defer { shop.close() }
            let isFound = try control.isFound(in: shop)
            found += isFound ? 1 : 0
            say("planted: \(control.rawValue): \(isFound ? "found" : "NOT FOUND")")
        }
        return (found, Control.allCases.count)
    }

    private func kill(_ scenario: Scenario, _ tally: inout Tally) throws {
        var shops = Shops(isWarm: scenario != .firstSale)
        defer { shops.close() }
        let course = try shops.course(of: scenario)
        let recovery = try shops.course(of: .reconcileCharged)
        var random = SplitMix(seed: seed)
        for aftermath in Trial.Aftermath.allCases {
            // A folder that is only coming to be has no earlier syncs to go back to.
            if scenario == .firstSale, aftermath == .powerCut { continue }
            let wanted = aftermath == .restart ? points : worse
            let began = Date()
            let stops = Self.sample(course, wanted, beforeJournal: aftermath == .restart)
            for stop in stops {
                var trial = Trial(scenario: scenario, aftermath: aftermath, stop: stop)
                trial.restartStop = random.next(in: recovery.first...recovery.stops)
                tally.add(
                    .init(scenario.rawValue, aftermath.rawValue, course.stops),
                    try trial.run(in: try shops.next()), since: began)
            }
        }
    }

    /// Stops, evenly: a tenth of them before the journal is touched, where only the program's
    /// loading can be disturbed, the others behind it.
    private static func sample(_ course: Report.Course, _ wanted: Int, beforeJournal: Bool) -> [Int]
    {
        if wanted == 0 { return Array(1...course.stops) }
        let early = beforeJournal ? wanted / 10 : 0
        return spread(1..<course.first, early)
            + spread(course.first..<course.stops + 1, wanted - early)
    }

    private static func spread(_ range: Range<Int>, _ wanted: Int) -> [Int] {
        guard wanted < range.count else { return Array(range) }
        return (0..<wanted).map { range.lowerBound + $0 * range.count / wanted }
    }

    private func spoilDisk(_ tally: inout Tally) throws {
        for command in DiskFaults.Command.allCases where matches(command.rawValue) {
            var shops = Shops(isWarm: true)
            defer { shops.close() }
            let shop = try shops.next()
            let course = try shop.course(try command.prepare(shop))
            for kind in DiskFaults.Kind.allCases {
                let began = Date()
                for call in stride(from: 1, through: course.calls, by: faultStep) {
                    let fault = DiskFaults(command: command, kind: kind, call: call)
                    tally.add(
                        .init(command.rawValue, "disk: \(kind.rawValue)", course.calls),
                        try fault.run(in: try shops.next()), since: began)
                }
            }
        }
    }
}
