internal import GRDB
internal import Values

/// All of a journal gone through: structure, chain, tables, anchor.
internal struct Verification {
    private let key: ChainKey
    private let anchored: Anchor?
    private let isAnchorTorn: Bool
    private let said: JournalRow
    private let progress: (UInt64) -> Void

    private var replay: ChainReplay
    private var damages: [JournalDamage] = []
    /// The mac of the change gone through last; `nil` where the chain was torn.
    private var previous: ChainMAC?
    private var head: Anchor
    /// The mac that the chain has at the anchor's number.
    private var macAtAnchor: ChainMAC?

    /// How often progress is told, in changes.
    private static let step: UInt64 = 16_384

    /// Goes through all of it in one read transaction.
    /// - Throws: a database error when it cannot be read at all.
    static func run(
        _ database: Database, key: ChainKey, anchor: AnchorRecords?,
        progress: @escaping (UInt64) -> Void = { _ in }
    ) throws -> JournalVerification {
        guard try Schema.outline(database) == Schema.expectedOutline() else {
            return .broken(.structureBroken)
        }
        guard let said = try JournalRow(database) else { return .broken(.journalAltered) }
        var verification = Verification(said, key: key, anchor: anchor, progress: progress)
        try verification.run(database)
        return verification.result
    }

    private init(
        _ said: JournalRow, key: ChainKey, anchor: AnchorRecords?,
        progress: @escaping (UInt64) -> Void
    ) {
        self.key = key
        self.said = said
        self.progress = progress
        anchored = anchor?.newest
        isAnchorTorn = anchor?.isTorn ?? false
        replay = ChainReplay(cutSequence: said.cut.sequence)
        previous = said.cut.mac
        head = Anchor(
            lane: said.lane, journal: said.number, number: said.cut.number, mac: said.cut.mac)
        if anchored?.number == head.number { macAtAnchor = head.mac }
    }

    private var result: JournalVerification {
        JournalVerification(
            changes: head.number - said.cut.number, attempts: replay.attempts.count,
            damages: damages, isAnchorTorn: isAnchorTorn, head: head,
            nextSequence: replay.nextSequence)
    }

    private mutating func tell(_ damage: JournalDamage) {
        if damages.count < JournalDamage.kept, !damages.contains(damage) { damages.append(damage) }
    }

    private mutating func run(_ database: Database) throws {
        try checkStructure(database)
        checkBeginning()
        guard damages != [.keySwapped] else { return }
        try database.eachRow("SELECT number, at, body, mac FROM audit ORDER BY number") {
            take($0)
        }
        checkCut()
        checkAnchor()
        // Rows are judged by a chain that is whole, or not at all.
        if damages.isEmpty { try checkTables(database) }
    }

    private mutating func checkStructure(_ database: Database) throws {
        let words = try String.fetchAll(database, sql: "PRAGMA integrity_check(8)")
        guard words != ["ok"] else { return }
        let isIndexOnly = words.allSatisfy { $0.contains(" index ") }
        tell(isIndexOnly ? .indexAltered : .structureBroken)
    }

    private mutating func checkBeginning() {
        let isOurs =
            said.cut.number > 0
            || said.cut.mac == key.origin(lane: said.lane, journal: said.number)
                && said.cut.sequence == 1
        switch (isOurs, anchored) {
        case (false, nil): tell(.keySwapped)
        case (false, _?): tell(.journalAltered)
        case (true, let anchored?):
            if (anchored.lane, anchored.journal) != (said.lane, said.number) {
                tell(.journalAltered)
            }
        case (true, nil): tell(.anchorAltered)
        }
    }

    private mutating func take(_ row: borrowing RawRow) {
        let number = UInt64(bitPattern: row.integer(0))
        let at = row.integer(1)
        if number != head.number + 1 {
            tell(.changeMissing(head.number + 1))
            previous = nil
        }
        let mac = row.withBytes(3) { ChainMAC($0) }
        row.withBytes(2) { body in
            if let previous, mac != key.link(after: previous, number: number, body: body) {
                tell(.changeAltered(number))
            } else {
                replay(body, number: number, at: at)
            }
        }
        (head.number, head.mac, previous) = (number, mac ?? ChainMAC(), mac)
        if number == anchored?.number { macAtAnchor = mac }
        if number % Self.step == 0 { progress(number) }
    }

    private mutating func replay(_ body: Span<UInt8>, number: UInt64, at: Int64) {
        do throws(ChainReplay.Fault) {
            if try replay.take(body, number: number) != at { tell(.changeAltered(number)) }
        } catch {
            switch error {
            case .unreadable: tell(.changeUnreadable(number))
            // What follows a missing or altered change may break a rule for no fault of its own.
            case .forbidden(let rule): if damages.isEmpty { tell(.changeForbidden(number, rule)) }
            }
        }
    }

