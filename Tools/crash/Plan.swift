import Foundation

/// A thing to be done in shops of its own.
enum Errand: Sendable {
    case control(Control)
    case kill(Scenario)
    case spoilDisk(DiskFaults.Command)
}

/// How much of everything is tried.
struct Plan: Sendable {
    var points = 0
    var worse = 0
    var faultStep = 1
    var seed: UInt64 = 1

    func run(_ errand: Errand, _ tally: Tally) throws {
        switch errand {
        case .control(let control):
            // What is done wrong stays in the ledger: a shop for each.
            let shop = try Shop()
            defer { shop.close() }
            tally.add(control, isFound: try control.isFound(in: shop))
        case .kill(let scenario): try kill(scenario, tally)
        case .spoilDisk(let command): try spoilDisk(command, tally)
        }
    }

    private func kill(_ scenario: Scenario, _ tally: Tally) throws {
        var shops = Shops(isWarm: scenario != .firstSale)
        defer { shops.close() }
        let course = try shops.course(of: scenario)
        let recovery = try shops.course(of: .reconcileCharged)
        var random = SplitMix(seed: seed)
        for aftermath in Trial.Aftermath.allCases {
            // A folder that is only coming to be has no earlier syncs to go back to.
            if scenario == .firstSale, aftermath == .powerCut { continue }
            let wanted = aftermath == .restart ? points : worse
            let row = Tally.Row(scenario.rawValue, aftermath.rawValue, course.stops)
            let began = Date()
            let stops = Self.sample(course, wanted, beforeJournal: aftermath == .restart)
            for stop in stops {
                var trial = Trial(scenario: scenario, aftermath: aftermath, stop: stop)
                trial.restartStop = random.next(in: recovery.first...recovery.stops)
                tally.add(row, try trial.run(in: try shops.next()), since: began)
            }
            tally.tell(row)
        }
    }

    /// Stops, evenly: a tenth of them before the journal is touched, where only the program's
    /// loading can be disturbed, the others behind it.
    private static func sample(_ course: Report.Course, _ wanted: Int, beforeJournal: Bool) -> [Int]
    {
        if wanted >= course.stops { return Array(1...course.stops) }
        let early = beforeJournal ? wanted / 10 : 0
        return spread(1..<course.first, early)
            + spread(course.first..<course.stops + 1, wanted - early)
    }

    private static func spread(_ range: Range<Int>, _ wanted: Int) -> [Int] {
        guard wanted < range.count else { return Array(range) }
        return (0..<wanted).map { range.lowerBound + $0 * range.count / wanted }
    }

    private func spoilDisk(_ command: DiskFaults.Command, _ tally: Tally) throws {
        var shops = Shops(isWarm: true)
        defer { shops.close() }
        let shop = try shops.next()
        let course = try shop.course(try command.prepare(shop))
        for kind in DiskFaults.Kind.allCases {
            let row = Tally.Row(command.rawValue, "disk: \(kind.rawValue)", course.calls)
            let began = Date()
            for call in stride(from: 1, through: course.calls, by: faultStep) {
                let fault = DiskFaults(command: command, kind: kind, call: call)
                tally.add(row, try fault.run(in: try shops.next()), since: began)
            }
            tally.tell(row)
        }
    }
}
