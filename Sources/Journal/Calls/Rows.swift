internal import GRDB
internal import GRDBSQLite

/// A row of a statement, as long as the statement stands on it. SQLite's own calls: a start reads
/// every change of a year.
@safe internal struct RawRow: ~Copyable, ~Escapable {
    private let statement: OpaquePointer

    @_lifetime(immortal)
    fileprivate init(_ statement: OpaquePointer) { unsafe self.statement = statement }

    /// The corresponding C function is `sqlite3_column_int64`.
    func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(statement, column) }

    /// The corresponding C function is `sqlite3_column_type`.
    func isNull(_ column: Int32) -> Bool {
        unsafe sqlite3_column_type(statement, column) == SQLITE_NULL
    }

    /// The bytes of a text or blob; none for NULL.
    /// The corresponding C functions are `sqlite3_column_blob` and `sqlite3_column_bytes`.
    func withBytes<Result>(_ column: Int32, _ body: (Span<UInt8>) -> Result) -> Result {
        let start = unsafe sqlite3_column_blob(statement, column)
        let count = unsafe Int(sqlite3_column_bytes(statement, column))
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
        return unsafe bytes.withMemoryRebound(to: UInt8.self) { unsafe body($0.span) }
    }
}

extension Database {
    /// Hands every row of a query over.
    /// The corresponding C function is `sqlite3_step`.
    internal func eachRow(_ sql: String, _ body: (borrowing RawRow) -> Void) throws {
        let statement = try makeStatement(sql: sql)
        let rows = unsafe statement.sqliteStatement
        defer { unsafe sqlite3_reset(rows) }
        while true {
            let code = unsafe sqlite3_step(rows)
            guard code == SQLITE_ROW else {
                guard code == SQLITE_DONE else {
                    throw DatabaseError(resultCode: ResultCode(rawValue: code))
                }
                return
            }
            body(unsafe RawRow(rows))
        }
    }
}
