import RunLog
import Seeded

/// A thing to be done in shops of its own.
enum Errand: Sendable {
    case control(Control)
    /// Kills.
    case kill(Scenario)
    /// Kills with something worse than a restart after them.
    case worse(Scenario)
    /// Faults of the disk.
    case spoilDisk(Scenario)
}

/// How much of everything is tried.
struct Plan: Sendable {
    /// Points of each scenario where the till is killed once; all of them with `Int.max`.
    var points = Int.max
    /// The same with something worse than a restart after it.
    var worse = Int.max
    /// Stops of each scenario that are taken for the same as others, drawn by the seed.
    var same = 0
    /// Every so many-th disk fault.
    var faultStep = 1
    var seed: UInt64 = 1
    var log: RunLog

    func run(_ errand: Errand, _ tally: Tally) throws {
        switch errand {
        case .control(let control):
            // What is done wrong stays in the ledger: a shop for each.
            let shop = try Shop()
            defer { shop.close() }
            tally.add(control, isFound: try control.isFound(in: shop))
        case .kill(let scenario): try kill(scenario, tally)
        case .worse(let scenario): try worse(scenario, tally)
        case .spoilDisk(let scenario): try spoilDisk(scenario, tally)
        }
    }

    // MARK: Kills

    private func kill(_ scenario: Scenario, _ tally: Tally) throws {
        var walk = Walk(log, tally, Shops(isWarm: scenario.isWarm))
        defer { walk.shops.close() }
        let course = try walk.shops.survey(scenario).course
        tally.add(course, of: scenario)
        let worlds = try kill(
            scenario, .restart, Self.numbers(points, of: course.points), course, &walk)
        let isWhole = points >= course.points
        try collapsed(scenario, course, &walk, isWhole ? worlds : nil)
    }

    private func worse(_ scenario: Scenario, _ tally: Tally) throws {
        var walk = Walk(log, tally, Shops(isWarm: scenario.isWarm))
        defer { walk.shops.close() }
        let course = try walk.shops.survey(scenario).course
        for aftermath in Trial.Aftermath.allCases where aftermath != .restart {
            if aftermath == .powerCut, !scenario.hasSyncs { continue }
            let count = aftermath.kind == .syncs ? course.syncs : course.points
            _ = try kill(scenario, aftermath, Self.numbers(worse, of: count), course, &walk)
        }
    }

    private func kill(
        _ scenario: Scenario, _ aftermath: Trial.Aftermath, _ numbers: Walk.Numbers,
        _ course: Report.Course, _ walk: inout Walk
    ) throws -> Set<String> {
        let restart = aftermath == .killedAgain ? try Self.restartPoints() : 1
        let kind = aftermath.kind
        let name = "\(scenario.rawValue)|\(aftermath.rawValue)|\(kind.rawValue)"
        let row = Tally.Row(
            scenario.rawValue, aftermath.name, of: kind == .syncs ? course.syncs : course.points)
        return try walk.go(name, row, numbers) { number, shop in
            var trial = Trial(
                scenario: scenario, aftermath: aftermath, place: Place(kind: kind, number: number))
            var random = SeededNumbers(seed: seed &+ UInt64(number))
            trial.restartPlace = Place(
                kind: .points, number: Int.random(in: 1...restart, using: &random))
            return try trial.run(in: shop)
        }
    }

    /// Kills at stops that are taken for the same as others: nothing may be wrong, and the death
    /// must leave a world that one at a point has left.
    private func collapsed(
        _ scenario: Scenario, _ course: Report.Course, _ walk: inout Walk, _ worlds: Set<String>?
    ) throws {
        var random = SeededNumbers(seed: seed)
        let numbers = (0..<min(same, course.same)).map { _ in
            Int.random(in: 1...course.same, using: &random)
        }
        let row = Tally.Row(scenario.rawValue, "killed at the same", of: course.same)
        _ = try walk.go("\(scenario.rawValue)|same", row, .these(numbers)) { number, shop in
            let trial = Trial(
                scenario: scenario, aftermath: .restart,
                place: Place(kind: .same, number: number))
            let outcome = try trial.run(in: shop)
            guard let worlds, !worlds.contains(outcome.world) else { return outcome }
            let place = "\(scenario.rawValue), \(trial.place)"
            let fault = "NEW: \(outcome.world)"
            return Trial.Outcome(
                wasKilled: outcome.wasKilled, world: outcome.world,
                violation: Trial.Violation(
                    place: place, faults: (outcome.violation?.faults ?? []) + [fault]))
        }
    }

    private static func restartPoints() throws -> Int {
        var shops = Shops(isWarm: true)
        defer { shops.close() }
        return try shops.survey(.reconcileCharged).course.points
    }

    private static func numbers(_ wanted: Int, of count: Int) -> Walk.Numbers {
        guard wanted < count else { return .all }
        return .these((0..<wanted).map { 1 + $0 * count / wanted })
    }

    // MARK: The disk

    private func spoilDisk(_ scenario: Scenario, _ tally: Tally) throws {
        var walk = Walk(log, tally, Shops(isWarm: scenario.isWarm))
        defer { walk.shops.close() }
        let survey = try walk.shops.survey(scenario)
        for kind in DiskFaults.Kind.allCases where kind != .lostSync || scenario.hasSyncs {
            let count = kind.calls(survey.course)
            let row = Tally.Row(scenario.rawValue, kind.name, of: count)
            let numbers = Array(stride(from: 1, through: count, by: faultStep))
            _ = try walk.go("\(scenario.rawValue)|\(kind.rawValue)", row, .these(numbers)) {
                try DiskFaults(scenario: scenario, kind: kind, call: $0, survey: survey).run(in: $1)
            }
        }
    }
}
