internal import Foundation
internal import GRDB
internal import Values

extension Journal {
    /// Puts a change into the chain and its place into the tables.
    internal func insert(
        _ change: JournalChange, _ database: Database, _ state: inout State
    ) throws {
        let number = state.anchor.number + 1
        if case .attempt(let attempt) = change { try judge(attempt, database, &state) }
        let body = ChangeText.write(change)
        let mac = key.link(after: state.anchor.mac, number: number, body: body.span)
        let audit = try database.cachedStatement(
            sql: "INSERT INTO audit (number, at, body, mac) VALUES (?, ?, ?, ?)")
        try audit.execute(arguments: [
            Int64(number), change.at.milliseconds, Self.blob(body), Self.blob(mac.bytes),
        ])
        try index(change, at: number, database)
        (state.anchor.number, state.anchor.mac) = (number, mac)
    }

    /// The rules of ``JournalBook``, with the attempt as it stands.
    private func judge(_ attempt: Attempt, _ database: Database, _ state: inout State) throws {
        let before = try Self.attempt(attempt.sequence, in: database)
        var book = JournalBook(
            attempts: before.map { [$0] } ?? [], nextSequence: state.nextSequence)
        try book.apply(.attempt(attempt))
        state.nextSequence = book.nextSequence
    }

    private func index(_ change: JournalChange, at number: UInt64, _ database: Database) throws {
        switch change {
        case .attempt(let attempt):
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO attempt (sequence, head, state, ticket, decidedAt, tillKey)
                    VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (sequence)
                    DO UPDATE SET head = excluded.head, state = excluded.state
                    """)
            try statement.execute(arguments: [
                Int64(attempt.sequence), Int64(number), attempt.state.rawValue,
                attempt.ticket.text, attempt.decidedAt.milliseconds, attempt.key?.text,
            ])
        case .wish(let ticket, _):
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO wish (ticket, head) VALUES (?, ?)
                    ON CONFLICT DO UPDATE SET head = excluded.head
                    """)
            try statement.execute(arguments: [ticket.text, Int64(number)])
        case .remark: break
        }
    }

    private static func blob(_ bytes: [UInt8]) -> DatabaseValue { Data(bytes).databaseValue }
}

extension JournalChange {
    /// When it happened.
    internal var at: WallTime {
        switch self {
        case .attempt(let attempt): attempt.stateAt
        case .wish(_, let at): at
        case .remark(let remark): remark.at
        }
    }

    /// True for the remark that pruning alone may make.
    internal var isCut: Bool {
        guard case .remark(let remark) = self else { return false }
        return remark.kind == .pruned
    }
}
