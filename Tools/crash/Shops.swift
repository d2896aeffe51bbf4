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

    /// A scenario that nobody disturbs, counted.
    mutating func survey(_ scenario: Scenario) throws -> Survey {
        let shop = try next()
        return try shop.survey(try scenario.prepare(shop))
    }

    mutating func close() {
        shop?.close()
        shop = nil
        served = 0
    }
}

/// What a command does that nobody disturbs.
struct Survey {
    let course: Report.Course
    /// How many lines it tells.
    let told: Int
}

extension Shop {
    /// Runs a command undisturbed, and counts.
    func survey(_ command: [String]) throws -> Survey {
        let (result, report) = try till(command, disturbed: ["--folder", journal])
        guard case .ended(let course) = report, course.changes > 0 else {
            throw Mishap("\(command[0]) never touched its journal: \(report)")
        }
        try endFaults()
        try reconcile()
        return Survey(course: course, told: result.lines.count)
    }
}
