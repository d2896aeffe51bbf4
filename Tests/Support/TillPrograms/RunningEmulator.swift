internal import Foundation
internal import Testing

/// An emulator that lives as long as this object.
public final class RunningEmulator: Sendable {
    /// Where it wrote what clients need.
    public let directory: String
    /// Its operator's interface, where it has one.
    private let desk: String?
    private let process = Process()
    private let leash = Pipe()
    private let log = Pipe()

    /// Starts it and waits until it listens.
    public init(_ arguments: String..., keepsLog: Bool = false) throws {
        let output = Pipe()
        process.executableURL = Programs.folder.appendingPathComponent("swipeline-emulator")
        process.arguments = ["--port", "0", "--until-eof"] + arguments
        process.standardInput = leash
        process.standardOutput = output
        process.standardError = keepsLog ? log : FileHandle.nullDevice
        try process.run()
        let ready = try Programs.ready(output)
        directory = try #require(ready["directory"] as? String)
        desk = ready["operator"] as? String
    }

    /// What it wrote for clients.
    public func settings() throws -> [String: Any] {
        let url = URL(fileURLWithPath: directory).appendingPathComponent("swipeline.json")
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
        return try #require(object as? [String: Any])
    }

    /// Its process.
    public var processIdentifier: Int32 { process.processIdentifier }

    /// Waits until the log says these words; false when it ended without them.
    public func waitForLog(_ words: String) -> Bool {
        var text = ""
        while !text.contains(words) {
            let more = log.fileHandleForReading.availableData
            guard !more.isEmpty else { return false }
            text += String(decoding: more, as: UTF8.self)
        }
        return true
    }

    /// A configuration beside its own, with waits of a rehearsal and what else is said.
    public func configuration(_ changes: [String: Any] = [:]) throws -> String {
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

    /// Asks its operator's interface, which it has with `--operator`.
    @discardableResult
    public func operate(
        _ method: String, _ path: String, _ body: String? = nil
    ) throws -> Any {
        let place = try #require(desk)
        let content = body.map { ["--json", $0] } ?? []
        let result = try Programs.run(
            "/usr/bin/curl", ["-sS", "--fail", "-X", method] + content + ["\(place)/\(path)"])
        #expect(result.status == 0, "\(result.complaint)")
        return try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    }

    /// The requests that may move money, as cents and path, in the order in which they came,
    /// whatever became of them.
    public func orders() throws -> [String] {
        try #require(operate("GET", "posts") as? [[String: Any]]).compactMap { post in
            let path = post["path"] as? String ?? ""
            let isQuestion = path.contains("/report/")
            return isQuestion ? nil : "\(post["cents"] as? Int ?? 0) \(path)"
        }
    }

    /// Ends it and waits.
    public func stop() {
        try? leash.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    deinit { stop() }
}
