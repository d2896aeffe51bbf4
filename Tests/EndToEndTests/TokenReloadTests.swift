import Foundation
import OwnThreads
import Testing
import TillPrograms

/// SIGHUP: the gateway's token is read anew, without an end of the service.
@Suite(.blocks, .timeLimit(.minutes(3))) struct TokenReloadTests {
    @Test func `the next payment uses the token that is in the file`() throws {
        let emulator = try RunningEmulator()
        defer { emulator.stop() }
        let folder = try Scratch()
        let good = try #require(emulator.settings()["tokenFile"] as? String)
        let right = try String(
            contentsOf: URL(
                fileURLWithPath: good, relativeTo: URL(fileURLWithPath: emulator.directory + "/")),
            encoding: .utf8)
        let file = try folder.secret(right)
        let service = try RunningService(
            folder: folder.url.path,
            configuration: try emulator.configuration(["tokenFile": file]))
        #expect(try service.paid(100, key: "first").state == "approved")

        try Self.replace(file, "0123456789abcdef0123456789abcdef\n", service)
        #expect(try Self.pay(service, "wrong", until: "rejected"))
        try Self.replace(file, right, service)
        #expect(try Self.pay(service, "right", until: "approved"))
        // A file that is wrong is told, and the former token stays.
        try Self.replace(file, "", service)
        #expect(try service.paid(500, key: "former").state == "approved")
        #expect(service.end() == 0)
        let audit = try service.audit()
        #expect(audit.count { $0.contains("the gateway's token was read anew") } == 2)
        #expect(!audit.joined().contains(right.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    private static func replace(
        _ file: String, _ text: String, _ service: RunningService
    ) throws {
        try text.write(toFile: file, atomically: false, encoding: .utf8)
        kill(service.processIdentifier, SIGHUP)
    }

    /// Pays until a payment ends so: the signal comes to the lane in its own time.
    private static func pay(
        _ service: RunningService, _ key: String, until state: String
    ) throws -> Bool {
        for number in 1...100
        where try service.paid(100 + number, key: "\(key)-\(number)").state == state {
            return true
        }
        return false
    }
}
