import Foundation
import Synchronization

/// A line on standard output, at once.
func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

/// What was tried, and what came of it.
final class Tally: Sendable {
    /// A row of the table.
    struct Row: Hashable {
        let scenario: String
        let what: String
        /// How many places there are in all.
        let places: Int

        init(_ scenario: String, _ what: String, _ places: Int) {
            (self.scenario, self.what, self.places) = (scenario, what, places)
        }
    }

    private struct Count {
        var points = 0
        var violations = 0
        var seconds = 0.0
    }

    private struct State {
        var order: [Row] = []
        var counts: [Row: Count] = [:]
        var planted = 0
        var found = 0
        var mishaps = 0

        func line(_ row: Row) -> String {
            let count = counts[row] ?? Count()
            return "| \(row.scenario) | \(row.what) | \(row.places) | \(count.points) | "
                + "\(count.violations) | \(Int(count.seconds)) |"
        }
    }

    private let state = Mutex(State())
    private let began = Date()

    /// Counts a point; a violation is printed at once.
    func add(_ row: Row, _ violation: Trial.Violation?, since: Date) {
        state.withLock { state in
            if state.counts[row] == nil { state.order.append(row) }
            var count = state.counts[row] ?? Count()
            count.points += 1
            count.seconds = Date().timeIntervalSince(since)
            if let violation {
                count.violations += 1
                say("VIOLATION \(violation.place)")
                violation.faults.forEach { say("  \($0)") }
            }
            state.counts[row] = count
        }
    }

    /// Says how a row came out, as soon as it has: a run takes long.
    func tell(_ row: Row) { state.withLock { say("done: \($0.line(row))") } }

    func add(_ control: Control, isFound: Bool) {
        state.withLock { state in
            state.planted += 1
            state.found += isFound ? 1 : 0
            say("planted: \(control.rawValue): \(isFound ? "found" : "NOT FOUND")")
        }
    }

    /// Something that has nothing to do with the till went wrong, and a part was not tried.
    func note(mishap: String) {
        state.withLock { state in
            state.mishaps += 1
            say("MISHAP \(mishap)")
        }
    }

    /// Prints the table.
    /// - Returns: true when everything was tried and nothing is wrong.
    func tell() -> Bool {
        state.withLock { state in
            say("| scenario | what | places | tried | violations | seconds |")
            say("| --- | --- | --- | --- | --- | --- |")
            state.order.forEach { say(state.line($0)) }
            let points = state.counts.values.reduce(0) { $0 + $1.points }
            let violations = state.counts.values.reduce(0) { $0 + $1.violations }
            say(
                "\(points) points in \(Int(Date().timeIntervalSince(began))) s, "
                    + "\(violations) violations; "
                    + "\(state.found) of \(state.planted) planted wrongs found")
            return violations == 0 && state.mishaps == 0 && state.found == state.planted
        }
    }
}

/// Numbers that a seed makes, the same in every run. Source: Steele, Lea, Flood, "Fast splittable
/// pseudorandom number generators", 2014.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func next(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}

/// Shops for one scenario after another: each serves for a while.
struct Shops {
    /// False where each point has a journal of its own, which it begins.
    let isWarm: Bool
    private var shop: Shop?
    private var served = 0
    private static let patience = 60

    init(isWarm: Bool) { self.isWarm = isWarm }

    mutating func next() throws -> Shop {
        if served == Self.patience { close() }
        let open = try shop ?? Shop()
        if !isWarm {
            try open.beginJournal()
        } else if shop == nil {
            try open.warm()
        }
        shop = open
        served += 1
        return open
    }

    /// How many stops there are in a scenario that nobody disturbs.
    mutating func course(of scenario: Scenario) throws -> Report.Course {
        let shop = try next()
        return try shop.course(try scenario.prepare(shop))
    }

    mutating func close() {
        shop?.close()
        shop = nil
        served = 0
    }
}

extension Shop {
    /// Runs a command undisturbed, and counts.
    func course(_ command: [String]) throws -> Report.Course {
        let report = try till(command, disturbed: ["--folder", journal]).report
        guard case .ended(let course) = report, course.first > 0 else {
            throw Mishap("\(command[0]) never touched its journal: \(report)")
        }
        try endFaults()
        try reconcile()
        return course
    }
}
