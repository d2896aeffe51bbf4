internal import Foundation
internal import GRDB

/// What a journal says of itself: whose it is, and from where on its chain is kept.
internal struct JournalRow: Equatable {
    var lane: Int
    var number: UInt32
    var cut: Cut

    /// Where the chain that is kept begins.
    struct Cut: Equatable {
        /// The number of the last change that was taken out, or 0.
        var number: UInt64
        /// Its mac, or the chain's origin.
        var mac: ChainMAC
        /// Attempts below this began before the cut.
        var sequence: UInt64

        /// What the chain's remark about the cut begins with.
        var words: String { "changes to \(number) and attempts below \(sequence) were taken out" }
    }

    init(lane: Int, number: UInt32, cut: Cut) {
        (self.lane, self.number, self.cut) = (lane, number, cut)
    }

    /// Reads the row, `nil` when there is none.
    /// - Throws: a database error, also when the row has what no journal writes.
    init?(_ database: Database) throws {
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM journal") else { return nil }
        guard let lane = Int(exactly: row["lane"] as Int64), (0..<46_656).contains(lane),
            let number = UInt32(exactly: row["number"] as Int64),
            let cut = UInt64(exactly: row["cut"] as Int64),
            let mac = ChainMAC([UInt8](row["cutMAC"] as Data).span),
            let sequence = UInt64(exactly: row["cutSequence"] as Int64)
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        self.init(
            lane: lane, number: number, cut: Cut(number: cut, mac: mac, sequence: sequence))
    }

    func write(_ database: Database) throws {
        try database.execute(
            sql: "REPLACE INTO journal VALUES (1, ?, ?, ?, ?, ?)",
            arguments: [
                lane, Int64(number), Int64(cut.number), Data(cut.mac.bytes), Int64(cut.sequence),
            ])
    }

    /// The newest change as the table has it.
    func head(_ database: Database) throws -> Anchor {
        let last = try Row.fetchOne(
            database, sql: "SELECT number, mac FROM audit ORDER BY number DESC LIMIT 1")
        guard let last else {
            return Anchor(lane: lane, journal: number, number: cut.number, mac: cut.mac)
        }
        guard let mac = ChainMAC([UInt8](last["mac"] as Data).span) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT)
        }
        return Anchor(
            lane: lane, journal: number, number: UInt64(last["number"] as Int64), mac: mac)
    }

    /// The number that the next attempt gets, as the table has it.
    func nextSequence(_ database: Database) throws -> UInt64 {
        let last = try Int64.fetchOne(database, sql: "SELECT max(sequence) FROM attempt") ?? 0
        return max(cut.sequence, UInt64(last) + 1)
    }
}
