import Foundation

/// A program run to its end, with what it wrote to both outputs.
struct Command {
    let status: Int32
    let output: String

    /// Runs a program of the system.
    static func run(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:]
    ) throws -> Command {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        // A file: a pipe that nobody empties would stall the program.
        let log = folder.appending(path: "output")
        let handle = try FileHandle(new: log)
        (process.standardOutput, process.standardError) = (handle, handle)
        try process.run()
        process.waitUntilExit()
        try handle.close()
        let output = String(decoding: try Data(contentsOf: log), as: UTF8.self)
        return Command(status: process.terminationStatus, output: output)
    }
}

extension FileHandle {
    /// A new, empty file to write to.
    convenience init(new file: URL) throws {
        try Data().write(to: file)
        try self.init(forWritingTo: file)
    }
}
