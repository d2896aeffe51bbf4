internal import GRDB

/// Why a store cannot be used.
public enum StoreFault: Error, Equatable, Sendable {
    /// It cannot be opened, or another emulator has it.
    case notOurs
    /// It cannot be read or made.
    case notReadable
    /// It is no store of this emulator.
    case form
    /// A later emulator wrote it.
    case newer
    /// The database is damaged.
    case damaged
    /// A row, by its table and number, that this emulator cannot have written.
    case row(String, Int64)
}

extension StoreFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .notOurs: "it cannot be opened, or another emulator has it; give another --store"
        case .notReadable: "it cannot be read or made; check its folder and the disk"
        case .form: "it is no store of this emulator; give another --store"
        case .newer: "a later emulator wrote it; use that one, or give another --store"
        case .damaged: "the database is damaged; restore the file or give another --store"
        case .row(let table, let number):
            "row \(number) of table \(table) is damaged; "
                + "restore the file or give another --store"
        }
    }
}

extension StoreFault {
    /// What SQLite says, in our words.
    internal init(_ error: any Error) {
        if let fault = error as? StoreFault {
            self = fault
            return
        }
        switch (error as? DatabaseError)?.resultCode {
        case .SQLITE_BUSY?, .SQLITE_LOCKED?, .SQLITE_CANTOPEN?, .SQLITE_PERM?, .SQLITE_READONLY?:
            self = .notOurs
        case .SQLITE_NOTADB?, .SQLITE_ERROR?: self = .form
        case .SQLITE_CORRUPT?: self = .damaged
        default: self = .notReadable
        }
    }
}
