import Foundation

/// The process beside the test's own.
enum JournalChild {
    /// The build puts it beside the tests.
    private static var program: URL {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "journal-child")
    }

    /// Runs it to its end and gives its status, or the signal that ended it.
    static func run(_ arguments: String...) throws -> Int32 {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Starts it with a journal held, and gives the process and what ends it.
    static func hold(_ folder: String) throws -> (process: Process, end: FileHandle) {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = program
        process.arguments = ["hold", folder]
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        // Its first line says that it holds.
        _ = output.fileHandleForReading.availableData
        return (process, input.fileHandleForWriting)
    }
}
