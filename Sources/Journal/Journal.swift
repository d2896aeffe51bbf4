internal import GRDB
internal import Synchronization
internal import Values

/// The journal of one lane on the disk: SQLite with a write-ahead log that is synced at each
/// commit, an audit chain over every change, and an anchor beside it.
///
/// It holds nothing secret, and nothing with which a card could be charged. One process has it for
/// writing; others may read. A write or sync that fails ends it for this process.
public final class Journal: JournalStore {
    /// The lane whose journal it is.
    public let lane: Int
    /// The random number that names the journal in its references.
    public let number: UInt32

    internal let queue: DatabaseQueue
    internal let key: ChainKey
    internal let folder: JournalFolder
    private let anchorFile: OpenFile?
    private let lock: JournalLock?
    private let state: Mutex<State>

    /// What changes with every append.
    internal struct State: Sendable {
        var standing: JournalStanding
        var anchor: Anchor
        /// The record of the anchor's file that is written next, 0 or 1.
        var anchorPlace = 0
        var nextSequence: UInt64
        /// Changes since the write-ahead log was last brought into the database.
        var unfolded = 0
    }

    /// After so many changes the write-ahead log is brought into the database: some 2 MiB.
    private static let changesPerCheckpoint = 200

    internal init(_ opened: Opened, folder: JournalFolder, lock: JournalLock?) {
        lane = opened.anchor.lane
        number = opened.anchor.journal
        queue = opened.queue
        key = opened.key
        self.folder = folder
        self.lock = lock
        anchorFile = opened.anchorFile
        state = Mutex(
            State(
                standing: opened.standing, anchor: opened.anchor,
                nextSequence: opened.nextSequence))
    }

    /// Whether it takes changes, and if not, why.
    public var standing: JournalStanding { state.withLock { $0.standing } }

    /// The number of the newest change in the chain.
    public var changeCount: UInt64 { state.withLock { $0.anchor.number } }

    /// Makes changes durable, all or none, in their order. When it returns they are on the disk.
    /// - Throws: ``JournalFault/illegal(_:)`` when ``JournalBook`` forbids one, which leaves the
    ///   journal as it was; ``JournalFault/stopped(_:)`` when it is not known to be on the disk,
    ///   and from then on always; ``JournalFault/damaged(_:)``, ``JournalFault/readingOnly``.
    public func append(_ changes: [JournalChange]) throws(JournalFault) {
        precondition(
            !changes.contains { $0.isCut }, "only pruning says what was taken out")
        try write { database, state in
            for change in changes { try self.insert(change, database, &state) }
        }
    }

    /// The number that the next attempt gets.
    public func nextSequence() throws(JournalFault) -> UInt64 {
        state.withLock { $0.nextSequence }
    }

    /// Runs one durable transaction, anchors it, and stops for good when any of it fails.
    internal func write(
        _ body: (Database, inout State) throws -> Void
    ) throws(JournalFault) {
        try state.withLock { state throws(JournalFault) in try write(body, &state) }
    }

    private func write(
        _ body: (Database, inout State) throws -> Void, _ state: inout State
    ) throws(JournalFault) {
        guard case .ready = state.standing else { throw state.standing.refusal }
        do {
            var next = state
            try commit { try body($0, &next) }
            next.unfolded += Int(next.anchor.number - state.anchor.number)
            state = next
            state.anchorPlace = 1 - next.anchorPlace
            try anchor(next)
            if next.unfolded >= Self.changesPerCheckpoint { try fold(&state) }
        } catch let illegal as IllegalChange {
            throw .illegal(illegal)
        } catch {
            let cause = JournalFault.Cause(error)
            state.standing = .stopped(cause)
            throw .stopped(cause)
        }
    }

    private func commit(_ body: (Database) throws -> Void) throws {
        try queue.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                try body(database)
                return .commit
            }
        }
    }

    /// The anchor follows the commit and is not synced with it: a power cut may leave an older one.
    private func anchor(_ state: State) throws {
        try anchorFile?.write(
            state.anchor.sealed(with: key), at: state.anchorPlace * AnchorRecords.sector)
    }

    /// Brings the write-ahead log into the database. SQLite's own checkpoint would keep silent
    /// about a failed sync.
    private func fold(_ state: inout State) throws {
        let frames = try queue.writeWithoutTransaction { try $0.checkpoint(.passive) }
        if frames.walFrameCount == frames.checkpointedFrameCount { state.unfolded = 0 }
    }

    /// Makes the present anchor durable; for what takes old changes out.
    internal func synchronizeAnchor() throws {
        try anchorFile?.synchronize()
    }
}

/// Whether a journal takes changes.
public enum JournalStanding: Equatable, Sendable {
    /// It does.
    case ready
    /// It was opened for reading.
    case readingOnly
    /// Its tables, chain and anchor disagree.
    case damaged([JournalDamage])
    /// A write or sync failed in this process.
    case stopped(JournalFault.Cause)

    /// What an append is told.
    internal var refusal: JournalFault {
        switch self {
        case .ready, .readingOnly: .readingOnly
        case .damaged(let damages): .damaged(damages)
        case .stopped(let cause): .stopped(cause)
        }
    }
}

extension JournalFault.Cause {
    /// The cause of an error of the database or of a file.
    internal init(_ error: any Error) {
        switch error {
        case let fault as FileFault: self = fault.cause
        case let fault as DatabaseError: self.init(fault.resultCode)
        default: self = .malformed
        }
    }

    private init(_ code: ResultCode) {
        switch code {
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_IOERR: self = .inputOutput
        case .SQLITE_READONLY: self = .readOnlyDisk
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_MISMATCH, .SQLITE_CONSTRAINT:
            self = .malformed
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
        default: self = .database(code: code.rawValue)
        }
    }
}
