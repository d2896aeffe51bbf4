import Foundation
import Testing

/// A program of this build as a child of the tests; it ends when it is told to.
final class Child: Sendable {
    /// The folder of the built programs: where the test bundle lies.
    static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    /// The project's folder.
    static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    /// Starts a program.
    init(_ name: String, _ arguments: [String], state: String) throws {
        process.executableURL =
            name.hasPrefix("/")
            ? URL(fileURLWithPath: name) : Self.folder.appendingPathComponent(name)
        process.arguments = arguments
        var variables = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("SWIPELINE_")
        }
        variables["XDG_STATE_HOME"] = state
        process.environment = variables
        process.currentDirectoryURL = Self.project
        process.standardInput = input
        process.standardOutput = output
        process.standardError =
            ProcessInfo.processInfo.environment["SWIPELINE_PAGE_LOG"] == nil
            ? FileHandle.nullDevice : FileHandle.standardError
        try process.run()
    }

    /// The next line that it prints; empty once it has ended.
    func line() throws -> String {
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte.count == 1 {
            if byte[byte.startIndex] == 0x0A { break }
            line.append(byte)
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// All that it prints until its end.
    func rest() throws -> String {
        let all = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: all, as: UTF8.self)
    }

    /// What curl is answered; an answer that refuses fails the test.
    static func curl(_ arguments: [String]) throws -> String {
        let curl = try Child("/usr/bin/curl", ["-sS", "--fail-with-body"] + arguments, state: "")
        curl.letGo()
        let answer = try curl.rest()
        #expect(curl.process.terminationStatus == 0, "\(arguments.last ?? ""): \(answer)")
        return answer
    }

    /// Gives it a line to read, and no more.
    func type(_ line: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8))
        letGo()
    }

    /// Lets go of its input.
    func letGo() { try? input.fileHandleForWriting.close() }

    /// Sends it a signal.
    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Asks it to end, and waits until it has.
    func stop() {
        letGo()
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
    }
}
