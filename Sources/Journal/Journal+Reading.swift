internal import Foundation
internal import GRDB
internal import Values

extension Journal {
    /// The attempt of a number, or `nil`.
    public func attempt(_ sequence: UInt64) throws(JournalFault) -> Attempt? {
        try read { try Self.attempt(sequence, in: $0) }
    }

    /// Attempts that the query describes, newest first.
    public func attempts(_ query: AttemptQuery) throws(JournalFault) -> [Attempt] {
        try read { database in
            let (conditions, arguments) = query.conditions
            let bodies = try Data.fetchCursor(
                database,
                sql: """
                    SELECT audit.body FROM attempt JOIN audit ON audit.number = attempt.head
                    WHERE \(conditions) ORDER BY attempt.sequence DESC
                    """,
                arguments: arguments)
            var found: [Attempt] = []
            while found.count < query.limit, let body = try bodies.next() {
                let attempt = try Self.attempt(reading: body)
                if query.takes(attempt) { found.append(attempt) }
            }
            return found
        }
    }

    /// Tickets whose payment the till wanted cancelled.
    public func wishes() throws(JournalFault) -> Set<Ticket> {
        try read { database in
            Set(
                try String.fetchAll(database, sql: "SELECT ticket FROM wish").compactMap {
                    Ticket($0)
                })
        }
    }

    /// Changes of the chain with their numbers, newest first.
    /// - Parameters:
    ///   - below: a change's number, for the next page.
    ///   - limit: at most so many.
    /// - Returns: the changes.
    /// - Throws: ``JournalFault/unreadable(_:)``.
    public func changes(
        below: UInt64? = nil, limit: Int = 100
    ) throws(JournalFault) -> [(number: UInt64, change: JournalChange)] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT number, body FROM audit WHERE number < ? ORDER BY number DESC LIMIT ?",
                arguments: [below.map { Int64($0) } ?? .max, limit])
            return try rows.map { row in
                guard let change = ChangeText.read([UInt8](row["body"] as Data)) else {
                    throw DatabaseError(resultCode: .SQLITE_CORRUPT)
                }
                return (UInt64(row["number"] as Int64), change)
            }
        }
    }

    internal func read<Value>(
        _ body: (Database) throws -> Value
    ) throws(JournalFault) -> Value {
        do {
            return try queue.read(body)
        } catch {
            throw .unreadable(JournalFault.Cause(error))
        }
    }

    internal static func attempt(_ sequence: UInt64, in database: Database) throws -> Attempt? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT audit.body FROM attempt JOIN audit ON audit.number = attempt.head
                WHERE attempt.sequence = ?
                """)
        guard let body = try Data.fetchOne(statement, arguments: [Int64(sequence)]) else {
            return nil
        }
        return try attempt(reading: body)
    }

    internal static func attempt(reading body: Data) throws -> Attempt {
        guard case .attempt(let attempt) = ChangeText.read([UInt8](body)) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT)
        }
        return attempt
    }
}

extension AttemptQuery {
    /// What SQL must hold of the rows, and the values in it.
    fileprivate var conditions: (String, StatementArguments) {
        var conditions = ["TRUE"]
        var arguments = StatementArguments()
        func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
            conditions.append(condition)
            if let value { arguments += [value] }
        }
        switch selection {
        case .all: break
        case .open: add(Schema.isOpen, nil)
        case .approvedTransactions: add("attempt.state = 'approved'", nil)
        case .ticket(let ticket): add("attempt.ticket = ?", ticket.text)
        case .key(let key): add("attempt.tillKey = ?", key)
        }
        if let from { add("attempt.decidedAt >= ?", from.milliseconds) }
        if let until { add("attempt.decidedAt < ?", until.milliseconds) }
        if let below { add("attempt.sequence < ?", Int64(clamping: below)) }
        return (conditions.joined(separator: " AND "), arguments)
    }

    /// What only the change itself says.
    fileprivate func takes(_ attempt: Attempt) -> Bool {
        selection != .approvedTransactions || attempt.facts.transactionID != nil
    }
}
