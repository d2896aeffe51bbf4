import Foundation
import OwnThreads
import Testing
import TillPrograms

/// The till's service as a shop runs it: the program, the emulator's program, and tills.
@Suite(.blocks) struct ServeTests {
    private static func rig(
        _ settings: [String: Any] = [:], _ body: (RunningEmulator, String, String) throws -> Void
    ) throws {
        let emulator = try RunningEmulator()
        defer { emulator.stop() }
        let folder = try Scratch()
        try body(
            emulator, folder.url.path, try emulator.configuration(["service": settings]))
    }

    @Test func `a sale is made once for a key, also over a kill and a restart`() throws {
        try Self.rig { emulator, folder, configuration in
            var service = try RunningService(folder: folder, configuration: configuration)
            let made = try service.pay(1275, key: "order-1")
            #expect(made["state"] as? String == "waitingForCard")
            let reference = try #require(made["reference"] as? String)
            _ = try service.swipe()
            #expect(try service.follow(reference).last == "approved")
            service.end(SIGKILL)
            service = try RunningService(folder: folder, configuration: configuration)
            let again = try service.pay(1275, key: "order-1")
            #expect(again["reference"] as? String == reference)
            #expect(again["state"] as? String == "approved")
            let other = try service.pay(1276, key: "order-1")
            #expect(other["code"] as? String == "idempotencyMismatch")
            #expect(service.end() == 0)
            let list = try Programs.swipeline(
                "journal", "list", "--json", "--journal", "\(folder)/journal")
            #expect(list.lines.count == 1)
            let report = try Programs.swipeline(
                "transactions", "list", "--json", "--config", configuration)
            #expect(report.lines.count == 1, "\(report.complaint)")
            let proof = try Programs.swipeline(
                "journal", "verify", "--journal", "\(folder)/journal")
            #expect(proof.complaint.contains("The journal is sound"))
        }
    }

    @Test func `a payment that waits for a card is cancelled when the service ends`() throws {
        try Self.rig { _, folder, configuration in
            let service = try RunningService(folder: folder, configuration: configuration)
            _ = try service.pay(1275, key: "order-1")
            #expect(service.end() == 0)
            let list = try Programs.swipeline(
                "journal", "list", "--json", "--journal", "\(folder)/journal")
            #expect(list.lines.first?["state"] as? String == "cancelled")
        }
    }

    @Test func `without the gateway it starts, says so, and nothing is sent`() throws {
        try Self.rig { emulator, folder, _ in
            // Nobody listens there.
            let configuration = try emulator.configuration(["gateway": "https://localhost:1"])
            let service = try RunningService(folder: folder, configuration: configuration)
            let made = try service.pay(1275, key: "order-1")
            #expect(made["state"] as? String == "notSent")
            let advice = made["advice"] as? [String: Any]
            #expect(advice?["action"] as? String == "tryAgain")
            #expect(
                try service.pay(1275, key: "order-1")["reference"] as? String
                    == made["reference"] as? String)
            let health = try service.ask("GET", "/v1/health")
            #expect(health["status"] as? String == "degraded")
            #expect(health["gateway"] as? String == "unreachable")
        }
    }

    @Test func `a bad read is told, and the next swipe pays`() throws {
        try Self.rig { _, folder, configuration in
            let service = try RunningService(folder: folder, configuration: configuration)
            let made = try service.pay(1275, key: "order-1")
            let reference = try #require(made["reference"] as? String)
            _ = try service.swipe("bad-both.hid")
            let told = try service.ask("GET", "/v1/payments/\(reference)")
            #expect(told["state"] as? String == "waitingForCard")
            #expect(made["badReads"] as? Int == 0)
            #expect(told["badReads"] as? Int == 1)
            _ = try service.swipe()
            #expect(try service.follow(reference).last == "approved")
        }
    }

    @Test func `one waits for its turn, and a third is told to wait`() throws {
        try Self.rig { _, folder, configuration in
            let service = try RunningService(folder: folder, configuration: configuration)
            let first = try service.pay(100, key: "a")
            let second = try service.pay(200, key: "b")
            #expect(second["state"] as? String == "queued")
            #expect(try service.pay(300, key: "c")["code"] as? String == "busy")
            let reference = try #require(first["reference"] as? String)
            _ = try service.ask("POST", "/v1/payments/\(reference)/cancel")
            #expect(try service.follow(reference).last == "cancelled")
        }
    }

    @Test func `private memory stays below 24 MiB`() throws {
        try Self.rig { _, folder, configuration in
            let service = try RunningService(folder: folder, configuration: configuration)
            for number in 1...20 {
                let made = try service.pay(100 + number, key: "order-\(number)")
                _ = try service.swipe()
                _ = try service.follow(try #require(made["reference"] as? String))
            }
            let status = try String(
                contentsOfFile: "/proc/\(service.processIdentifier)/status", encoding: .utf8)
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssAnon") })
            let kibibytes = try #require(Int(line.split(separator: " ")[1]))
            print("service: \(kibibytes) KiB of private memory after 20 payments")
            #expect(kibibytes <= 24 * 1024)
        }
    }

    @Test(arguments: [("sh", "/bin/sh"), ("py", "/usr/bin/env"), ("js", "/usr/bin/env")])
    func `the client of the README takes a payment`(language: String, program: String) throws {
        try Self.rig { _, folder, configuration in
            let service = try RunningService(folder: folder, configuration: configuration)
            let file = "\(folder)/client.\(language)"
            try Self.client(language).write(toFile: file, atomically: true, encoding: .utf8)
            let runner = ["sh": [], "py": ["python3"], "js": ["node"]][language] ?? []
            let client = Process()
            let output = Pipe()
            client.executableURL = URL(fileURLWithPath: program)
            client.arguments = runner + [file]
            client.environment = ProcessInfo.processInfo.environment.merging(
                ["SOCKET": service.socket, "KEY": "order-1"]) { _, new in new }
            client.standardOutput = output
            try client.run()
            // The swipe is taken as soon as the client's payment waits for it.
            while client.isRunning, try service.swipe()["readers"] == nil {}
            let said = output.fileHandleForReading.readDataToEndOfFile()
            client.waitUntilExit()
            let states = String(decoding: said, as: UTF8.self).split(separator: "\n")
            #expect(states.last == "approved")
            #expect(client.terminationStatus == 0)
        }
    }

    /// The lines of the README between the mark of a language and the end of the block.
    private static func client(_ language: String) throws -> String {
        let text = try String(
            contentsOf: Programs.project.appendingPathComponent("README.md"), encoding: .utf8)
        let mark = try #require(text.range(of: "<!-- client: \(language) -->\n```"))
        let block = text[mark.upperBound...].drop { $0 != "\n" }.dropFirst()
        return String(block[..<(try #require(block.range(of: "\n```")).lowerBound)]) + "\n"
    }
}
