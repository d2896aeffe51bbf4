import Foundation

/// A line on standard output, at once: a run takes long.
func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

/// What was tried, and what came of it.
struct Tally {
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

    private var order: [Row] = []
    private var counts: [Row: Count] = [:]

    var points: Int { counts.values.reduce(0) { $0 + $1.points } }
    var violations: Int { counts.values.reduce(0) { $0 + $1.violations } }

    /// Counts a point; a violation is printed at once.
    mutating func add(_ row: Row, _ violation: Trial.Violation?, since: Date) {
        if counts[row] == nil { order.append(row) }
        var count = counts[row] ?? Count()
        count.points += 1
        count.seconds = Date().timeIntervalSince(since)
        if let violation {
            count.violations += 1
            say("VIOLATION \(violation.place)")
            violation.faults.forEach { say("  \($0)") }
        }
        counts[row] = count
    }

    func tell() {
        say("| scenario | then | places | tried | violations | seconds |")
        say("| --- | --- | --- | --- | --- | --- |")
        for row in order {
            let count = counts[row] ?? Count()
            say(
                "| \(row.scenario) | \(row.what) | \(row.places) | \(count.points) | "
                    + "\(count.violations) | \(Int(count.seconds)) |")
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
