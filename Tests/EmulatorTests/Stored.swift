import Foundation

/// What stands in a store's files.
enum Stored {
    struct QueryFailure: Error {
        let text: String
    }

    /// All bytes of the database and of its log.
    static func text(_ path: String) throws -> String {
        let files = [path, path + "-wal"].filter(FileManager.default.fileExists)
        return try files.map {
            String(decoding: try Data(contentsOf: URL(filePath: $0)), as: UTF8.self)
        }
        .joined()
    }

    /// What SQLite's own program says to a query.
    static func query(_ path: String, _ sql: String) throws -> String {
        let program = Process()
        program.executableURL = URL(filePath: "/usr/bin/sqlite3")
        program.arguments = [path, sql]
        let (output, errors) = (Pipe(), Pipe())
        program.standardOutput = output
        program.standardError = errors
        try program.run()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        let messages = try errors.fileHandleForReading.readToEnd() ?? Data()
        program.waitUntilExit()
        guard program.terminationStatus == 0 else {
            throw QueryFailure(text: String(decoding: messages, as: UTF8.self))
        }
        return String(decoding: answer, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
