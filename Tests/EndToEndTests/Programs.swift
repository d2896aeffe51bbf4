import Foundation
import Testing

/// The executables of this build, run as a shop would run them.
enum Programs {
    /// What a program left behind.
    struct Result {
        let status: Int32
        let output: String
        let complaint: String

        /// The lines of standard output, each one JSON object.
        var lines: [[String: Any]] {
            output.split(separator: "\n").compactMap {
                try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
            }
        }
    }

    /// The folder of the built executables: where the test bundle lies.
    static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    /// The project's folder.
    static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static let state = FileManager.default.temporaryDirectory
        .appendingPathComponent("swipeline-tests-\(ProcessInfo.processInfo.processIdentifier)")

    static func fixture(_ name: String) -> String {
        project.appendingPathComponent("Fixtures/\(name)").path
    }

    /// Runs an executable of this build to its end.
    static func run(
        _ name: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws -> Result {
        let process = Process()
        process.executableURL =
            name.hasPrefix("/") ? URL(fileURLWithPath: name) : folder.appendingPathComponent(name)
        process.arguments = arguments
        var variables = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("SWIPELINE_")
        }
        // Journals that no argument names belong to the tests and not to their user.
        variables["XDG_STATE_HOME"] = state.path
        variables.merge(environment) { _, new in new }
        process.environment = variables
        process.currentDirectoryURL = project
        let output = Pipe()
        let complaint = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = complaint
        try process.run()
        // Both pipes are emptied at once, so that neither can fill up and stall the program.
        let errors = Collector(complaint.fileHandleForReading)
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let errorText = errors.wait()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            complaint: String(decoding: errorText, as: UTF8.self))
    }

    static func swipeline(
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

/// An emulator that lives as long as this object.
final class RunningEmulator: Sendable {
    let directory: String
    private let process = Process()
    private let leash = Pipe()
    private let log = Pipe()

    init(_ arguments: String..., keepsLog: Bool = false) throws {
        let output = Pipe()
        process.executableURL = Programs.folder.appendingPathComponent("swipeline-emulator")
        process.arguments = ["--port", "0", "--until-eof"] + arguments
        process.standardInput = leash
        process.standardOutput = output
        process.standardError = keepsLog ? log : FileHandle.nullDevice
        try process.run()
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte.count == 1,
            byte[byte.startIndex] != 0x0A
        {
            line.append(byte)
        }
        let ready = try JSONSerialization.jsonObject(with: line) as? [String: Any]
        directory = try #require(ready?["directory"] as? String)
    }

    /// What it wrote for clients.
    func settings() throws -> [String: Any] {
        let url = URL(fileURLWithPath: directory).appendingPathComponent("swipeline.json")
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
        return try #require(object as? [String: Any])
    }

    var processIdentifier: Int32 { process.processIdentifier }

    /// Waits until the log says these words; false when it ended without them.
    func waitForLog(_ words: String) -> Bool {
        var text = ""
        while !text.contains(words) {
            let more = log.fileHandleForReading.availableData
            guard !more.isEmpty else { return false }
            text += String(decoding: more, as: UTF8.self)
        }
        return true
    }

    /// A configuration beside its own, with waits of a rehearsal and what else is said.
    func configuration(_ changes: [String: Any] = [:]) throws -> String {
        var settings = try settings()
        settings["waits"] = [
            "lateCommit": 100, "betweenReads": 20, "pause": 5, "pauseMaximum": 50,
        ]
        settings.merge(changes) { _, new in new }
        let path = "\(directory)/changed-\(UUID().uuidString).json"
        try JSONSerialization.data(withJSONObject: settings)
            .write(to: URL(fileURLWithPath: path))
        return path
    }

    func stop() {
        try? leash.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    deinit { stop() }
}
