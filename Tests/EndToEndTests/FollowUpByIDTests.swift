import Foundation
import OwnThreads
import Testing
import TillPrograms

/// `swipeline capture`, `void` and `refund` of what another lane made, by the gateway's id.
@Suite(.blocks) struct FollowUpByIDTests {
    /// Two lanes with journals of their own at one gateway.
    private struct Shop {
        let emulator: RunningEmulator
        let lane: LaneCommands
        let other: LaneCommands

        init(_ faults: String = "[]") throws {
            emulator = try RunningEmulator.faulty(faults)
            lane = LaneCommands(configuration: try emulator.configuration())
            other = LaneCommands(
                configuration: try emulator.configuration(["journal": "other", "lane": 2]))
        }

        /// What the other lane made: its id at the gateway.
        func paid(_ operation: String = "sale") throws -> String {
            try other.pay(operation).lines.first?["transactionId"] as? String ?? ""
        }
    }

    @Test(arguments: [
        ("void", "sale", []), ("refund", "sale", []), ("refund", "sale", ["--amount", "5.00"]),
        ("capture", "authOnly", []), ("capture", "authOnly", ["--amount", "5.00"]),
        ("void", "authOnly", []),
    ])
    func `another lane's transaction is followed up and journalled`(
        _ command: String, _ kind: String, _ more: [String]
    ) throws {
        let shop = try Shop()
        let id = try shop.paid(kind)
        let done = try Programs.run(
            "swipeline",
            [command, "--id", id, "--yes", "--json", "--config", shop.lane.configuration] + more)
        #expect(done.status == 0, "\(done.complaint)")
        let line = try #require(done.lines.first)
        #expect(line["state"] as? String == "approved" && line["target"] as? String == id)
        #expect(line["ticket"] as? String == "gateway:\(id)")
        #expect(line["amount"] as? String == more.last)
        #expect(try shop.lane.run("journal", "verify").status == 0)
        #expect(try shop.lane.run("journal", "reconcile").status == 0)
    }

    @Test(arguments: [
        ("void", "sale", []), ("refund", "sale", []), ("refund", "sale", ["--amount", "5.00"]),
        ("capture", "authOnly", []), ("capture", "authOnly", ["--amount", "5.00"]),
    ])
    func `a lost answer ends in the truth`(
        _ command: String, _ kind: String, _ more: [String]
    ) throws {
        let shop = try Shop(#"[{"name":"dropAfterCommit","operation":"\#(command)","times":1}]"#)
        let id = try shop.paid(kind)
        let done = try Programs.run(
            "swipeline",
            [command, "--id", id, "--yes", "--json", "--config", shop.lane.configuration] + more)
        #expect(done.status == 0, "\(done.complaint)")
        let kinds = try shop.lane.run("transactions", "list", "--kind", command, "--json").lines
        #expect(kinds.count == 1, "\(kinds)")
    }

    @Test func `a capture that never came is told as not made, and is made when asked again`()
        throws
    {
        let shop = try Shop(#"[{"name":"dropBeforeCommit","operation":"capture","times":1}]"#)
        let id = try shop.paid("authOnly")
        #expect(try shop.lane.run("capture", "--id", id, "--yes").status == 5)
        #expect(try shop.lane.run("capture", "--id", id, "--yes").status == 0)
        let again = try shop.lane.run("capture", "--id", id, "--yes")
        #expect(again.status == 7, "\(again.complaint)")
    }

    @Test func `a payment of this lane is followed up as such`() throws {
        let shop = try Shop()
        let line = try #require(try shop.lane.pay().lines.first)
        let reference = try #require(line["reference"] as? String)
        let id = try #require(line["transactionId"] as? String)
        let done = try shop.lane.run("void", "--id", id)
        #expect(done.status == 0 && done.complaint.contains("is payment \(reference)"))
        #expect(try shop.lane.states(reference) == ["sale reversed", "void approved"])
    }

    @Test func `what cannot be is refused before anything is sent`() throws {
        let shop = try Shop()
        let id = try shop.paid()
        let cases: [([String], Int32, String)] = [
            (["capture", "--id", id, "--yes"], 6, "has no capture"),
            (["refund", "--id", id, "--yes", "--amount", "12.76"], 6, "1275 cents"),
            (["void", "--id", id], 2, "give --yes"),
            (["void", "--id", "9999", "--yes"], 7, "no sale, authorisation or refund"),
            (["void", "--id", "a/b", "--yes"], 2, "--id"),
            (["void"], 2, "--id ID"),
            (["void", "SW1", "--id", id], 2, "--id ID"),
        ]
        for (arguments, status, words) in cases {
            let result = try Programs.run(
                "swipeline", arguments + ["--config", shop.lane.configuration])
            #expect(result.status == status, "\(arguments): \(result.complaint)")
            #expect(result.complaint.contains(words), "\(arguments): \(result.complaint)")
        }
        #expect(try shop.lane.run("journal", "list", "--json").lines.isEmpty)
        let asked = try AtTerminal(["void", "--id", id, "--config", shop.lane.configuration])
        try asked.type("no\n", after: "is not in this lane's journal")
        #expect(try asked.end().result.complaint.contains("nothing was done"))
    }
}
