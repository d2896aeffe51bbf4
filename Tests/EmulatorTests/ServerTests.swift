import Emulator
import Foundation
import Testing

/// The executable as a client meets it: started as a child, spoken to by curl over TLS.
@Suite struct ServerTests {
    @Test func `says once that it is ready, and where`() throws {
        let child = try EmulatorChild()
        let settings = try JSONValue(try child.file("swipeline.json"))
        #expect(settings["gateway"]?.string == child.gateway)
        #expect(settings["ca"] == .string("ca.pem"))
        #expect(settings["tokenFile"] == .string("token"))
        #expect(settings["organization"] == .number("20001"))
        #expect(settings["terminal"] == .number("1"))
        #expect(child.gateway.wholeMatch(of: /https:\/\/localhost:\d+\/api\/v2/) != nil)
        #expect(try child.permissions("token") == 0o600)
        #expect(try child.permissions("") == 0o700)
        #expect(child.end() == 0)
        #expect(!FileManager.default.fileExists(atPath: child.directory))
    }

    @Test func `ends in good order on SIGTERM`() throws {
        let child = try EmulatorChild()
        child.process.terminate()
        child.process.waitUntilExit()
        #expect(child.process.terminationStatus == 0)
        #expect(!FileManager.default.fileExists(atPath: child.directory))
    }

    @Test func `leaves a directory that it was given`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "emulator-tests-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let child = try EmulatorChild(["--directory", folder.path])
        #expect(child.directory == folder.path)
        #expect(try child.permissions("token") == 0o600)
        #expect(child.end() == 0)
        #expect(FileManager.default.fileExists(atPath: folder.path + "/swipeline.json"))
    }

    @Test(arguments: [["--clock", "2026-02-30"], ["--port", "65536"], ["--decline-style", "x"]])
    func `refuses options that make no sense`(arguments: [String]) throws {
        let process = Process()
        process.executableURL = EmulatorChild.program
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 64)
    }

    @Test func `serves a sale and its resource over TLS`() throws {
        let child = try EmulatorChild()
        let body = try #require(Body.swiped)
        let created = try child.curl("/sale", body.text)
        #expect(created.hasPrefix("HTTP/1.1 201 Created\r\n"))
        #expect(created.contains("\r\nContent-Length: 0\r\n"))
        let location = try #require(
            created.firstMatch(of: /\r\nLocation: (\S+)\r\n/).map { String($0.1) })
        #expect(location == "\(child.gateway)/sale/1001")
        let sale = try child.curl("/sale/1001")
        #expect(sale.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(sale.contains(#""responseCode":"00""#))
        #expect(child.end() == 0)
    }

    @Test func `tells a body that is too long and goes on`() throws {
        let child = try EmulatorChild()
        let long = try child.curl("/sale", String(repeating: " ", count: 80_000))
        #expect(long.hasPrefix("HTTP/1.1 413 Payload Too Large\r\n"))
        #expect(try child.curl("/sale", "{").hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        #expect(child.end() == 0)
    }

    @Test func `is trusted by its own authority only`() throws {
        let child = try EmulatorChild()
        let other = try EmulatorChild()
        #expect(throws: EmulatorChild.CurlFailure(status: 60)) {
            try child.curl("/sale/1", authority: other.directory + "/ca.pem")
        }
        #expect(child.end() == 0)
        #expect(other.end() == 0)
    }
}

/// The emulator as a child of the tests; the build puts it beside them.
struct EmulatorChild {
    struct CurlFailure: Error, Equatable {
        let status: Int32
    }

    let process = Process()
    private let input = Pipe()
    let gateway: String
    let directory: String

    static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "swipeline-emulator")

    init(_ arguments: [String] = []) throws {
        process.executableURL = Self.program
        process.arguments = ["--port", "0", "--until-eof"] + arguments
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
    }

    /// Closes its input, which ends it; its exit status.
    func end() -> Int32 {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        return process.terminationStatus
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
        let curl = Process()
        curl.executableURL = URL(filePath: "/usr/bin/curl")
        let token = try file("token").filter { !$0.isNewline }
        curl.arguments =
            [
                "-sS", "-i", "--http1.1", "--cacert", authority ?? "\(directory)/ca.pem",
                "-H", "Authorization: Bearer \(token)", "-H", "Content-Type: application/json",
                "-H", "Expect:", gateway + path,
            ] + (body == nil ? [] : ["--data-binary", "@-"])
        let (input, output) = (Pipe(), Pipe())
        curl.standardInput = input
        curl.standardOutput = output
        curl.standardError = FileHandle.nullDevice
        try curl.run()
        try input.fileHandleForWriting.write(contentsOf: Data((body ?? "").utf8))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        curl.waitUntilExit()
        guard curl.terminationStatus == 0 else {
            throw CurlFailure(status: curl.terminationStatus)
        }
        return String(decoding: answer, as: UTF8.self)
    }
}
