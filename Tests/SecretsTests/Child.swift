import Foundation

/// Runs `secrets-child`, which the build puts beside the tests, and gathers all it says.
enum Child {
    struct End {
        let output: String
        let errorOutput: String
        let status: Int32
        let wasSignalled: Bool
    }

    static func run(_ arguments: String...) throws -> End {
        try end(of: BuildFolder.url.appending(path: "secrets-child"), arguments)
    }

    /// Runs a program to its end; its output goes to files, so that no pipe can fill up.
    static func end(of program: URL, _ arguments: [String]) throws -> End {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "secrets-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try ["out", "err"].map { name in
            let file = folder.appending(path: name)
            try Data().write(to: file)
            return (file, try FileHandle(forWritingTo: file))
        }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging([
            "SWIFT_BACKTRACE": "enable=yes,color=no,interactive=no"
        ]) { $1 }
        (process.standardOutput, process.standardError) = (files[0].1, files[1].1)
        try process.run()
        process.waitUntilExit()
        let texts = try files.map { String(decoding: try Data(contentsOf: $0.0), as: UTF8.self) }
        return End(
            output: texts[0], errorOutput: texts[1], status: process.terminationStatus,
            wasSignalled: process.terminationReason == .uncaughtSignal)
    }
}

/// The folder of the running tests' build, wherever its scratch path is.
enum BuildFolder {
    static var url: URL {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    }
}
