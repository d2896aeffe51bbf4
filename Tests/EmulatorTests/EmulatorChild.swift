import Emulator
import Foundation
import Testing

/// The emulator as a child of the tests; the build puts it beside them.
struct EmulatorChild {
    struct CurlFailure: Error, Equatable {
        let status: Int32
    }

    let process = Process()
    private let input = Pipe()
    let gateway: String
    let directory: String
    let operatorPlace: String?
    /// The gateway without TLS, where it has such a listener.
    let plainGateway: String?

    static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "swipeline-emulator")

    /// Starts it; with `shell`, behind these commands of the shell.
    init(_ arguments: [String] = [], shell: String? = nil) throws {
        let all = ["--port", "0", "--until-eof"] + arguments
        if let shell {
            process.executableURL = URL(filePath: "/bin/bash")
            process.arguments = ["-c", "\(shell); exec \"$0\" \"$@\"", Self.program.path] + all
        } else {
            process.executableURL = Self.program
            process.arguments = all
        }
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line: [UInt8] = []
        while line.last != UInt8(ascii: "\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            line += more
        }
        let ready = try JSONValue(parsing: line)
        #expect(ready["event"] == .string("ready"))
        gateway = try #require(ready["gateway"]?.string)
        directory = try #require(ready["directory"]?.string)
        operatorPlace = ready["operator"]?.string
        plainGateway = ready["plain"]?.string
    }

    /// Closes its input, which ends it; its exit status.
    func end() -> Int32 {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Ends it in the middle of everything.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func file(_ name: String) throws -> String {
        try String(contentsOf: URL(filePath: directory).appending(path: name), encoding: .utf8)
    }

    func permissions(_ name: String) throws -> Int {
        let path = name.isEmpty ? directory : "\(directory)/\(name)"
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    /// Head and body of an answer; a POST when there is a body.
    func curl(
        _ path: String, _ body: String? = nil, authority: String? = nil
    ) throws -> String {
        let more = authority.map { ["--cacert", $0] } ?? []
        let seen = try tryCurl(path, body, more)
        guard seen.status == 0 else { throw CurlFailure(status: seen.status) }
        return seen.output
    }

    /// What curl says: its exit status, what it printed, and its messages.
    func tryCurl(
        _ path: String, _ body: String? = nil, _ more: [String] = [], at gateway: String? = nil
    ) throws -> (status: Int32, output: String, errors: String) {
        let token = try file("token").filter { !$0.isNewline }
        let arguments = [
            "-i", "--cacert", "\(directory)/ca.pem", "-H", "Authorization: Bearer \(token)",
            "-H", "Content-Type: application/json", "-H", "Expect:",
            (gateway ?? self.gateway) + path,
        ]
        return try Self.run(arguments + more, body)
    }

    /// The operator's answer; a POST when there is a body.
    @discardableResult
    func operate(_ path: String, _ body: String? = nil, method: String? = nil) throws -> String {
        let place = try #require(operatorPlace)
        var arguments = place.hasPrefix("http") ? [place + path] : ["http://localhost" + path]
        if place.hasPrefix("unix:") { arguments += ["--unix-socket", String(place.dropFirst(5))] }
        if let method { arguments += ["-X", method] }
        let seen = try Self.run(arguments, body)
        guard seen.status == 0 else { throw CurlFailure(status: seen.status) }
        return seen.output
    }

    private static func run(
        _ arguments: [String], _ body: String?
    ) throws -> (status: Int32, output: String, errors: String) {
        let curl = Process()
        curl.executableURL = URL(filePath: "/usr/bin/curl")
        curl.arguments =
            ["-sS", "--http1.1"] + arguments + (body == nil ? [] : ["--data-binary", "@-"])
        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        curl.standardInput = input
        curl.standardOutput = output
        curl.standardError = errors
        try curl.run()
        try input.fileHandleForWriting.write(contentsOf: Data((body ?? "").utf8))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        let messages = try errors.fileHandleForReading.readToEnd() ?? Data()
        curl.waitUntilExit()
        return (
            curl.terminationStatus, String(decoding: answer, as: UTF8.self),
            String(decoding: messages, as: UTF8.self)
        )
    }
}