    /// The chain's own newest word on what was taken out must be what the journal says.
    private mutating func checkCut() {
        guard said.cut.number > 0 else {
            if replay.cut != nil { tell(.journalAltered) }
            return
        }
        if replay.cut != said.cut.words { tell(.journalAltered) }
    }

    /// The chain may be longer than the anchor, by what a power cut kept from it; never shorter.
    private mutating func checkAnchor() {
        guard let anchored else { return tell(.anchorAltered) }
        if anchored.number > head.number {
            tell(.changesLost(from: head.number + 1, anchored: anchored.number))
        } else if macAtAnchor != anchored.mac {
            tell(.anchorDisagrees(anchored.number))
        } else if isAnchorTorn, anchored.number == head.number {
            // A record is written after its change; no write can have torn this one.
            tell(.anchorAltered)
        }
    }

    // MARK: The tables

    private mutating func checkTables(_ database: Database) throws {
        var count = 0
        try database.eachRow(
            "SELECT sequence, head, state, ticket, decidedAt, tillKey FROM attempt"
        ) {
            count += 1
            let sequence = UInt64(bitPattern: $0.integer(0))
            if !isAsReplayed($0, replay.attempts[sequence]) { tell(.attemptAltered(sequence)) }
        }
        if count != replay.attempts.count, damages.isEmpty { try findMissing(database) }
        try checkWishes(database)
    }

    private func isAsReplayed(_ row: borrowing RawRow, _ entry: ChainReplay.Entry?) -> Bool {
        guard let entry else { return false }
        return UInt64(bitPattern: row.integer(1)) == entry.head
            && row.withBytes(2) { ChainReplay.state($0) } == entry.state
            && row.withBytes(3) { fingerprint($0) } == entry.ticket
            && row.integer(4) == entry.decidedAt
            && (row.isNull(5) ? nil : row.withBytes(5) { fingerprint($0) }) == entry.key
    }

    private mutating func findMissing(_ database: Database) throws {
        let present = Set(try Int64.fetchAll(database, sql: "SELECT sequence FROM attempt"))
        for sequence in replay.attempts.keys.sorted()
        where !present.contains(Int64(bitPattern: sequence)) {
            tell(.attemptAltered(sequence))
        }
    }

    private mutating func checkWishes(_ database: Database) throws {
        var same = 0
        var count = 0
        try database.eachRow("SELECT ticket, head FROM wish") { row in
            count += 1
            let head = UInt64(bitPattern: row.integer(1))
            if replay.wishes[row.withBytes(0) { fingerprint($0) }] == head { same += 1 }
        }
        let wrong = max(count, replay.wishes.count) - same
        if wrong > 0 { tell(.wishesAltered(wrong)) }
    }
}

/// What going through a journal has found.
public struct JournalVerification: Equatable, Sendable {
    /// Changes in the chain, after what was taken out as old.
    public let changes: UInt64
    /// Attempts.
    public let attempts: Int
    /// What is wrong, at most ``JournalDamage/kept``; nothing when it is sound.
    public let damages: [JournalDamage]
    /// One of the anchor's two records was not whole, and the chain goes on beyond the other: a
    /// power cut or a failing disk leaves this, and so may a hand.
    public let isAnchorTorn: Bool
    internal let head: Anchor
    internal let nextSequence: UInt64

    /// So broken that the chain was not gone through.
    internal static func broken(_ damage: JournalDamage) -> JournalVerification {
        JournalVerification(
            changes: 0, attempts: 0, damages: [damage], isAnchorTorn: false,
            head: Anchor(lane: 0, journal: 0, number: 0, mac: ChainMAC()), nextSequence: 1)
    }
}

extension Journal {
    /// Goes through all of the journal: structure, chain, tables, anchor. A journal that is being
    /// written by another process is taken as it is at one moment.
    /// - Parameter progress: told the number of the change gone through, now and then.
    /// - Returns: how much there is, and what is wrong.
    /// - Throws: ``JournalFault/unreadable(_:)`` when it cannot be read at all.
    public func verify(
        progress: @escaping @Sendable (UInt64) -> Void = { _ in }
    ) throws(JournalFault) -> JournalVerification {
        // The anchor first: the chain may grow past it meanwhile.
        let anchor = try folder.readAnchor(key)
        let key = key
        return try read { database in
            try Verification.run(database, key: key, anchor: anchor, progress: progress)
        }
    }
}
