internal import Foundation

/// A `swipeline` that runs beside the test, on the same pretended bus.
internal final class Command {
    private let process = Process()
    private let output: URL
    private let complaint: URL

    /// What it left behind.
    struct End {
        let status: Int32
        let output: String
        let complaint: String
    }

    /// Starts it.
    init(_ arguments: [String]) throws {
        let folder = FileManager.default.temporaryDirectory
        output = folder.appending(path: "\(UUID())")
        complaint = folder.appending(path: "\(UUID())")
        for file in [output, complaint] {
            _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        }
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "swipeline")
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: complaint)
        try process.run()
    }

    /// Asks it to end.
    func interrupt() { process.interrupt() }

    /// Waits for its end.
    func wait() throws -> End {
        process.waitUntilExit()
        let texts = try [output, complaint].map { file in
            defer { try? FileManager.default.removeItem(at: file) }
            return String(decoding: try Data(contentsOf: file), as: UTF8.self)
        }
        return End(
            status: process.terminationStatus, output: texts[0], complaint: texts[1])
    }
}
