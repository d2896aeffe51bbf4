import Foundation
import Journal
import OwnThreads
import Testing
import Values

/// What lies on the disk, and what is refused when some of it is not there.
@Suite(.blocks) struct JournalFilesTests {
    private static func begun() throws -> TestJournal {
        let place = try TestJournal()
        let journal = try place.open()
        try journal.append(TestJournal.sale(1, number: journal.number))
        return place
    }

    private static func refusal(_ place: TestJournal, lane: Int = TestJournal.lane) -> JournalFault?
    {
        do {
            _ = try Journal.open(place.path, lane: lane)
            return nil
        } catch {
            return error
        }
    }

    @Test func `every file is its owner's only`() throws {
        let place = try TestJournal()
        let journal = try place.open()
        try journal.append(TestJournal.sale(1, number: journal.number))
        let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
        #expect(names.count == 6)
        for name in names { #expect(try TestJournal.mode(place.file(name)) == 0o600, "\(name)") }
        #expect(journal.standing == .ready)
    }

    @Test func `another process is refused, and told who has it`() throws {
        let place = try Self.begun()
        let (process, end) = try JournalChild.hold(place.path)
        #expect(Self.refusal(place) == .inUse(process: process.processIdentifier))
        // Reading is no writing.
        let reader = try Journal.openForReading(place.path)
        #expect(try reader.attempts(AttemptQuery()).count == 1)
        #expect(try reader.verify().damages == [])
        #expect(throws: JournalFault.readingOnly) { try reader.append([]) }
        try end.close()
        process.waitUntilExit()
        #expect(Self.refusal(place) == nil)
    }

    @Test func `a key that is missing, open to others or cut is refused and not made anew`() throws
    {
        let place = try Self.begun()
        let key = try Data(contentsOf: place.key)
        #expect(key.count == 32)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o640], ofItemAtPath: place.key.path)
        #expect(Self.refusal(place) == .keyRefused)
        try FileManager.default.removeItem(at: place.key)
        #expect(Self.refusal(place) == .keyMissing)
        #expect(!FileManager.default.fileExists(atPath: place.key.path))
    }

    @Test(arguments: [0o700, 0o755, 0o777, 0o1777, 0o720, 0o702])
    func `a folder into which others may write is refused, and is still read`(mode: Int) throws {
        let place = try Self.begun()
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: place.path)
        #expect(Self.refusal(place) == (mode & 0o022 == 0 ? nil : .folderRefused))
        #expect(try Journal.openForReading(place.path).verify().damages == [])
    }

    @Test func `what holds the folder may be open to others`() throws {
        let parent = try TestJournal()
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o1777], ofItemAtPath: parent.path)
        let journal = try Journal.open("\(parent.path)/journal", lane: TestJournal.lane)
        #expect(journal.standing == .ready)
    }

    @Test func `a missing database, another lane, a newer version and damage are told`() throws {
        let place = try Self.begun()
        #expect(Self.refusal(place, lane: 4) == .otherLane(3))
        let newer = try place.copy()
        let closed = try place.copy()
        try TestJournal.sql(newer.database, "INSERT INTO grdb_migrations VALUES ('99')")
        #expect(Self.refusal(newer) == .unreadable(.newerVersion))
        try FileManager.default.removeItem(at: place.database)
        #expect(Self.refusal(place) == .databaseMissing(changes: 3))
        try TestJournal.sql(closed.database, "UPDATE audit SET at = at + 1 WHERE number = 2")
        let reader = try Journal.openForReading(closed.path)
        #expect(try reader.attempt(1)?.state == .approved)
        #expect(try reader.verify().damages == [.changeAltered(2)])
        let empty = try TestJournal()
        #expect(throws: JournalFault.missing) { try Journal.openForReading(empty.path) }
    }

    @Test func `a beginning that was cut off goes on`() throws {
        let place = try TestJournal()
        let number = try place.open().number
        for name in ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"] {
            try? FileManager.default.removeItem(at: place.file(name))
        }
        #expect(try place.open().number == number)
        try FileManager.default.removeItem(at: place.database)
        try FileManager.default.removeItem(at: place.anchor)
        #expect(try place.open().standing == .ready)
    }

    @Test func `a sale takes at most 4 KiB, its log brought in`() throws {
        let place = try TestJournal()
        let sales: UInt64 = 500
        do {
            let journal = try place.open()
            for sequence in 1...sales {
                try journal.append(TestJournal.sale(sequence, number: journal.number))
            }
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
        let bytes = try names.map { try Data(contentsOf: place.file($0)).count }.reduce(0, +)
        #expect(bytes / Int(sales) <= 4096)
        print("journal: \(bytes / Int(sales)) bytes a sale over \(sales) sales")
    }

    @Test(arguments: ["", "\\", "\\t", "a\tb\nc\\d", "\u{0}\u{1F}", "ü\u{301}\t", "\\e", "\r\n"])
    func `no text breaks the form of a change`(text: String) throws {
        let place = try TestJournal()
        let journal = try place.open()
        var attempt = try TestJournal.intent(1, of: journal)
        attempt.facts.reason = text
        attempt.facts.errorCodes = ["4063", "E1"].compactMap { ErrorCode($0) }
        let remark = JournalRemark(.operatorDecision, text, attempt: 1, at: TestJournal.time(4))
        try journal.append([.attempt(attempt), .remark(remark)])
        let found = try journal.changes()
        #expect(found.map(\.change) == [.remark(remark), .attempt(attempt)])
        let read = try #require(try journal.attempt(1)?.facts.reason)
        #expect(Array(read.utf8) == Array(text.utf8))
        #expect(try journal.verify().damages == [])
    }

    @Test func `a refusal names the fault and the remedy`() {
        let faults: [JournalFault] = [
            .stopped(.diskFull), .unreadable(.malformed), .damaged([.changeAltered(7)]),
            .readingOnly, .inUse(process: 12), .illegal(.state), .otherLane(2), .missing,
            .keyMissing, .keyRefused, .folderRefused, .databaseMissing(changes: 3),
        ]
        #expect(Set(faults.map(\.description)).count == faults.count)
        #expect(JournalFault.inUse(process: 12).description.contains("process 12"))
        #expect(JournalFault.damaged([.changeAltered(7)]).description.contains("change 7"))
        #expect(JournalFault.stopped(.diskFull).description.contains("free some room"))
    }
}
