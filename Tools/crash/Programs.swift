import Dispatch
import Foundation

/// What stops a run: nothing it says about the till would be worth anything.
struct Mishap: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// The executables of this build, run to their ends.
struct Programs {
    /// Where the executables lie: beside this one.
    static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().path

    /// What names this build.
    static func fingerprint() throws -> String {
        let names = ["swipeline", "swipeline-emulator", "kill-at", "crash"]
        let programs = Programs(scratch: NSTemporaryDirectory())
        let sums = try programs.run(
            "/usr/bin/sha256sum", names.map { "\(folder)/\($0)" }
        ).output
        return sums.split(separator: "\n").map { $0.prefix(12) }.joined(separator: "+")
    }

    /// What a program left behind.
    struct Result {
        let status: Int32
        let output: String
        let complaint: String

        /// The same, of a program that ran within another.
        func ended(with status: Int32) -> Result {
            Result(status: status, output: output, complaint: complaint)
        }

        /// The lines of standard output that are JSON objects.
        var lines: [[String: Any]] { output.split(separator: "\n").compactMap(JSON.object) }
    }

    /// A folder for what programs print.
    let scratch: String

    func run(_ path: String, _ arguments: [String]) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        // Files: a pipe that nobody empties would stall the program.
        let output = try writing("output")
        let complaint = try writing("complaint")
        process.standardOutput = output
        process.standardError = complaint
        // Foundation's own wait looks only now and then.
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        ended.wait()
        try output.close()
        try complaint.close()
        return Result(
            status: process.terminationReason == .exit
                ? process.terminationStatus : 128 + process.terminationStatus,
            output: try text("output"), complaint: try text("complaint"))
    }

    private func writing(_ name: String) throws -> FileHandle {
        let path = "\(scratch)/\(name)"
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw Mishap("\(path) cannot be written") }
        return handle
    }

    private func text(_ name: String) throws -> String {
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(scratch)/\(name)"))
        return String(decoding: data, as: UTF8.self)
    }
}

/// JSON as programs print it.
enum JSON {
    static func object(_ text: some StringProtocol) -> [String: Any]? {
        try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    }
}
