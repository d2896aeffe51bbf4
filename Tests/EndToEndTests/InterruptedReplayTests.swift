import Foundation
import OwnThreads
import Testing
import TillPrograms

/// A payment whose program is killed while the gateway is silent.
@Suite(.blocks) struct InterruptedReplayTests {
    @Test func `the next run tells the truth about a killed payment before it takes another`()
        throws
    {
        let emulator = try RunningEmulator.faulty(
            #"[{"name":"stallAfterCommit","operation":"sale","times":1}]"#, keepsLog: true)
        let lane = LaneCommands(configuration: try emulator.configuration())
        let killed = Process()
        killed.executableURL = Programs.folder.appendingPathComponent("swipeline")
        killed.arguments = [
            "replay", Programs.fixture("clear-visa.hid"), "--amount", "12.75", "--json",
            "--config", lane.configuration,
        ]
        killed.standardOutput = FileHandle.nullDevice
        killed.standardError = FileHandle.nullDevice
        try killed.run()
        #expect(emulator.waitForLog("/sale stalled"))

        let beside = try lane.pay()
        #expect(beside.status == 75 && beside.complaint.contains("in use"), "\(beside.complaint)")
        let open = try lane.run("journal", "list", "--open", "--json").lines
        let reference = try #require(open.first?["reference"] as? String)

        kill(killed.processIdentifier, SIGKILL)
        killed.waitUntilExit()
        let next = try lane.pay()
        #expect(next.status == 0, "\(next.complaint)")
        let words = next.complaint.split(separator: "\n").filter { $0.contains(reference) }
        #expect(words.first?.contains("not known yet") == true, "\(next.complaint)")
        #expect(words.last?.contains("approved, by the gateway's report") == true)
        let states = try lane.run("journal", "list", "--json").lines.map {
            $0["state"] as? String
        }
        #expect(states == ["approved", "approved"])
    }
}
