import Foundation
import OwnThreads
import Testing
import TillPrograms

/// What a newcomer gets wrong: one clear line with the remedy, and the right exit code.
@Suite(.blocks) struct BadInputTests {
    /// A mistake: its arguments after `replay`, the exit code, and words of the remedy.
    struct Mistake: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let arguments: [String]
        let status: Int32
        let remedy: String
    }

    static let visa = "Fixtures/clear-visa.hid"
    static let gateway = [
        "--gateway", "https://127.0.0.1:1", "--organization", "1", "--terminal", "1",
    ]

    static let mistakes: [Mistake] = [
        Mistake(
            testDescription: "no such recording",
            arguments: ["nothing.hid", "--amount", "12.75", "--emulator"], status: 2,
            remedy: "no such recording"),
        Mistake(
            testDescription: "a file that is no recording",
            arguments: ["README.md", "--amount", "12.75", "--emulator"], status: 2,
            remedy: "README.md"),
        Mistake(
            testDescription: "an amount in cents",
            arguments: [visa, "--amount", "1275", "--emulator"], status: 2, remedy: "12.75"),
        Mistake(
            testDescription: "no amount", arguments: [visa, "--emulator"], status: 2,
            remedy: "--amount"),
        Mistake(
            testDescription: "no gateway", arguments: [visa, "--amount", "12.75"], status: 2,
            remedy: "--emulator"),
        Mistake(
            testDescription: "a gateway that is not loopback, without --live",
            arguments: [
                visa, "--amount", "12.75", "--gateway", "https://gateway.example", "--organization",
                "1", "--terminal", "1", "--token-file", "/dev/null",
            ], status: 2, remedy: "--live"),
        Mistake(
            testDescription: "plain HTTP",
            arguments: [visa, "--amount", "12.75", "--gateway", "http://localhost"], status: 2,
            remedy: "https://"),
        Mistake(
            testDescription: "no token", arguments: [visa, "--amount", "12.75"] + gateway,
            status: 2, remedy: "--token-file"),
        Mistake(
            testDescription: "a token file that is not there",
            arguments: [visa, "--amount", "12.75", "--token-file", "/nonexistent"] + gateway,
            status: 2, remedy: "no such file"),
        Mistake(
            testDescription: "a configuration that is not there",
            arguments: [visa, "--amount", "12.75", "--config", "/nonexistent"], status: 2,
            remedy: "cannot be read"),
        Mistake(
            testDescription: "an operation that does not exist",
            arguments: [visa, "--amount", "12.75", "--operation", "rob"], status: 2,
            remedy: "authOnly"),
    ]

    @Test(arguments: mistakes)
    func `gets a line with the remedy and exit code 2`(mistake: Mistake) throws {
        let result = try Programs.run("swipeline", ["replay"] + mistake.arguments)
        #expect(result.status == mistake.status, "\(result.complaint)")
        #expect(result.complaint.contains(mistake.remedy), "\(result.complaint)")
        #expect(result.output.isEmpty)
    }

    @Test func `a recording with a broken line is refused with the line's number`() throws {
        let folder = try Scratch()
        var text = try String(contentsOfFile: Programs.fixture("clear-visa.hid"), encoding: .utf8)
        let event = try #require(text.range(of: "\nE: "))
        text.replaceSubrange(event.upperBound..<text.endIndex, with: "000000.000000 509 00 zz\n")
        let file = try folder.write(text, as: "broken.hid")
        let result = try Programs.swipeline("replay", file, "--amount", "12.75", "--emulator")
        #expect(result.status == 2)
        #expect(result.complaint.contains("line"))
    }

    @Test func `a token file that others can read is refused`() throws {
        let emulator = try RunningEmulator()
        defer { emulator.stop() }
        let token = emulator.directory + "/token"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: token)
        let result = try Programs.swipeline(
            "replay", Self.visa, "--amount", "12.75", "--config", emulator.directory)
        #expect(result.status == 2)
        #expect(result.complaint.contains("chmod 600"))
    }

    @Test func `a token in the environment is refused`() throws {
        let result = try Programs.swipeline(
            "replay", Self.visa, "--amount", "12.75", "--gateway", "https://localhost",
            environment: ["SWIPELINE_TOKEN": "not-for-here"])
        #expect(result.status == 2)
        #expect(result.complaint.contains("SWIPELINE_TOKEN_FILE"))
        #expect(!result.complaint.contains("not-for-here"))
    }

    @Test func `an unreachable gateway exits with 5, and says that nothing was sent`() throws {
        let emulator = try RunningEmulator()
        let folder = try Scratch()
        let token = try folder.copy(emulator.directory + "/token", as: "token")
        emulator.stop()
        let result = try Programs.run(
            "swipeline",
            ["replay", Self.visa, "--amount", "12.75", "--token-file", token] + Self.gateway)
        #expect(result.status == 5)
        #expect(result.complaint.contains("refused the connection"))
    }

    @Test func `a gateway whose certificate is not ours exits with 5 before a card is read`() throws
    {
        let emulator = try RunningEmulator()
        let other = try RunningEmulator()
        defer {
            emulator.stop()
            other.stop()
        }
        let result = try Programs.swipeline(
            "replay", Self.visa, "--amount", "12.75", "--config", emulator.directory, "--ca",
            other.directory + "/ca.pem", "--json")
        #expect(result.status == 5)
        #expect(result.complaint.contains("certificate"))
        #expect(result.output.isEmpty)
    }

    @Test func `a wrong token is refused by the gateway with exit code 7`() throws {
        let emulator = try RunningEmulator()
        defer { emulator.stop() }
        let folder = try Scratch()
        let token = try folder.write("00000000-wrong", as: "token")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: token)
        let result = try Programs.swipeline(
            "replay", Self.visa, "--amount", "12.75", "--config", emulator.directory,
            "--token-file", token, "--json")
        #expect(result.status == 7)
        #expect(result.lines.first?["outcome"] as? String == "rejected")
        #expect(!result.output.contains("wrong") && !result.complaint.contains("wrong"))
    }

    @Test func `a broken recording behind a good one charges nothing`() throws {
        let result = try Programs.swipeline(
            "replay", Self.visa, "README.md", "--amount", "12.75", "--emulator", "--json")
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
    }

    @Test func `an outcome that cannot be printed is told to people, and no payment follows`()
        throws
    {
        let result = try replayTwoSwipes("> /dev/full")
        #expect(result.status == 70, "\(result.complaint)")
        let told = result.complaint.components(separatedBy: #""outcome":"approved""#).count - 1
        #expect(told == 1)
        #expect(result.complaint.contains("standard output cannot be written"))
    }

    @Test(arguments: [">&-", "2>&-", "2> /dev/full"])
    func `a stream that is closed or full ends no payment`(redirection: String) throws {
        #expect(try replayTwoSwipes(redirection).status == 0)
    }

    private func replayTwoSwipes(_ redirection: String) throws -> Programs.Result {
        let swipeline = Programs.folder.appendingPathComponent("swipeline").path
        let command =
            "'\(swipeline)' replay Fixtures/two-swipes.hid --amount 12.75 --emulator --json"
        return try Programs.run("/bin/sh", ["-c", command + " " + redirection])
    }

    @Test func `help goes to standard output with exit code 0`() throws {
        let result = try Programs.swipeline("--help")
        #expect(result.status == 0)
        #expect(result.output.contains("replay"))
    }
}
