internal import GRDB

/// The tables and their versions.
///
/// The audit chain is what the journal holds; attempts and wishes only say where in the chain the
/// newest word about each stands, so that it is found.
internal enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(sql: first)
        }
        migrator.registerMigration("queued") { database in
            try database.execute(sql: queued)
        }
        migrator.registerMigration("tillKey") { database in
            try database.execute(sql: tillKey)
        }
        return migrator
    }

    private static let first = """
        CREATE TABLE journal (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            lane INTEGER NOT NULL,
            number INTEGER NOT NULL,
            cut INTEGER NOT NULL,
            cutMAC BLOB NOT NULL,
            cutSequence INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE audit (
            number INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            body BLOB NOT NULL,
            mac BLOB NOT NULL
        ) STRICT;
        CREATE TABLE attempt (
            sequence INTEGER PRIMARY KEY,
            head INTEGER NOT NULL,
            state TEXT NOT NULL,
            ticket TEXT NOT NULL,
            decidedAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX attemptOfTicket ON attempt (ticket);
        CREATE INDEX attemptOpen ON attempt (sequence)
            WHERE state IN ('intent', 'accepted', 'reversing');
        CREATE TABLE wish (
            ticket TEXT PRIMARY KEY,
            head INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// The till's keys, each of which is given once.
    private static let tillKey = """
        ALTER TABLE attempt ADD COLUMN tillKey TEXT;
        CREATE UNIQUE INDEX attemptOfKey ON attempt (tillKey) WHERE tillKey IS NOT NULL;
        """

    /// A payment that waits for its turn is open too.
    private static let queued = """
        DROP INDEX attemptOpen;
        CREATE INDEX attemptOpen ON attempt (sequence)
            WHERE state IN ('queued', 'intent', 'accepted', 'reversing');
        """

    /// What SQL must hold of an attempt that is not at its end: what the index of them says.
    static let isOpen = "attempt.state IN ('queued', 'intent', 'accepted', 'reversing')"

    /// All that a database says of its own structure; one of ours says this and nothing else.
    static func outline(_ database: Database) throws -> [String] {
        try String.fetchAll(
            database,
            sql: """
                SELECT type || ' ' || name || ' ' || ifnull(sql, '') FROM sqlite_schema
                ORDER BY type, name
                """)
    }

    /// What ``outline(_:)`` gives for a new database.
    static func expectedOutline() throws -> [String] { try pattern.get().read(outline) }

    /// A new database in memory. It stays: a queue that goes away starts a thread of libdispatch
    /// which from then on wakes up every second.
    private static let pattern = Result { () throws -> DatabaseQueue in
        let queue = try DatabaseQueue()
        try migrator.migrate(queue)
        return queue
    }
}
