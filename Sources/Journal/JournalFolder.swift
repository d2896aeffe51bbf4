internal import Values

/// The files of a journal, and how they come to be. Each step may be the last one before a crash;
/// the next start goes on from there.
internal struct JournalFolder {
    let path: String

    var database: String { path + "/journal.sqlite" }
    var anchor: String { path + "/" + Self.anchorName }
    var key: String { path + "/" + Self.keyName }
    var lock: String { path + "/journal.lock" }
    private static let anchorName = "journal.anchor"
    private static let keyName = "chain.key"

    /// Makes the folder, if it is not there. Whoever may write into it may put other files in the
    /// place of ours, however private those are.
    /// - Throws: ``JournalFault/folderRefused``, ``JournalFault/stopped(_:)``
    func make() throws(JournalFault) {
        let isOurs: Bool
        do throws(FileFault) {
            try Files.makeFolder(path)
            isOurs = try !Files.isWritableByOthers(path)
        } catch { throw .stopped(error.cause) }
        guard isOurs else { throw .folderRefused }
    }

    /// Makes what is not there yet: key, anchor, and then whoever opens it the database.
    /// - Throws: ``JournalFault``, when something is missing that must have been there.
    func prepare(lane: Int) throws(JournalFault) {
        let isBegun = Files.exists(anchor) || Files.exists(database)
        if !Files.exists(key) {
            guard !isBegun else { throw .keyMissing }
            try place(Files.random(ChainKey.count), as: Self.keyName)
        }
        let key = try readKey()
        if !isBegun { try begin(lane: lane, key: key) }
        if !Files.exists(database), let changes = try readAnchor(key)?.newest.number, changes > 0 {
            throw .databaseMissing(changes: changes)
        }
    }

    /// The anchor comes before the database, so that a database without an anchor has lost it.
    private func begin(lane: Int, key: ChainKey) throws(JournalFault) {
        let journal = UInt32.random(in: 0..<PaymentReference.journalCount)
        let origin = key.origin(lane: lane, journal: journal)
        let first = Anchor(lane: lane, journal: journal, number: 0, mac: origin)
        try place(AnchorRecords.bytes(first, key: key), as: Self.anchorName)
    }

    private func place(_ bytes: [UInt8], as name: String) throws(JournalFault) {
        do throws(FileFault) {
            try Files.place(bytes, as: name, in: path)
        } catch {
            throw .stopped(error.cause)
        }
    }

    /// The chain's key.
    func readKey() throws(JournalFault) -> ChainKey {
        guard Files.exists(key) else { throw .keyMissing }
        guard let bytes = try read(key, maximum: ChainKey.count, isPrivate: true),
            let key = ChainKey(bytes.span)
        else { throw .keyRefused }
        return key
    }

    /// The bytes of a file, `nil` when it must be private and is not.
    private func read(
        _ file: String, maximum: Int, isPrivate: Bool = false
    ) throws(JournalFault) -> [UInt8]? {
        do throws(FileFault) {
            let file = try OpenFile.open(file, reading: true)
            if isPrivate, try !file.isPrivate() { return nil }
            return try file.read(maximum: maximum + 1)
        } catch {
            throw .unreadable(error.cause)
        }
    }

    /// The anchor, or `nil` when it is not there or not as it was sealed.
    func readAnchor(_ key: ChainKey) throws(JournalFault) -> AnchorRecords? {
        guard Files.exists(anchor),
            let bytes = try read(anchor, maximum: AnchorRecords.count)
        else { return nil }
        return AnchorRecords(bytes, key: key)
    }
}
