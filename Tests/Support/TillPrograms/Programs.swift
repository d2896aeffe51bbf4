public import Foundation

/// The executables of this build, run as a shop would run them.
public enum Programs {
    /// What a program left behind.
    public struct Result {
        /// Its exit code.
        public let status: Int32
        /// What it wrote to standard output.
        public let output: String
        /// What it wrote to standard error.
        public let complaint: String

        /// What a program left behind.
        public init(status: Int32, output: String, complaint: String) {
            (self.status, self.output, self.complaint) = (status, output, complaint)
        }

        /// The lines of standard output, each one JSON object.
        public var lines: [[String: Any]] {
            output.split(separator: "\n").compactMap {
                try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
            }
        }
    }

    /// The folder of the built executables: where the test bundle lies.
    public static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    /// The project's folder.
    public static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static let state = FileManager.default.temporaryDirectory
        .appendingPathComponent("swipeline-tests-\(ProcessInfo.processInfo.processIdentifier)")

    /// The path of a recorded swipe.
    public static func fixture(_ name: String) -> String {
        project.appendingPathComponent("Fixtures/\(name)").path
    }

    /// Runs an executable of this build to its end.
    public static func run(
        _ name: String, _ arguments: [String], environment: [String: String] = [:],
        input: String? = nil
    ) throws -> Result {
        let process = Process()
        process.executableURL =
            name.hasPrefix("/") ? URL(fileURLWithPath: name) : folder.appendingPathComponent(name)
        process.arguments = arguments
        process.environment = variables(environment)
        process.currentDirectoryURL = project
        let output = Pipe()
        let complaint = Pipe()
        let typed = input.map { _ in Pipe() }
        process.standardInput = typed ?? FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = complaint
        try process.run()
        if let typed {
            try typed.fileHandleForWriting.write(contentsOf: Data((input ?? "").utf8))
            try typed.fileHandleForWriting.close()
        }
        // Both pipes are emptied at once, so that neither can fill up and stall the program.
        let errors = Collector(complaint.fileHandleForReading)
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let errorText = errors.wait()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            complaint: String(decoding: errorText, as: UTF8.self))
    }

    /// The environment of a program: nothing in it configures it but what is said here.
    static func variables(_ more: [String: String]) -> [String: String] {
        var variables = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("SWIPELINE_")
        }
        // Journals that no argument names belong to the tests and not to their user.
        variables["XDG_STATE_HOME"] = state.path
        return variables.merging(more) { _, new in new }
    }

    /// The first line that a program prints, as JSON: that it is ready, and where.
    static func ready(_ output: Pipe) throws -> [String: Any] {
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte.count == 1,
            byte[byte.startIndex] != 0x0A
        {
            line.append(byte)
        }
        return try JSONSerialization.jsonObject(with: line) as? [String: Any] ?? [:]
    }

    /// Runs `swipeline` to its end.
    public static func swipeline(
        _ arguments: String..., environment: [String: String] = [:]
    ) throws -> Result {
        try run("swipeline", arguments, environment: environment)
    }
}

/// Reads a pipe to its end on a thread of its own.
private final class Collector: @unchecked Sendable {
    private var data = Data()
    private let done = DispatchSemaphore(value: 0)

    init(_ handle: FileHandle) {
        Thread.detachNewThread { [self] in
            data = handle.readDataToEndOfFile()
            done.signal()
        }
    }

    func wait() -> Data {
        done.wait()
        return data
    }
}
