/// Why the journal does not do what it is asked.
public enum JournalFault: Error, Equatable, Sendable {
    /// A write or sync failed: it writes no more in this process.
    case stopped(Cause)
    /// It cannot be read.
    case unreadable(Cause)
    /// Its tables, chain and anchor disagree: it is for reading only. At most
    /// ``JournalDamage/kept`` of what was found.
    case damaged([JournalDamage])
    /// It was opened for reading.
    case readingOnly
    /// Another process has it; its id where it is known.
    case inUse(process: Int32?)
    /// A change that no attempt may make.
    case illegal(IllegalChange)
    /// It belongs to another lane.
    case otherLane(Int)
    /// There is none in the folder.
    case missing
    /// The key of its chain is not there, though the journal is.
    case keyMissing
    /// Others than its owner may write into the folder.
    case folderRefused
    /// The key is no file of 32 bytes that only its owner can read.
    case keyRefused
    /// The database is not there, though its anchor counts so many changes.
    case databaseMissing(changes: UInt64)

    /// What is wrong beneath.
    public enum Cause: Equatable, Hashable, Sendable {
        case diskFull
        case inputOutput
        case readOnlyDisk
        /// The database is malformed, or no database.
        case malformed
        /// Somebody else holds the database's own lock.
        case locked
        /// A newer program has written it.
        case newerVersion
        /// A file of the journal cannot be opened or used.
        case system(errno: Int32)
        /// SQLite's code.
        case database(code: Int32)
    }
}

extension JournalFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .stopped(let cause):
            "the journal stopped, nothing more is sold: \(cause); then start again"
        case .unreadable(let cause): "the journal cannot be read: \(cause)"
        case .damaged(let damages):
            "the journal is damaged and for reading only: "
                + damages.prefix(3).map(\.description).joined(separator: "; ")
                + "; run journal verify, put the folder aside for whoever must look into it, and "
                + "begin with an empty one"
        case .readingOnly: "the journal was opened for reading"
        case .inUse(let process):
            "the journal is in use\(process.map { " by process \($0)" } ?? ""); a lane has one "
                + "process, end the other first"
        case .illegal(let change): change.description
        case .otherLane(let lane):
            "the journal belongs to lane \(lane); give the lane's own folder or number"
        case .missing: "there is no journal in the folder; check the folder's name"
        case .keyMissing:
            "the journal's key file is missing; bring chain.key back from where it was moved, or "
                + "put the folder aside and begin with an empty one"
        case .folderRefused:
            "others may write into the journal's folder; run chmod go-w on it, and "
                + "swipeline journal verify if a journal is in it already"
        case .keyRefused:
            "the journal's key file must have 32 bytes and be readable by its owner only; run "
                + "chmod 600 on it"
        case .databaseMissing(let changes):
            "the journal's database is missing, and its anchor counts \(changes) changes; bring "
                + "it back, or put the folder aside and begin with an empty one"
        }
    }
}

extension JournalFault.Cause: CustomStringConvertible {
    /// The cause and its remedy.
    public var description: String {
        switch self {
        case .diskFull: "the disk is full; free some room"
        case .inputOutput: "the disk failed to read or write; check or replace it"
        case .readOnlyDisk: "the disk is mounted for reading only; check it and mount it anew"
        case .malformed: "the database is malformed; put the folder aside for whoever must look"
        case .locked: "somebody else has locked the database; close what has it open"
        case .newerVersion: "a newer program wrote it; use that program"
        case .system(let code): "a file of the journal cannot be used (errno \(code))"
        case .database(let code): "the database refused (SQLite code \(code))"
        }
    }
}
