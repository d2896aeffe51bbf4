internal import Foundation
internal import GRDB
internal import Values

extension Journal {
    /// The least that is kept, in days: a year of audit trail.
    /// Source: PCI DSS 10.5.1 (twelve months).
    public static let retentionDaysMinimum = 366

    /// Takes out changes, attempts and wishes whose last word is older than the retention.
    ///
    /// What is open stays, however old it is: its state is said once more at the chain's end. The
    /// chain goes on being verifiable from the cut: its first change fits the mac that the journal
    /// keeps of the last one taken out, and a remark in the chain says where the cut is.
    /// - Parameters:
    ///   - days: how many days are kept, ``retentionDaysMinimum`` or more.
    ///   - now: the present.
    /// - Returns: how many changes were taken out.
    /// - Throws: ``JournalFault`` as ``append(_:)`` does.
    @discardableResult
    public func prune(keepingDays days: Int, now: WallTime) throws(JournalFault) -> Int {
        let kept = Int64(max(days, Self.retentionDaysMinimum)) * 86_400_000
        let edge = WallTime(milliseconds: now.milliseconds - kept)
        var removed = 0
        try write { database, state in
            // The cut must not lie behind an anchor that a power cut threw back.
            try self.synchronizeAnchor()
            removed = try self.prune(before: edge, now, database, &state)
        }
        return removed
    }

    private func prune(
        before edge: WallTime, _ now: WallTime, _ database: Database, _ state: inout State
    ) throws -> Int {
        guard var row = try JournalRow(database) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT)
        }
        let young = try UInt64.fetchOne(
            database, sql: "SELECT min(number) FROM audit WHERE at >= ?",
            arguments: [edge.milliseconds])
        let last = (young ?? state.anchor.number + 1) - 1
        guard last > row.cut.number else { return 0 }
        let removed = Int(last - row.cut.number)
        row.cut = JournalRow.Cut(
            number: last, mac: try Self.mac(of: last, in: database), sequence: state.nextSequence)
        try restate(upTo: last, database, &state)
        let words = JournalRemark(.pruned, row.cut.words, at: now)
        try insert(.remark(words), database, &state)
        for table in ["audit WHERE number", "attempt WHERE head", "wish WHERE head"] {
            try database.execute(sql: "DELETE FROM \(table) <= ?", arguments: [Int64(last)])
        }
        try row.write(database)
        return removed
    }

    /// Says the state of what is open once more, and the wishes about it, so that the chain knows
    /// them without what is taken out.
    private func restate(upTo last: UInt64, _ database: Database, _ state: inout State) throws {
        for attempt in try Self.openAttempts(in: database) {
            try insert(.attempt(attempt), database, &state)
            let wishes = try Data.fetchAll(
                database,
                sql: """
                    SELECT audit.body FROM wish JOIN audit ON audit.number = wish.head
                    WHERE wish.ticket = ? AND wish.head <= ?
                    """,
                arguments: [attempt.ticket.text, Int64(last)])
            for wish in wishes.compactMap({ ChangeText.read([UInt8]($0)) }) {
                try insert(wish, database, &state)
            }
        }
    }

    private static func openAttempts(in database: Database) throws -> [Attempt] {
        let bodies = try Data.fetchAll(
            database,
            sql: """
                SELECT audit.body FROM attempt JOIN audit ON audit.number = attempt.head
                WHERE \(Schema.isOpen)
                ORDER BY attempt.sequence
                """)
        return try bodies.map { try attempt(reading: $0) }
    }

    private static func mac(of number: UInt64, in database: Database) throws -> ChainMAC {
        let bytes = try Data.fetchOne(
            database, sql: "SELECT mac FROM audit WHERE number = ?", arguments: [Int64(number)])
        guard let bytes, let mac = ChainMAC([UInt8](bytes).span) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT)
        }
        return mac
    }
}
