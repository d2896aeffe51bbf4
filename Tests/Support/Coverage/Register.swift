public import Foundation

/// All rows that there are, and those that no test shows with the reason why.
public struct Register: Sendable {
    /// A kind of row: a file of them.
    public struct Kind: Sendable {
        /// Its heading.
        public let title: String
        /// Its rows.
        public let rows: [CoverageRow]
    }

    /// The rows by kind, in the order of the page.
    public let kinds: [Kind]
    /// Why a row is left out, by its id.
    public let leftOut: [String: String]
    /// Why no request yields an error code, by the code.
    public let codesWithoutRequest: [String: String]

    /// All rows.
    public var rows: [CoverageRow] { kinds.flatMap(\.rows) }
    /// The rows that tests show.
    public var shown: [CoverageRow] { rows.filter { leftOut[$0.id] == nil } }

    /// This project's folder.
    public static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// This project's rows.
    public static let project = Register(at: folder.appending(path: "Tests/CoverageRows"))

    private static let files: KeyValuePairs = [
        "endpoints": "Endpoints", "request-fields": "Members of requests",
        "role-options": "Options of a role", "report-filters": "Filters of the report",
        "response-fields": "Members of answers", "webhook-fields": "Members of messages",
        "rules": "Rules", "response-codes": "Response codes", "error-codes": "Error codes",
        "test-cards": "Test cards", "recovered": "What the document lost",
        "inconsistencies": "Contradictions and gaps",
    ]

    /// Reads the rows of a folder; a file that cannot be read has none.
    public init(at folder: URL) {
        func lines(_ name: String) -> [Substring] {
            let url = folder.appending(path: "\(name).txt")
            let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
            return text.split(separator: "\n")
        }
        kinds = Self.files.map { Kind(title: $1, rows: Self.rows(lines($0))) }
        func reasons(_ name: String) -> [String: String] {
            Dictionary(Self.rows(lines(name)).map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        }
        leftOut = reasons("left-out")
        codesWithoutRequest = reasons("codes-without-request")
    }

    /// A line is a section, behind an @, or an id and a name.
    private static func rows(_ lines: [Substring]) -> [CoverageRow] {
        var section = ""
        return lines.compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return nil }
            if parts[0] == "@" {
                section = parts[1]
                return nil
            }
            return CoverageRow(id: parts[0], section: section, name: parts[1])
        }
    }
}
