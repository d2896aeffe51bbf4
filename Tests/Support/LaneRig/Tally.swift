/// Cases and verdicts by what went wrong, and by what that asks of the lane.
public struct Tally: Sendable {
    /// One kind's, or one grade's.
    public struct Row: Sendable {
        /// How many cases.
        public var cases = 0
        /// With every word right and the money where it should be.
        public var right = 0
        /// In doubt to the end, which was told with its reason and an alarm, where it may be so.
        public var doubt = 0
        /// Wrong with an alarm, where an assumption was broken.
        public var broken = 0
        /// Anything else: a wrong word, a wrong charge, a doubt that nobody was told of.
        public var violations = 0
    }

    /// The kinds in the order in which they came.
    public private(set) var kinds: [String] = []
    /// The rows by kind.
    public private(set) var rows: [String: Row] = [:]
    /// The rows by grade.
    public private(set) var grades: [FaultCase.Grade: Row] = [:]
    /// What was wrong, by the case's name.
    public private(set) var violations: [String] = []
    /// What broke an assumption and was told by an alarm, by the case's name.
    public private(set) var broken: [String] = []
    /// What stayed in doubt and was told so, by the case's name.
    public private(set) var doubts: [String] = []

    /// Nothing counted.
    public init() {}

    /// Counts what came of a case.
    public mutating func count(_ verdict: Verdict, of fault: FaultCase) {
        if rows[fault.kind] == nil { kinds.append(fault.kind) }
        rows[fault.kind, default: Row()].count(verdict, fault.grade)
        grades[fault.grade, default: Row()].count(verdict, fault.grade)
        let isBorne = fault.grade.bears(verdict)
        switch verdict {
        case .right: break
        case .doubt where isBorne: doubts.append("\(fault.name): in doubt")
        case .alarmed(let text) where isBorne: broken.append("\(fault.name): \(text)")
        case .doubt: violations.append("\(fault.name): in doubt to the end")
        case .alarmed(let text): violations.append("\(fault.name): \(text), with an alarm")
        case .violation(let text): violations.append("\(fault.name): \(text)")
        }
    }

    /// All rows in one.
    public var total: Row {
        rows.values.reduce(into: Row()) { sum, row in
            sum.cases += row.cases
            sum.right += row.right
            sum.doubt += row.doubt
            sum.broken += row.broken
            sum.violations += row.violations
        }
    }

    /// The rows as two tables.
    public var lines: [String] {
        let head = "cases | right | in doubt, told | assumption broken, alarm | violations |"
        let line = "| --- | --- | --- | --- | --- | --- |"
        return ["| what goes wrong | \(head)", line]
            + kinds.map { Self.line($0, rows[$0] ?? Row()) } + [Self.line("all", total)]
            + ["", "| what it asks: what may become of it | \(head)", line]
            + FaultCase.Grade.allCases.map {
                Self.line("\($0.rawValue): \($0.rule)", grades[$0] ?? Row())
            }
    }

    private static func line(_ name: String, _ row: Row) -> String {
        "| \(name) | \(row.cases) | \(row.right) | \(row.doubt) | \(row.broken) | "
            + "\(row.violations) |"
    }
}

extension Tally.Row {
    fileprivate mutating func count(_ verdict: Verdict, _ grade: FaultCase.Grade) {
        cases += 1
        guard grade.bears(verdict) else {
            violations += 1
            return
        }
        switch verdict {
        case .right: right += 1
        case .doubt: doubt += 1
        case .alarmed, .violation: broken += 1
        }
    }
}
