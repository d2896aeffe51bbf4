import Coverage
import Emulator
import Foundation
import OwnThreads
import Testing

/// The executable as a client meets it: started as a child, spoken to by curl over TLS.
@Suite(.blocks) struct ServerTests {
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

    @Test(.covers("PH-R-012", "PH-I-030", "PH-R-011"))
    func `serves a sale and its resource over TLS`() throws {
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
