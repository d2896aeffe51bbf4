/// Where card data could be left behind.
public enum Channel: String, CaseIterable, Sendable {
    case output
    case errors
    case screen
    case file
    case socket
    case arguments
    case environment
    case crash
    case memory
    case core

    /// As a table names it.
    public var name: String {
        switch self {
        case .output: "standard output"
        case .errors: "standard error"
        case .screen: "the terminal's screen"
        case .file: "files and pipes"
        case .socket: "sockets, the wire"
        case .arguments: "arguments"
        case .environment: "environment"
        case .crash: "crash output"
        case .memory: "memory"
        case .core: "core files"
        }
    }
}

/// What was found where, and in how much.
public struct Findings: Sendable {
    /// One row of the table.
    public struct Row: Sendable {
        /// What was found.
        public var tally = Tally()
        /// How much was searched, in bytes.
        public var bytes = 0
        /// How many times it was searched.
        public var looks = 0
    }

    /// The rows that there are.
    public private(set) var rows: [Channel: Row] = [:]

    /// Nothing searched.
    public init() {}

    /// All that was found.
    public var total: UInt64 { rows.values.reduce(0) { $0 + $1.tally.total } }

    mutating func add(_ tally: Tally, bytes: Int, in channel: Channel) {
        rows[channel, default: Row()].tally.add(tally)
        rows[channel, default: Row()].bytes += bytes
        rows[channel, default: Row()].looks += 1
    }

    /// Adds what was found elsewhere.
    public mutating func add(_ other: Findings) {
        for (channel, row) in other.rows {
            rows[channel, default: Row()].tally.add(row.tally)
            rows[channel, default: Row()].bytes += row.bytes
            rows[channel, default: Row()].looks += row.looks
        }
    }

    /// The cells that hold something, of `rows` by `CanaryForm`.
    public var cellsFound: Int {
        rows.values.reduce(0) { sum, row in
            sum + CanaryForm.allCases.count { row.tally[$0] > 0 }
        }
    }

    /// As lines of a table in Markdown.
    public var table: [String] {
        let forms = CanaryForm.allCases
        let head = ["where", "searched"] + forms.map(\.name)
        let rule = head.map { _ in "---" }
        let lines = Channel.allCases.compactMap { channel -> [String]? in
            guard let row = rows[channel] else { return nil }
            return [channel.name, "\(row.looks) x, \(Self.size(row.bytes))"]
                + forms.map { String(row.tally[$0]) }
        }
        return ([head, rule] + lines).map { "| " + $0.joined(separator: " | ") + " |" }
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 10_240
            ? "\(bytes) B" : bytes < 10_485_760 ? "\(bytes >> 10) KiB" : "\(bytes >> 20) MiB"
    }
}
