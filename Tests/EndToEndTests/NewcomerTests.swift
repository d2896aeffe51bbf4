import Foundation
import OwnThreads
import Quiet
import Testing
import TillPrograms

/// What somebody meets who knows the commands by hearsay.
@Suite(.blocks) struct NewcomerTests {
    static let strangers: [([CardText], String)] = [
        (["frobnicate"], "swipeline has no such command; it has demo, "),
        (["customers", "list"], "swipeline customers has no such command; it has search"),
        (["recurring", "4012881888818888"], "swipeline recurring has no such command"),
        (["settings", "set", "all"], "swipeline settings set has no such command"),
    ]

    @Test(arguments: strangers)
    func `a word that is no command is told as that, whatever stands behind it`(
        _ words: [CardText], _ told: String
    ) throws {
        let emulator = try RunningEmulator.untouched()
        for more in [[], ["--config", emulator.directory], ["--json"]] {
            let result = try Programs.run("swipeline", words.map(\.clear) + more)
            #expect(result.status == 2)
            #expect(result.complaint.contains(told), "\(result.complaint)")
            #expect(!result.complaint.contains("4012"))
        }
    }

    @Test(arguments: [
        ["--help"], ["help"], ["help", "refund"], ["recurring", "--help"],
        ["help", "recurring", "create"], ["--version"],
    ])
    func `help and version are where one looks for them`(_ words: [String]) throws {
        let result = try Programs.run("swipeline", words)
        #expect(result.status == 0 && !result.output.isEmpty, "\(result.complaint)")
    }

    static let empty: [[String]] = [
        ["report", "--from", "2026-01-01"], ["transactions", "list"],
        ["transactions", "list", "--kind", "refund"], ["customers", "search"],
        ["recurring", "list"],
    ]

    @Test(arguments: empty) func `a list of nothing is no fault`(_ words: [String]) throws {
        let emulator = try RunningEmulator()
        let told = try Programs.run("swipeline", words + ["--config", emulator.directory])
        #expect(told.status == 0 && !told.output.isEmpty, "\(told.complaint)")
        let json = try Programs.run(
            "swipeline", words + ["--json", "--config", emulator.directory])
        #expect(json.status == 0 && json.output.isEmpty, "\(json.output)")
    }

    @Test func `what no gateway said is not laid at its door`() throws {
        let emulator = try RunningEmulator.untouched()
        let broken = try Programs.swipeline(
            "metadata", "sale", "1001", "{table:12}", "--config", emulator.directory)
        #expect(broken.status == 2 && broken.complaint.contains("byte 1"))
        #expect(!broken.complaint.contains("gateway"), "\(broken.complaint)")
    }

    @Test func `an account that may not says so, and what to check`() throws {
        let emulator = try RunningEmulator.untouched()
        let scratch = try Scratch()
        let stranger = try scratch.secret("not-a-token")
        let refused = try Programs.swipeline(
            "settings", "show", "--config", emulator.directory, "--token-file", stranger)
        #expect(refused.status == 7, "\(refused.complaint)")
        #expect(refused.complaint.contains("missing or unknown; check the token"))
        withExtendedLifetime(scratch) {}
    }

    @Test(arguments: ["report --from 2026-01-01", "transactions list --json", "roles show 1"])
    func `a reader that goes away ends a command with a word`(_ words: String) throws {
        let emulator = try RunningEmulator()
        let office = LaneCommands(configuration: try emulator.configuration())
        #expect(try office.pay().status == 0)
        let program = Programs.folder.appendingPathComponent("swipeline").path
        let script = """
            set -o pipefail; exec 3>&1
            { "\(program)" \(words) --config '\(office.configuration)'; echo "left $?" >&3; } | :
            """
        let result = try Programs.run("/bin/bash", ["-c", script])
        #expect(["left 70\n", "left 0\n"].contains(result.output), "\(result.output)")
        let full = try Programs.run(
            "/bin/bash",
            ["-c", "\"\(program)\" \(words) --config '\(office.configuration)' > /dev/full"])
        #expect(full.status == 70 && full.complaint.contains("cannot be written"))
    }
}
