internal import Foundation
internal import GRDB
internal import Values

extension Journal {
    /// What opening has found out.
    internal struct Opened {
        var queue: DatabaseQueue
        var key: ChainKey
        var anchorFile: OpenFile?
        var standing: JournalStanding
        var anchor: Anchor
        var nextSequence: UInt64
        /// A record of the anchor's file was torn, and the chain is whole beyond the other.
        var isAnchorTorn = false
    }

    /// Opens a lane's journal for writing, or begins one in an empty folder. All of it is verified
    /// first; a damaged one opens for reading only, see ``standing``.
    /// - Parameters:
    ///   - path: the folder; it is made if it is not there, for its owner only.
    ///   - lane: the lane, 0 to 46,655.
    /// - Returns: the journal, ready or damaged.
    /// - Throws: ``JournalFault/inUse(process:)`` when another process has it,
    ///   ``JournalFault/folderRefused``, ``JournalFault/otherLane(_:)``,
    ///   ``JournalFault/keyMissing``, ``JournalFault/keyRefused``,
    ///   ``JournalFault/databaseMissing(changes:)``, and ``JournalFault/unreadable(_:)`` or
    ///   ``JournalFault/stopped(_:)`` with the cause.
    public static func open(_ path: String, lane: Int) throws(JournalFault) -> Journal {
        let folder = JournalFolder(path: path)
        try folder.make()
        let lock = try JournalLock(folder.lock)
        try folder.prepare(lane: lane)
        let opened = try Opened(folder, lane: lane)
        let journal = Journal(opened, folder: folder, lock: lock)
        guard journal.lane == lane else { throw .otherLane(journal.lane) }
        if opened.isAnchorTorn, case .ready = journal.standing { try journal.tellTornAnchor() }
        return journal
    }

    /// Never silent: a power cut leaves such an anchor, and so may a hand.
    private func tellTornAnchor() throws(JournalFault) {
        let text = """
            a record of the anchor was torn, by a power cut, a failing disk or a hand; \
            the chain is whole up to change \(changeCount)
            """
        let now = WallTime(milliseconds: Files.milliseconds)
        try append([.remark(JournalRemark(.alarm, text, at: now))])
    }

    /// Opens a journal for reading, beside a process that writes it or without one. Nothing is
    /// verified but what ``verify(progress:)`` is asked to.
    /// - Throws: ``JournalFault/missing``, ``JournalFault/keyMissing``,
    ///   ``JournalFault/keyRefused``, ``JournalFault/unreadable(_:)``.
    public static func openForReading(_ path: String) throws(JournalFault) -> Journal {
        let folder = JournalFolder(path: path)
        guard Files.exists(folder.database) else { throw .missing }
        return Journal(try Opened(reading: folder), folder: folder, lock: nil)
    }
}

extension Journal.Opened {
    /// Opens for writing and verifies.
    fileprivate init(_ folder: JournalFolder, lane: Int) throws(JournalFault) {
        do {
            key = try folder.readKey()
            let anchored = try folder.readAnchor(key)
            if let anchored, anchored.newest.lane != lane {
                throw JournalFault.otherLane(anchored.newest.lane)
            }
            anchorFile = try anchored.map { _ in try OpenFile.open(folder.anchor) }
            queue = try Self.connect(folder)
            if let newest = anchored?.newest, newest.number == 0 {
                try Self.begin(queue, as: newest)
            }
            let key = key
            let found = try queue.read { try Verification.run($0, key: key, anchor: anchored) }
            standing = found.damages.isEmpty ? .ready : .damaged(found.damages)
            anchor = found.head
            nextSequence = found.nextSequence
            isAnchorTorn = found.isAnchorTorn
            if case .ready = standing, let anchored { try settle(anchored) }
        } catch let fault as JournalFault {
            throw fault
        } catch {
            throw .unreadable(JournalFault.Cause(error))
        }
    }

    /// Opens for reading.
    fileprivate init(reading folder: JournalFolder) throws(JournalFault) {
        do {
            key = try folder.readKey()
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(Self.patience)
            queue = try DatabaseQueue(path: folder.database, configuration: configuration)
            standing = .readingOnly
            (anchor, nextSequence) = try queue.read { database in
                guard let said = try JournalRow(database) else {
                    throw DatabaseError(resultCode: .SQLITE_CORRUPT)
                }
                return (try said.head(database), try said.nextSequence(database))
            }
        } catch let fault as JournalFault {
            throw fault
        } catch {
            throw .unreadable(JournalFault.Cause(error))
        }
    }

    /// Makes durable what was read: the process before may have died, or its disk failed, between
    /// writing and syncing. What is in the write-ahead log is written anew into the database.
    private func settle(_ anchored: AnchorRecords) throws {
        do {
            _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            for place in [1 - anchored.place, anchored.place] {
                try anchorFile?.write(anchor.sealed(with: key), at: place * AnchorRecords.sector)
                try anchorFile?.synchronize()
            }
        } catch {
            throw JournalFault.stopped(JournalFault.Cause(error))
        }
    }

    /// How long a reader of the same database may hold it, in seconds.
    private static let patience = 5.0

    /// The connection that writes: each commit is synced, and the write-ahead log comes into the
    /// database when we say so.
    private static func connect(_ folder: JournalFolder) throws -> DatabaseQueue {
        let isNew = !Files.exists(folder.database)
        if isNew { _ = try OpenFile.open(folder.database, create: true) }
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        let queue = try DatabaseQueue(path: folder.database, configuration: configuration)
        try queue.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA journal_mode = WAL;
                    PRAGMA synchronous = FULL;
                    PRAGMA wal_autocheckpoint = 0;
                    """)
        }
        guard try !queue.read(Schema.migrator.hasBeenSuperseded) else {
            throw JournalFault.unreadable(.newerVersion)
        }
        try Schema.migrator.migrate(queue)
        if isNew { try Files.synchronizeFolder(folder.path) }
        return queue
    }

    /// Writes what a new journal says of itself.
    private static func begin(_ queue: DatabaseQueue, as anchor: Anchor) throws {
        try queue.write { database in
            guard try JournalRow(database) == nil else { return }
            try JournalRow(
                lane: anchor.lane, number: anchor.journal,
                cut: .init(number: 0, mac: anchor.mac, sequence: 1)
            ).write(database)
        }
    }
}
