internal import Foundation
internal import GRDB

/// The ledger's file: a SQLite database, a row the whole state of one thing as JSON. A change is on
/// the disk before a client hears of it. It holds masked numbers and tokens, no expiry, no track
/// and no CVV.
internal final class LedgerStore {
    /// What is kept as JSON by its number; the raw value is the table's name.
    enum Table: String, CaseIterable {
        case entry, batch, recurringBill, settings, delivery, mail
    }

    /// A number that counts; the raw value is its name.
    enum Counter: String {
        case lastID, clockShift
    }

    /// "SWEM" in the file's head says that it is ours.
    private static let mark = 0x5357_454D
    private static let version = 1

    private let queue: DatabaseQueue
    private let encoder = JSONEncoder()

    /// Opens a file, made with mode 0600 if it is missing.
    /// - Throws: ``EmulatorError/store(_:)``
    init(_ path: String) throws(EmulatorError) {
        encoder.outputFormatting = .sortedKeys
        let path = URL(filePath: path).resolvingSymlinksInPath().path
        do {
            try Self.makeFile(path)
            var configuration = Configuration()
            // One emulator at a time: the lock is held for as long as the file is open.
            configuration.prepareDatabase {
                try $0.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            }
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { try Self.prepare($0) }
        } catch {
            throw .store(StoreFault(error))
        }
    }

    /// Makes a private file, its name on the disk, where there is none; what is there must be a
    /// file: a device may have no end.
    private static func makeFile(_ path: String) throws {
        let files = FileManager.default
        if !files.fileExists(atPath: path) {
            let isMade = files.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            guard isMade else { throw StoreFault.notOurs }
            let folder = URL(filePath: path).deletingLastPathComponent().path
            try FileHandle(forReadingAtPath: folder)?.synchronize()
        }
        let type = try files.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        guard type == .typeRegular else { throw StoreFault.notOurs }
    }

    /// Begins an empty file; changes nothing in one that is not ours.
    private static func prepare(_ database: Database) throws {
        let isOurs = try Int.fetchOne(database, sql: "PRAGMA application_id") == mark
        if !isOurs {
            let things = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema")
            guard things == 0 else { throw StoreFault.form }
            try begin(database)
        }
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard version <= Self.version else { throw StoreFault.newer }
        let finding = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
        guard finding == "ok" else { throw StoreFault.damaged }
        try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    }

    private static func begin(_ database: Database) throws {
        try database.inTransaction {
            for table in Table.allCases {
                try database.execute(
                    sql: """
                        CREATE TABLE \(table.rawValue)
                        (number INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT
                        """)
            }
            try database.execute(
                sql: """
                    CREATE TABLE customer (name TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT;
                    CREATE TABLE counter (name TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT;
                    PRAGMA application_id = \(mark);
                    PRAGMA user_version = \(version);
                    """)
            return .commit
        }
    }

    /// Writes changes in one step and waits until they are on the disk.
    func keep(_ changes: [LedgerChange]) throws {
        try queue.write { database in
            for change in changes { try keep(change, database) }
        }
    }

    private func keep(_ change: LedgerChange, _ database: Database) throws {
        switch change {
        case .entry(let entry): try keep(entry, as: Int(entry.id), in: .entry, database)
        case .batch(let batch): try keep(batch, as: batch.number, in: .batch, database)
        case .recurringBill(let bill):
            try keep(bill, as: Int(bill.id), in: .recurringBill, database)
        case .administration(let organization, let settings):
            try keep(settings, as: organization, in: .settings, database)
        case .delivery(let delivery):
            try keep(delivery, as: delivery.number, in: .delivery, database)
        case .mail(let mail): try keep(mail, as: mail.number, in: .mail, database)
        case .customer(let key, let id): try keep(id, as: key, in: "customer", database)
        case .lastID(let id): try keep(id, as: Counter.lastID.rawValue, in: "counter", database)
        case .clock(let shift):
            try keep(shift, as: Counter.clockShift.rawValue, in: "counter", database)
        }
    }

    private func keep(
        _ thing: some Encodable, as number: Int?, in table: Table, _ database: Database
    ) throws {
        let body = String(decoding: try encoder.encode(thing), as: UTF8.self)
        try database.cachedStatement(
            sql: "REPLACE INTO \(table.rawValue) (number, body) VALUES (?, ?)"
        ).execute(arguments: [number, body])
    }

    private func keep(
        _ number: Int, as name: String, in table: String, _ database: Database
    ) throws {
        try database.cachedStatement(
            sql: "REPLACE INTO \(table) (name, number) VALUES (?, ?)"
        ).execute(arguments: [name, number])
    }
}

extension LedgerStore {
    /// All that the file holds, as the changes that lead there.
    /// - Throws: ``EmulatorError/store(_:)``
    func changes() throws(EmulatorError) -> [LedgerChange] {
        do {
            return try queue.read { database in
                try Self.rows(of: .entry, database, LedgerChange.entry)
                    + Self.rows(of: .batch, database, LedgerChange.batch)
                    + Self.rows(of: .recurringBill, database, LedgerChange.recurringBill)
                    + Self.settings(database)
                    + Self.rows(of: .delivery, database, LedgerChange.delivery)
                    + Self.rows(of: .mail, database, LedgerChange.mail)
                    + Self.numbers(of: "customer", database) { .customer(key: $0, id: $1) }
                    + Self.numbers(of: "counter", database, Self.counter)
            }
        } catch {
            throw .store(StoreFault(error))
        }
    }

    private static func settings(_ database: Database) throws -> [LedgerChange] {
        try bodies(of: .settings, database).map { organization, body in
            .administration(
                organization: Int(organization), try read(body, .settings, organization))
        }
    }

    private static func rows<Thing: Decodable>(
        of table: Table, _ database: Database, _ change: (Thing) -> LedgerChange
    ) throws -> [LedgerChange] {
        try bodies(of: table, database).map { change(try read($1, table, $0)) }
    }

    private static func read<Thing: Decodable>(
        _ body: String, _ table: Table, _ number: Int64
    ) throws -> Thing {
        do { return try JSONDecoder().decode(Thing.self, from: Data(body.utf8)) } catch {
            throw StoreFault.row(table.rawValue, number)
        }
    }

    private static func bodies(
        of table: Table, _ database: Database
    ) throws -> [(Int64, String)] {
        try Row.fetchAll(
            database, sql: "SELECT number, body FROM \(table.rawValue) ORDER BY number"
        ).map { row in
            guard let number = Int64.fromDatabaseValue(row[0]),
                let body = String.fromDatabaseValue(row[1])
            else { throw StoreFault.damaged }
            return (number, body)
        }
    }

    private static func numbers(
        of table: String, _ database: Database, _ change: (String, Int) -> LedgerChange?
    ) throws -> [LedgerChange] {
        try Row.fetchAll(database, sql: "SELECT name, number FROM \(table) ORDER BY number")
            .compactMap { row in
                guard let name = String.fromDatabaseValue(row[0]),
                    let number = Int.fromDatabaseValue(row[1])
                else { throw StoreFault.damaged }
                return change(name, number)
            }
    }

    private static func counter(_ name: String, _ number: Int) -> LedgerChange? {
        switch Counter(rawValue: name) {
        case .lastID?: .lastID(number)
        case .clockShift?: .clock(shiftMilliseconds: number)
        case nil: nil
        }
    }
}
