import Foundation
import Journal

/// What a killed till leaves behind, as far as anybody can see it: the journal's new lines, what
/// the gateway has of them, and what was printed. Names and times are left out, so that two deaths
/// can be compared.
struct World {
    let lines: [Line]
    let ledger: Ledger

    /// What the till added to an earlier world.
    func added(to before: World, printed: [[String: Any]]) -> String {
        let earlier = Dictionary(before.lines.map { ($0.reference, $0.state) }) { one, _ in one }
        let told = Set(printed.compactMap { $0["reference"] as? String })
        var parts = lines.filter { earlier[$0.reference] != $0.state }.map { line in
            let row = ledger.rows[line.reference] ?? .none
            let word = told.contains(line.reference) ? ", told" : ""
            return "\(line.operation) \(line.state), \(row.posts) sent, \(row.live) live\(word)"
        }
        let known = Set(lines.map(\.reference))
        parts += ledger.rows.filter { before.ledger.rows[$0.key] != $0.value }
            .filter { !known.contains($0.key) || earlier[$0.key] != nil }
            .map { "ledger \($0.value.posts) \($0.value.live) \($0.value.liveCents)" }
        return parts.sorted().joined(separator: "; ")
    }
}

extension Shop {
    /// What anybody can see now. The journal is read from a copy, since a reader of SQLite's log
    /// may change it.
    func look() throws -> World { World(lines: try allLines(), ledger: try ledger()) }

    /// Every attempt of this journal and of earlier ones: the gateway remembers them all.
    func allLines() throws -> [Line] { earlier + (try journalLines()) }

    /// Every attempt of this journal; none where it cannot be read, and whatever it should have
    /// known is then lost.
    func journalLines() throws -> [Line] {
        do {
            return try reading { try $0.attempts(AttemptQuery(limit: .max)).map(Line.init) }
        } catch is JournalFault { return [] }
    }

    /// What is damaged in the journal.
    func damages() throws -> [String] {
        do {
            return try reading { try $0.verify { _ in }.damages.map(\.description) }
        } catch let fault as JournalFault { return [fault.description] }
    }

    private func reading<Value>(_ body: (Journal) throws -> Value) throws -> Value {
        let copy = "\(folder)/copy"
        try? FileManager.default.removeItem(atPath: copy)
        guard FileManager.default.fileExists(atPath: journal) else { throw JournalFault.missing }
        try FileManager.default.copyItem(atPath: journal, toPath: copy)
        return try body(try Journal.openForReading(copy))
    }
}
