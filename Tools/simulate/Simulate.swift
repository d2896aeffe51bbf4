import ArgumentParser
import Dispatch
import Foundation
import LaneSimulation
import Synchronization

/// Lives through many lives of a lane and counts what went wrong.
@main
struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Many lives of a lane, made up from seeds: crashes, power cuts, a bad network.")

    @Option(help: "How many seeds.")
    var seeds = 100_000

    @Option(help: "The first seed.")
    var from: UInt64 = 1

    @Option(help: "Stop after so many seconds, whatever the number of seeds.")
    var seconds: Int?

    @Flag(help: "Also plant each fault of the list and demand that it is found.")
    var mutants = false

    func run() throws {
        let deadline = seconds.map { Date(timeIntervalSinceNow: Double($0)) }
        let started = Date()
        let totals = live(deadline)
        let took = max(0.001, Date().timeIntervalSince(started))
        print(
            "\(totals.lives) lives from seed \(from), \(totals.events) events in "
                + "\(Int(took)) s, \(Int(Double(totals.lives) / took)) a second; "
                + "\(totals.wrong.count) wrong")
        for (seed, violations) in totals.wrong.prefix(20) {
            print("  seed \(seed): \(violations.joined(separator: "; "))")
            if seeds == 1 {
                var life = Simulation(seed: seed)
                _ = life.run()
                life.holdings.forEach { print("    \($0)") }
            }
        }
        let isReplayed = (from..<from + 20).allSatisfy { seed in
            var one = Simulation(seed: seed)
            var other = Simulation(seed: seed)
            return one.run() == other.run()
        }
        print("each of 20 seeds replays exactly: \(isReplayed)")
        let isComplete = mutants ? plant() : true
        guard totals.wrong.isEmpty, isReplayed, isComplete else { throw ExitCode.failure }
    }

    private struct Totals {
        var lives = 0
        var events = 0
        var wrong: [(UInt64, [String])] = []
    }

    /// On all cores, a stripe of seeds each.
    private func live(_ deadline: Date?) -> Totals {
        let totals = Mutex(Totals())
        let stripes = ProcessInfo.processInfo.activeProcessorCount
        DispatchQueue.concurrentPerform(iterations: stripes) { stripe in
            var own = Totals()
            for number in stride(from: stripe, to: seeds, by: stripes) {
                if number % 64 == stripe, let deadline, Date() > deadline { break }
                var life = Simulation(seed: from + UInt64(number))
                _ = life.run()
                own.lives += 1
                own.events += life.eventCount
                if !life.violations.isEmpty {
                    own.wrong.append((from + UInt64(number), life.violations))
                }
            }
            totals.withLock { all in
                all.lives += own.lives
                all.events += own.events
                all.wrong += own.wrong
            }
        }
        return totals.withLock { $0 }
    }

    /// How many seeds each planted fault takes to be found.
    private func plant() -> Bool {
        var isComplete = true
        for mutant in Mutant.allCases {
            let found = (UInt64(1)...20_000).first { seed in
                var life = Simulation(seed: seed, mutant: mutant)
                _ = life.run()
                return !life.violations.isEmpty
            }
            print("planted \(mutant.rawValue): \(found.map { "found at seed \($0)" } ?? "MISSED")")
            if found == nil { isComplete = false }
        }
        return isComplete
    }
}
