internal import Glibc
internal import Journal
internal import Values

/// A journal with many sales, and how long it takes to open it.
enum Filling {
    /// Three changes a sale, many in one transaction.
    static func fill(_ folder: String, sales: UInt64) throws {
        let journal = try Journal.open(folder, lane: 3)
        var changes: [JournalChange] = []
        let first = try journal.nextSequence()
        for sequence in first..<(first + sales) {
            changes += try sale(sequence, journal.number)
            if changes.count >= 3000 {
                try journal.append(changes)
                changes = []
            }
        }
        if !changes.isEmpty { try journal.append(changes) }
    }

    private static func sale(_ sequence: UInt64, _ number: UInt32) throws -> [JournalChange] {
        guard let ticket = Ticket("INV-2026-\(sequence)") else { return [] }
        let at = WallTime(milliseconds: 1_800_000_000_000 + Int64(sequence) * 1000)
        let intent = Attempt(
            .init(sequence: sequence, lane: 3, journal: number),
            asks: .init(.sale, try Amount(cents: 1275), ticket: ticket),
            incarnation: 0x9E37_79B9_7F4A_7C15, decidedAt: at)
        var accepted = intent.moved(to: .accepted, at: at)
        accepted.facts.maskedPAN = MaskedPAN(length: 16, lastFour: (0x31, 0x31, 0x31, 0x31))
        accepted.facts.brand = .visa
        accepted.facts.entry = "plain"
        accepted.facts.transactionID = String(100_000 + sequence)
        var approved = accepted.moved(to: .approved, at: at)
        approved.facts.responseCode = ResponseCode("00")
        approved.facts.approvalCode = "VTLMC1"
        approved.facts.settledBy = .answer
        return [.attempt(intent), .attempt(accepted), .attempt(approved)]
    }

    /// Opens it, with all that opening verifies.
    static func time(_ folder: String) throws {
        let start = seconds()
        let journal = try Journal.open(folder, lane: 3)
        let opened = seconds()
        print(
            "\(journal.changeCount) changes, opened in \(milliseconds(opened - start)) ms,",
            "\(journal.standing)")
    }

    private static func milliseconds(_ seconds: Double) -> Int { Int(seconds * 1000) }

    private static func seconds() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
