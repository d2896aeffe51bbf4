import Foundation
import GRDB
import Seeded

/// One way of altering a journal's files behind its back.
struct Tamper {
    let place: TestJournal
    /// The same journal at an earlier time.
    let earlier: TestJournal
    /// Another journal of the same lane.
    let stranger: TestJournal
    var chance: SeededNumbers

    /// The ways.
    enum Way: CaseIterable {
        case column, deletedRow, duplicatedRow, swappedRows, renumberedRow, cutTail
        case flippedBit, cutLog, swappedAnchor, alteredAnchor, swappedKey, olderDatabase, structure
    }

    /// Alters the files; the words say how.
    mutating func alter(_ way: Way) throws -> String {
        switch way {
        case .column: try column()
        case .deletedRow: try sql("DELETE FROM", row())
        case .duplicatedRow: try duplicate()
        case .swappedRows: try swap()
        case .renumberedRow: try renumber()
        case .cutTail: try cutTail()
        case .flippedBit: try flip(["journal.sqlite", "journal.sqlite-wal"])
        case .cutLog: try cutLog()
        case .swappedAnchor: try bring("journal.anchor")
        case .alteredAnchor: try flip(["journal.anchor"])
        case .swappedKey: try Bool.random(using: &chance) ? bring("chain.key") : flip(["chain.key"])
        case .olderDatabase: try olderDatabase()
        case .structure: try structure()
        }
    }

    private static let columns: [(table: String, column: String)] = [
        ("audit", "at"), ("audit", "body"), ("audit", "mac"), ("attempt", "head"),
        ("attempt", "state"), ("attempt", "ticket"), ("attempt", "decidedAt"),
        ("attempt", "sequence"), ("attempt", "tillKey"), ("wish", "ticket"), ("wish", "head"),
        ("journal", "lane"),
        ("journal", "number"), ("journal", "cut"), ("journal", "cutMAC"),
        ("journal", "cutSequence"),
    ]

    /// SQL on the database, as somebody with a program for it would.
    private func change<Value>(_ body: (Database) throws -> Value) throws -> Value {
        let queue = try DatabaseQueue(path: place.database.path)
        defer { try? queue.close() }
        return try queue.write(body)
    }

    /// A table and the beginning of a condition that names one of its rows.
    private mutating func row(of table: String? = nil) throws -> (table: String, condition: String)
    {
        let table =
            table ?? ["audit", "attempt", "wish", "journal"].randomElement(using: &chance) ?? ""
        let key = ["audit": "number", "attempt": "sequence", "wish": "ticket"][table] ?? "id"
        let keys = try change { database in
            try DatabaseValue.fetchAll(database, sql: "SELECT \(key) FROM \(table)")
        }
        let chosen = keys.randomElement(using: &chance) ?? .null
        let literal =
            switch chosen.storage {
            case .int64(let number): String(number)
            case .string(let text): "'\(text)'"
            default: "NULL"
            }
        return (table, "\(key) = \(literal)")
    }

    private func sql(_ verb: String, _ row: (table: String, condition: String)) throws -> String {
        let text = "\(verb) \(row.table) WHERE \(row.condition)"
        try change { try $0.execute(sql: text) }
        return text
    }

    private mutating func column() throws -> String {
        let (table, column) = Self.columns.randomElement(using: &chance) ?? ("", "")
        let (_, condition) = try row(of: table)
        let old = try change { database in
            try DatabaseValue.fetchOne(
                database, sql: "SELECT \(column) FROM \(table) WHERE \(condition)") ?? .null
        }
        let new = altered(old)
        try change { database in
            try database.execute(
                sql: "UPDATE OR IGNORE \(table) SET \(column) = ? WHERE \(condition)",
                arguments: [new])
        }
        return "\(table).\(column) where \(condition)"
    }

    private mutating func altered(_ value: DatabaseValue) -> DatabaseValue {
        switch value.storage {
        case .int64(let number):
            return (number ^ (1 << Int64.random(in: 0..<20, using: &chance))).databaseValue
        case .string(let text):
            let words = ["intent", "approved", "declined", "T-" + text, String(text.dropLast())]
            return (words.filter { $0 != text }.randomElement(using: &chance) ?? "").databaseValue
        case .blob(var bytes):
            let index = Int.random(in: 0..<bytes.count, using: &chance)
            bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
            return bytes.databaseValue
        default: return 1.databaseValue
        }
    }

