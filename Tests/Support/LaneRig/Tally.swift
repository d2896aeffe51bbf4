/// Cases and verdicts by kind.
public struct Tally: Sendable {
    /// One kind's.
    public struct Row: Sendable {
        /// How many cases.
        public var cases = 0
        /// With every word right and the money where it should be.
        public var right = 0
        /// Still in doubt, with a reason and an alarm.
        public var doubt = 0
        /// Wrong and told with an alarm.
        public var alarmed = 0
        /// Wrong in silence, or where it may not be.
        public var violations = 0
    }

    /// The kinds in the order in which they came.
    public private(set) var kinds: [String] = []
    /// The rows by kind.
    public private(set) var rows: [String: Row] = [:]
    /// What was wrong, with the case that shows it.
    public private(set) var violations: [String] = []

    /// Doubts and alarms where they may be, with the case that shows them.
    public private(set) var others: [String] = []

    /// Nothing counted.
    public init() {}

    /// Counts a verdict of a kind, and keeps the place of what is not right. Where a case breaks an
    /// assumption of the protocol and may fail, doubt and alarms are right.
    public mutating func count(
        _ verdict: Verdict, _ kind: String, mayFail: Bool, _ place: @autoclosure () -> String
    ) {
        if rows[kind] == nil { kinds.append(kind) }
        var row = rows[kind] ?? Row()
        row.cases += 1
        var fault: String?
        switch verdict {
        case .right: row.right += 1
        case .doubt where mayFail:
            row.doubt += 1
            others.append("\(kind), \(place()): in doubt")
        case .alarmed(let text) where mayFail:
            row.alarmed += 1
            others.append("\(kind), \(place()): \(text)")
        case .doubt: fault = "in doubt to the end"
        case .alarmed(let text), .violation(let text): fault = text
        }
        if let fault {
            row.violations += 1
            violations.append("\(kind), \(place()): \(fault)")
        }
        rows[kind] = row
    }

    /// All rows in one.
    public var total: Row {
        rows.values.reduce(into: Row()) { sum, row in
            sum.cases += row.cases
            sum.right += row.right
            sum.doubt += row.doubt
            sum.alarmed += row.alarmed
            sum.violations += row.violations
        }
    }

    /// The rows as a table.
    public var lines: [String] {
        let head = Self.line("", ["cases", "right", "doubt", "alarmed", "violations"])
        let body = kinds.map { Self.line($0, rows[$0] ?? Row()) }
        return [head] + body + [Self.line("all", total)]
    }

    private static func line(_ name: String, _ row: Row) -> String {
        line(
            name,
            [row.cases, row.right, row.doubt, row.alarmed, row.violations].map(String.init))
    }

    private static func line(_ name: String, _ cells: [String]) -> String {
        padded(name, 28, left: true) + cells.map { padded($0, 11, left: false) }.joined()
    }

    private static func padded(_ text: String, _ width: Int, left: Bool) -> String {
        let room = String(repeating: " ", count: max(0, width - text.count))
        return left ? text + room : room + text
    }
}
