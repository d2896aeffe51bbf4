import Foundation
import OwnThreads
import Testing
import TillPrograms

/// An armed till that waits for a card, seen from outside.
@Suite(.blocks) struct IdleTests {
    @Test func `an armed till sleeps: no thread of it wakes while other tills are busy`() throws {
        let emulator = try RunningEmulator()
        defer { emulator.stop() }
        let till = try ArmedTill(emulator)
        defer { till.stop() }
        try Self.pay(emulator)
        var quiet = false
        // The first rounds may still see it go to sleep.
        for _ in 0..<5 where !quiet {
            let before = try till.switches()
            let end = Date().addingTimeInterval(2.5)
            // Longer than a second, because a wait that is cut into seconds would show.
            repeat { try Self.pay(emulator) } while Date() < end
            quiet = try till.switches() == before
        }
        #expect(quiet, "the till woke in each of five spans")
        #expect(try till.switches().count >= 2, "the submission and the reader's thread")
    }

    private static func pay(_ emulator: RunningEmulator) throws {
        let result = try Programs.swipeline(
            "replay", "Fixtures/clear-visa.hid", "--amount", "12.75", "--config",
            emulator.directory, "--json")
        #expect(result.status == 0, "\(result.complaint)")
    }
}

/// A till whose first card was paid with, and whose second is an hour away.
private final class ArmedTill {
    private let process = Process()
    private let folder: Scratch

    init(_ emulator: RunningEmulator) throws {
        folder = try Scratch()
        let text = try String(contentsOfFile: Programs.fixture("clear-visa.hid"), encoding: .utf8)
        let event = try #require(text.split(separator: "\n").last { $0.hasPrefix("E: ") })
        let later = event.replacing("E: 000000.", with: "E: 003600.")
        let file = try folder.write(text + later + "\n", as: "hour.hid")
        let output = Pipe()
        process.executableURL = Programs.folder.appendingPathComponent("swipeline")
        process.arguments = [
            "replay", file, "--amount", "12.75", "--pace", "recorded", "--config",
            emulator.directory, "--journal", folder.url.appendingPathComponent("journal").path,
            "--lane", "2", "--json",
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // The first payment's line: the till goes on to arm for the second.
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte.count == 1,
            byte[byte.startIndex] != 0x0A
        {
            line.append(byte)
        }
        #expect(String(decoding: line, as: UTF8.self).contains("approved"))
    }

    /// How often each thread has been given the processor, by its number.
    func switches() throws -> [String: String] {
        let tasks = "/proc/\(process.processIdentifier)/task"
        var counts: [String: String] = [:]
        for thread in try FileManager.default.contentsOfDirectory(atPath: tasks) {
            let status = try String(contentsOfFile: "\(tasks)/\(thread)/status", encoding: .utf8)
            counts[thread] = status.split(separator: "\n")
                .filter { $0.contains("ctxt_switches") }.joined()
        }
        return counts
    }

    func stop() {
        // A child of a dispatch thread inherits that thread's blocked signals; this one is heard.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