    private mutating func duplicate() throws -> String {
        let table = ["audit", "attempt", "wish"].randomElement(using: &chance) ?? ""
        let (_, condition) = try row(of: table)
        let columns = [
            "audit": "(SELECT max(number) + 1 FROM audit), at, body, mac",
            "attempt":
                "(SELECT max(sequence) + 1 FROM attempt), head, state, ticket, decidedAt, NULL",
            "wish": "ticket || '-2', head",
        ]
        try change { database in
            try database.execute(
                sql: """
                    INSERT INTO \(table) SELECT \(columns[table] ?? "*") FROM \(table)
                    WHERE \(condition)
                    """)
        }
        return "\(table) twice where \(condition)"
    }

    private mutating func swap() throws -> String {
        let count = try count()
        let first = Int.random(in: 1..<count, using: &chance)
        let second = Int.random(in: (first + 1)...count, using: &chance)
        try change { database in
            for (from, to) in [(first, -1), (second, first), (-1, second)] {
                try database.execute(
                    sql: "UPDATE audit SET number = ? WHERE number = ?", arguments: [to, from])
            }
        }
        return "changes \(first) and \(second) swapped"
    }

    private mutating func renumber() throws -> String {
        let count = try count()
        let from = Int.random(in: 1...count, using: &chance)
        let text = "UPDATE audit SET number = number + 1000 WHERE number >= \(from)"
        try change { try $0.execute(sql: text) }
        return text
    }

    private func count() throws -> Int {
        try change { try Int.fetchOne($0, sql: "SELECT count(*) FROM audit") ?? 0 }
    }

    /// The last changes gone, and the tables made to fit as far as that is done without the key.
    private mutating func cutTail() throws -> String {
        let first = Int.random(in: 2...(try count()), using: &chance)
        let isThorough = Bool.random(using: &chance)
        try change { database in
            try database.execute(sql: "DELETE FROM audit WHERE number >= \(first)")
            guard isThorough else { return }
            try database.execute(sql: "DELETE FROM attempt WHERE head >= \(first)")
            try database.execute(sql: "DELETE FROM wish WHERE head >= \(first)")
        }
        return "changes from \(first) cut"
    }

    private mutating func structure() throws -> String {
        let words =
            [
                "DROP INDEX attemptOfTicket", "DROP TABLE wish", "DELETE FROM grdb_migrations",
                """
                CREATE TRIGGER late AFTER INSERT ON attempt BEGIN
                UPDATE attempt SET ticket = 'X' WHERE sequence = new.sequence; END
                """, "CREATE TABLE other (id)", "INSERT INTO grdb_migrations VALUES ('99')",
            ].randomElement(using: &chance) ?? ""
        try change { try $0.execute(sql: words) }
        return words
    }

    // MARK: Files

    private mutating func flip(_ names: [String]) throws -> String {
        let name =
            names.filter { FileManager.default.fileExists(atPath: place.file($0).path) }
            .randomElement(using: &chance) ?? ""
        var bytes = try Data(contentsOf: place.file(name))
        guard !bytes.isEmpty else { return "nothing" }
        let index = Int.random(in: 0..<bytes.count, using: &chance)
        bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
        try write(bytes, name)
        return "\(name) byte \(index)"
    }

    private mutating func cutLog() throws -> String {
        let name = "journal.sqlite-wal"
        let bytes = try Data(contentsOf: place.file(name))
        let count = Int.random(in: 0..<bytes.count, using: &chance)
        try write(bytes.prefix(count), name)
        return "log cut to \(count) of \(bytes.count)"
    }

    /// The file of another journal, or none. An older anchor of the same journal is no damage: a
    /// power cut leaves one.
    private mutating func bring(_ name: String) throws -> String {
        if Bool.random(using: &chance) {
            try FileManager.default.removeItem(at: place.file(name))
            return "\(name) removed"
        }
        try write(try Data(contentsOf: stranger.file(name)), name)
        return "\(name) of another journal"
    }

    private mutating func olderDatabase() throws -> String {
        try? FileManager.default.removeItem(at: place.file("journal.sqlite-wal"))
        for name in ["journal.sqlite", "journal.sqlite-wal"] {
            let file = earlier.file(name)
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            try write(try Data(contentsOf: file), name)
        }
        return "an older database"
    }

    private func write(_ bytes: Data, _ name: String) throws {
        try bytes.write(to: place.file(name))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: place.file(name).path)
    }
}
