import Foundation

/// Runs files of rows by the table and says what became of them. Says names of rows and paths of
/// expectations, never a value: rows may hold what looks like a card.
struct Conformance {
    private(set) var lines: [String] = []
    private(set) var faults: [String] = []
    private(set) var rowsRun = 0
    private(set) var rowsSeen = 0

    /// Where a row or an expectation comes from; expects nothing.
    private static let provenance: Set<String> = [
        "source", "note", "licence", "quote", "verified", "verified_what", "checked_here",
    ]

    /// Runs every JSON file below a folder.
    mutating func run(folder: URL) {
        let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var files: [URL] = []
        while let url = walk?.nextObject() as? URL {
            if url.pathExtension == "json" { files.append(url) }
        }
        for file in files.sorted(by: { $0.path < $1.path }) {
            do {
                run(try Data(contentsOf: file), named: file.lastPathComponent)
            } catch {
                faults.append("\(file.lastPathComponent): cannot be read")
            }
        }
        if rowsSeen == 0 { faults.append("the folder holds no row") }
    }

    /// Runs the rows of one file.
    mutating func run(_ data: Data, named name: String, by table: [String: Plan] = Plan.table) {
        guard let plan = table[name] else {
            faults.append("\(name): the table does not name this file")
            return
        }
        guard let rows = Self.rows(data), !rows.isEmpty else {
            faults.append("\(name): no rows")
            return
        }
        rowsSeen += rows.count
        switch plan {
        case .pending(let capability):
            lines.append("\(name): \(rows.count) pending: \(capability)")
        case .prose(let tests):
            for row in rows.map(Self.name(of:)) where !Self.isNamed(row, in: tests) {
                faults.append("\(name), \(row): the table names no test")
            }
            let all = Set(tests.values).sorted().joined(separator: "; ")
            lines.append("\(name): \(rows.count) prose: \(all)")
        case .run(let runner):
            let excepted = rows.count { runner.exceptions[Self.name(of: $0)] != nil }
            for row in rows { run(row, of: name, by: runner) }
            rowsRun += rows.count - excepted
            lines.append("\(name): \(rows.count - excepted) run, \(excepted) excepted")
        }
    }

    private mutating func run(_ row: JSONValue, of file: String, by runner: Runner) {
        let name = Self.name(of: row)
        for path in row.paths().subtracting(runner.paths).sorted()
        where Self.provenance.isDisjoint(with: path.split(separator: ".").map(String.init)) {
            faults.append("\(file), \(name): the table does not name \(path)")
        }
        guard runner.exceptions[name] == nil else { return }
        do {
            for path in try runner.check(row) { faults.append("\(file), \(name): \(path)") }
        } catch {
            faults.append("\(file), \(name): the row could not be run")
        }
    }

    /// True when the table has the row's name, or its beginning and a `*`.
    private static func isNamed(_ row: String, in tests: [String: String]) -> Bool {
        tests.keys.contains { key in
            key == row || (key.hasSuffix("*") && row.hasPrefix(key.dropLast()))
        }
    }

    private static func rows(_ data: Data) -> [JSONValue]? {
        guard let document = try? JSONDecoder().decode(JSONValue.self, from: data) else {
            return nil
        }
        return document["vectors"]?.list ?? document["cases"]?.list
    }

    private static func name(of row: JSONValue) -> String {
        row["name"]?.text ?? row["id"]?.text ?? "a row without a name"
    }
}
