import Emulator
import Foundation
import OwnThreads
import Testing

/// Faults on the wire, as curl meets them.
@Suite(.blocks) struct WireTests {
    /// What curl says of a sale under a fault: its exit status, output and messages.
    private static func sale(
        _ child: EmulatorChild, _ fault: String
    ) throws -> (status: Int32, output: String, errors: String) {
        try child.operate("/faults", fault)
        return try child.tryCurl("/sale", Body.noted("SW-1").text, ["--max-time", "5"])
    }

    private static func live(_ child: EmulatorChild) throws -> String {
        let ledger = try JSONValue(try child.operate("/ledger"))
        let rows = try #require(ledger["references"]?.elements)
        return rows.first?["live"]?.numberText ?? "0"
    }

    static let ends: [(String, Int32, String, String)] = [
        ("dropBeforeCommit", 52, "Empty reply", "0"),
        ("dropAfterCommit", 52, "Empty reply", "1"),
        ("resetBeforeCommit", 56, "reset by peer", "0"),
        ("resetAfterCommit", 56, "reset by peer", "1"),
        ("resetInAnswer", 56, "reset by peer", "1"),
        ("closeOnAccept", 35, "curl: (35)", "0"),
        ("tlsRefused", 35, "alert handshake failure", "0"),
    ]

    @Test(arguments: ends)
    func `ends a connection as it is told`(
        fault: String, status: Int32, message: String, live: String
    ) throws {
        let child = try EmulatorChild(["--operator", "0"])
        let seen = try Self.sale(child, #"{"name":"\#(fault)"}"#)
        #expect(seen.status == status, "\(seen)")
        #expect(seen.errors.contains(message), "\(seen)")
        #expect(try Self.live(child) == live)
        #expect(child.end() == 0)
    }

    @Test(arguments: [
        ("stallOnAccept", "0"), ("stallBeforeCommit", "0"), ("stallAfterCommit", "1"),
        ("stallInAnswer", "1"),
    ])
    func `leaves a client waiting, and ends all the same`(fault: String, live: String) throws {
        let child = try EmulatorChild(["--operator", "0"])
        try child.operate("/faults", #"{"name":"\#(fault)"}"#)
        let seen = try child.tryCurl(
            "/sale", Body.noted("SW-1").text, ["--max-time", "0.5"])
        #expect(seen.status == 28, "\(seen)")
        #expect(try Self.live(child) == live)
        #expect(child.end() == 0)
    }

    static let answers: [(String, String)] = [
        (#"{"name":"trickle","milliseconds":1}"#, "\r\nContent-Length: 0\r\n\r\n"),
        (#"{"name":"chunkedAnswer","operation":"sale"}"#, "\r\ntransfer-encoding: chunked\r\n"),
        (#"{"name":"interimAnswer","count":2}"#, "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 103"),
        (#"{"name":"closeAfterAnswer"}"#, "\r\nConnection: close\r\n"),
        (#"{"name":"silentClose"}"#, "\r\nContent-Length: 0\r\n\r\n"),
        (#"{"name":"slowAnswer","milliseconds":1}"#, "HTTP/1.1 201 Created\r\n"),
        (#"{"name":"locationTwice"}"#, "/sale/1\r\n"),
        (#"{"name":"redirectAfterCommit","text":"https://payhub.example/"}"#, "HTTP/1.1 303 See"),
        (#"{"name":"errorBeforeCommit","status":599}"#, "HTTP/1.1 599 Other\r\n"),
    ]

    @Test func `answers as it is told`() throws {
        let child = try EmulatorChild(["--operator", "0"])
        for (fault, text) in Self.answers {
            let seen = try Self.sale(child, fault)
            #expect(seen.status == 0 && seen.output.contains(text), "\(fault): \(seen)")
            try child.operate("/faults", method: "DELETE")
        }
        #expect(child.end() == 0)
    }

    @Test func `resets a connection before a word is said`() throws {
        let child = try EmulatorChild(["--operator", "0"])
        let seen = try Self.sale(child, #"{"name":"resetOnAccept"}"#)
        // Sometimes curl has not yet seen its connection when it is gone.
        #expect([7, 35].contains(seen.status), "\(seen)")
        #expect(try Self.live(child) == "0")
        #expect(child.end() == 0)
    }

    @Test func `cuts a body`() throws {
        let child = try EmulatorChild(["--operator", "0"])
        #expect(try child.curl("/sale", Body.noted("SW-1").text).contains("201 Created"))
        try child.operate("/faults", #"{"name":"cutAnswer"}"#)
        let seen = try child.tryCurl("/sale/1001")
        #expect(seen.status == 18 && seen.output.hasSuffix("}}"), "\(seen)")
        #expect(child.end() == 0)
    }

    @Test func `sends a NUL in a Location`() throws {
        let child = try EmulatorChild(["--operator", "0"])
        let seen = try Self.sale(child, #"{"name":"locationNUL"}"#)
        #expect(seen.status == 8 || seen.output.contains("\0"), "\(seen)")
        #expect(try Self.live(child) == "1")
        #expect(child.end() == 0)
    }

    @Test func `reads faults from a file and listens to its operator on a socket`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "wire-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let faults = folder.appending(path: "faults.json").path
        try #"[{"name":"commitLost"}]"#.write(toFile: faults, atomically: true, encoding: .utf8)
        let socket = folder.appending(path: "operator").path
        let child = try EmulatorChild(["--faults", faults, "--operator", socket])
        #expect(child.operatorPlace == "unix:\(socket)")
        #expect(try child.curl("/sale", Body.noted("SW-1").text).contains("201 Created"))
        #expect(try child.operate("/ledger").contains(#""live":0"#))
        #expect(child.end() == 0)
        #expect(!FileManager.default.fileExists(atPath: socket))
    }

    @Test(arguments: [
        ["--faults", "/nonexistent"], ["--store", "/nonexistent/ledger"],
        ["--operator", "70000"], ["--settlement-time", "24:00"],
        ["--utc-offset-minutes", "1440"],
    ])
    func `refuses to start with what it cannot use`(arguments: [String]) throws {
        let process = Process()
        process.executableURL = EmulatorChild.program
        process.arguments = ["--port", "0"] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus != 0)
    }
}
