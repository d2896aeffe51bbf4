import Foundation
import GRDB
import Journal
import Testing
import Values

/// A folder for a journal, gone with its last owner; and changes to put into it.
final class TestJournal: Sendable {
    let folder: URL
    static let lane = 3
    static let start: Int64 = 1_800_000_000_000

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "swipeline-journal-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var path: String { folder.path }
    func file(_ name: String) -> URL { folder.appending(path: name) }
    var database: URL { file("journal.sqlite") }
    var anchor: URL { file("journal.anchor") }
    var key: URL { file("chain.key") }

    func open() throws -> Journal { try Journal.open(path, lane: Self.lane) }

    /// The permissions of a file.
    static func mode(_ file: URL) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    }

    /// A copy of all files as they lie, but for the memory of who has them open.
    func copy() throws -> TestJournal {
        let other = try TestJournal()
        for name in try FileManager.default.contentsOfDirectory(atPath: path)
        where !name.hasSuffix("-shm") {
            try FileManager.default.copyItem(at: file(name), to: other.file(name))
        }
        return other
    }

    /// SQL on a database, past the journal.
    static func sql(_ database: URL, _ text: String) throws {
        let queue = try DatabaseQueue(path: database.path)
        try queue.writeWithoutTransaction { try $0.execute(sql: text) }
        try queue.close()
    }

    static func time(_ seconds: UInt64) -> WallTime {
        WallTime(milliseconds: start + Int64(seconds) * 1000)
    }

    /// A new attempt, decided so many seconds after the beginning.
    static func intent(
        _ sequence: UInt64, of journal: borrowing Journal, ticket: String? = nil
    ) throws -> Attempt {
        try intent(sequence, number: journal.number, ticket: ticket)
    }

    static func intent(
        _ sequence: UInt64, number: UInt32, ticket: String? = nil
    ) throws -> Attempt {
        let ticket = try #require(Ticket(ticket ?? "INV-2026-\(sequence)"))
        let amount = try Amount(cents: 1275 + Int(sequence % 1000))
        var demand = Attempt.Demand(.sale, amount, ticket: ticket)
        // Every second payment comes from a till with keys.
        if sequence.isMultiple(of: 2) { demand.key = try key(sequence) }
        return Attempt(
            .init(sequence: sequence, lane: lane, journal: number), asks: demand,
            incarnation: 0x9E37_79B9_7F4A_7C15, decidedAt: time(sequence))
    }

    /// A till's key.
    static func key(_ sequence: UInt64) throws -> TillKey {
        try #require(
            TillKey("order-\(sequence)", digest: String(repeating: "a", count: 32)))
    }

    /// The attempt with an id of the gateway's.
    static func accepted(_ attempt: Attempt) -> Attempt {
        var next = attempt.moved(to: .accepted, at: time(attempt.sequence + 1))
        next.facts.maskedPAN = MaskedPAN(length: 16, lastFour: (0x31, 0x31, 0x31, 0x31))
        next.facts.brand = .visa
        next.facts.entry = "plain"
        next.facts.transactionID = String(100_000 + attempt.sequence)
        return next
    }

    /// The attempt as approved.
    static func approved(_ attempt: Attempt) -> Attempt {
        var next = attempt.moved(to: .approved, at: time(attempt.sequence + 2))
        next.facts.responseCode = ResponseCode("00")
        next.facts.approvalCode = "VTLMC1"
        next.facts.settledBy = .answer
        return next
    }

    /// The changes of one sale, a transaction each.
    static func sale(_ sequence: UInt64, number: UInt32) throws -> [JournalChange] {
        let intent = try intent(sequence, number: number)
        let accepted = accepted(intent)
        return [.attempt(intent), .attempt(accepted), .attempt(approved(accepted))]
    }
}
