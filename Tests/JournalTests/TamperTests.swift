import Foundation
import GRDB
import Journal
import OwnThreads
import Seeded
import Testing
import Values

/// Copies of a journal that were altered in all ways: each is found, at the start and by `verify`.
@Suite(.blocks) struct TamperTests {
    /// Many kinds of changes; some in the database, some in the write-ahead log yet.
    private static func fill(_ journal: borrowing Journal, _ sequences: ClosedRange<UInt64>) throws
    {
        for sequence in sequences {
            var changes = try TestJournal.sale(sequence, number: journal.number)
            if sequence % 5 == 0 { changes.removeLast() }
            if sequence % 7 == 0 {
                let ticket = try #require(Ticket("INV-2026-\(sequence)"))
                changes.append(.wish(ticket, at: TestJournal.time(sequence)))
            }
            if sequence % 6 == 0 {
                let text = "tab\there, line\nthere, back\\slash \(sequence)"
                changes.append(
                    .remark(JournalRemark(.alarm, text, attempt: sequence, at: TestJournal.time(1)))
                )
            }
            try journal.append(changes)
        }
    }

    /// A journal as it lies while it is in use, itself at an earlier time, and another one.
    private static func places() throws -> (TestJournal, TestJournal, TestJournal) {
        let place = try TestJournal()
        do { try fill(place.open(), 1...12) }
        let journal = try place.open()
        try fill(journal, 13...20)
        let earlier = try place.copy()
        try fill(journal, 21...30)
        let used = try place.copy()
        let stranger = try TestJournal()
        do { try fill(stranger.open(), 1...8) }
        return (used, earlier, stranger)
    }

    /// All that the tables say, or nothing when they cannot be read to their end.
    private static func content(_ place: TestJournal) -> [String]? {
        guard let queue = try? DatabaseQueue(path: place.database.path) else { return nil }
        defer { try? queue.close() }
        let tables = ["audit", "attempt", "wish", "journal", "grdb_migrations", "sqlite_schema"]
        return try? queue.read { database in
            try tables.flatMap { table in
                try Row.fetchAll(database, sql: "SELECT * FROM \(table) ORDER BY 1, 2")
                    .map(\.description)
            } + String.fetchAll(database, sql: "PRAGMA integrity_check")
        }
    }

    /// True when a start does not sell on it, or says in the chain that the anchor was torn: a
    /// power cut leaves one, so that is gone on from.
    private static func isFound(_ place: TestJournal) -> Bool {
        do {
            let journal = try place.open()
            guard case .damaged(let damages) = journal.standing, !damages.isEmpty else {
                return try journal.isAlarmed
            }
            let remark = JournalRemark(.opened, "", at: TestJournal.time(1))
            do {
                try journal.append([.remark(remark)])
                return false
            } catch {
                return error == .damaged(damages)
            }
        } catch {
            return true
        }
    }

    @Test func `what nobody altered is sound, also as it lies while it is in use`() throws {
        let (used, earlier, stranger) = try Self.places()
        for place in [used, earlier, stranger] {
            let copy = try place.copy()
            let journal = try copy.open()
            #expect(journal.standing == .ready)
            let found = try journal.verify()
            #expect(!found.isAnchorTorn)
            #expect(found.damages == [])
            #expect(found.changes > 20)
        }
    }

    @Test func `an altered copy is found`() throws {
        let (used, earlier, stranger) = try Self.places()
        let content = Self.content(try used.copy())
        let seed = UInt64(share("SWIPELINE_JOURNAL_SEED", usually: 11))
        let copies = share("SWIPELINE_JOURNAL_COPIES", usually: 200)
        var chance = SeededNumbers(seed: seed)
        var (made, harmless, missed) = (0, 0, [String]())
        while made < copies {
            let way = Tamper.Way.allCases[(made + harmless) % Tamper.Way.allCases.count]
            let place = try used.copy()
            var tamper = Tamper(
                place: place, earlier: earlier, stranger: stranger, chance: chance)
            let words = try tamper.alter(way)
            chance = tamper.chance
            let isOfDatabase = [.flippedBit, .cutLog, .column].contains(way)
            if isOfDatabase, Self.content(try place.copy()) == content {
                // A bit that nothing reads, a log that is in the database already.
                harmless += 1
                continue
            }
            made += 1
            if !Self.isFound(place) { missed.append("\(way): \(words)") }
        }
        #expect(missed == [], "seed \(seed)")
        print(
            "journal: \(made) altered copies, \(made - missed.count) found,",
            "\(harmless) more had nothing altered, seed \(seed)")
    }
}

extension Journal {
    /// True when the newest change says that the anchor was torn.
    fileprivate var isAlarmed: Bool {
        get throws(JournalFault) {
            guard case .remark(let remark)? = try changes(limit: 1).first?.change else {
                return false
            }
            return remark.kind == .alarm && remark.text.contains("anchor was torn")
        }
    }
}
