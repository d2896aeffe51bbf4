import Foundation
import OwnThreads
import Quiet
import Testing
import TillPrograms

/// `swipeline capture`, `void` and `refund`: what they end in, and what they say to mistakes.
@Suite(.blocks) struct FollowUpCommandTests {
    @Test func `an authorisation is captured in part, and not twice`() throws {
        let emulator = try RunningEmulator()
        let lane = LaneCommands(configuration: try emulator.configuration())
        let reference = try lane.paid("authOnly")
        let over = try lane.run("capture", reference, "--amount", "12.76")
        #expect(over.status == 6 && over.complaint.contains("1275 cents"), "\(over.complaint)")
        let done = try lane.run("capture", reference, "--amount", "10.00", "--json")
        #expect(done.status == 0, "\(done.complaint)")
        #expect(done.lines.first?["operation"] as? String == "capture")
        #expect(done.lines.first?["state"] as? String == "approved")
        #expect(done.lines.first?["amount"] as? String == "10.00")
        #expect(try lane.run("capture", reference).status == 6)
        #expect(try lane.states(reference) == ["authOnly approved", "capture approved"])
    }

    @Test func `a sale is voided once, and a voided one is not refunded`() throws {
        let emulator = try RunningEmulator()
        let lane = LaneCommands(configuration: try emulator.configuration())
        let reference = try lane.paid()
        let done = try lane.run("void", reference, "--json")
        #expect(done.status == 0 && done.lines.first?["state"] as? String == "approved")
        #expect(try lane.states(reference) == ["sale reversed", "void approved"])
        for arguments in [["void"], ["refund"], ["capture"]] {
            let again = try lane.run(arguments[0], reference)
            #expect(again.status == 6 && again.complaint.contains("reversed"))
        }
    }

    @Test func `money is given to a card without a payment, asked about and taken back`() throws {
        let emulator = try RunningEmulator()
        let scratch = try Scratch()
        let lane = LaneCommands(configuration: try emulator.configuration())
        _ = try lane.paid()
        let token = try scratch.secret("9999000000000001")
        let card = ["--unlinked", "--amount", "3.00", "--card-token-file", token]
        let who = ["--first-name", "Ada", "--last-name", "Test", "--email", "ada@shop.example"]
        func refund(_ arguments: [String]) throws -> Programs.Result {
            try Programs.run(
                "swipeline", ["refund"] + arguments + ["--config", lane.configuration])
        }
        let unasked = try refund(card + who)
        #expect(unasked.status == 2 && unasked.complaint.contains("--yes"), "\(unasked.complaint)")
        let nobody = try refund(card + ["--yes"])
        #expect(nobody.status == 2 && nobody.complaint.contains("customer"), "\(nobody.complaint)")
        let given = try refund(card + who + ["--yes", "--json"])
        #expect(given.status == 0, "\(given.complaint)")
        let reference = try #require(given.lines.first?["reference"] as? String)
        #expect(try lane.states(reference) == ["refund approved"])
        #expect(try lane.run("void", reference).status == 0)
        #expect(try lane.states(reference) == ["refund reversed", "void approved"])
        let other = try refund(card + who + ["--yes", "--json"])
        let line = try #require(other.lines.first)
        let id = try #require(line["transactionId"] as? String)
        let byID = try lane.run("void", "--id", id)
        #expect(byID.status == 0, "\(byID.complaint)")
        let second = try #require(line["reference"] as? String)
        #expect(try lane.states(second) == ["refund reversed", "void approved"])
    }

    @Test func `a refund of a payment of this lane is known by its id, and is not voided`() throws {
        let emulator = try RunningEmulator()
        let lane = LaneCommands(configuration: try emulator.configuration())
        let reference = try lane.paid()
        let refund = try lane.run("refund", reference, "--amount", "5.00", "--json")
        let id = try #require(refund.lines.first?["transactionId"] as? String)
        let void = try lane.run("void", "--id", id, "--yes")
        #expect(void.status == 6, "\(void.complaint)")
        #expect(!void.complaint.contains("is not in this lane's journal"))
        #expect(try lane.states(reference) == ["sale approved", "refund approved"])
    }

    @Test(arguments: [
        ["refund"], ["refund", "SW1", "--unlinked", "--amount", "1.00"], ["refund", "--unlinked"],
        ["refund", "SW1", "--keyed"],
    ])
    func `a refund is of a payment or to a card`(_ arguments: [String]) throws {
        let result = try Programs.run("swipeline", arguments)
        #expect([2, 64].contains(result.status), "\(result.complaint)")
    }

    @Test func `refunds in parts end where the payment ends`() throws {
        let emulator = try RunningEmulator()
        let lane = LaneCommands(configuration: try emulator.configuration())
        let reference = try lane.paid()
        #expect(try lane.run("refund", reference, "--amount", "5.00").status == 0)
        let over = try lane.run("refund", reference, "--amount", "7.76")
        #expect(over.status == 6 && over.complaint.contains("775 cents"), "\(over.complaint)")
        #expect(try lane.run("refund", reference, "--amount", "7.75").status == 0)
        let states = try lane.states(reference)
        #expect(states == ["sale approved", "refund approved", "refund approved"])
    }

    @Test func `what the gateway refuses is told, and the payment stands`() throws {
        let emulator = try RunningEmulator.faulty(
            #"[{"name":"batchSettlesAtOnce","operation":"sale"}]"#)
        let lane = LaneCommands(configuration: try emulator.configuration())
        let reference = try lane.paid()
        let refused = try lane.run("void", reference)
        #expect(refused.status == 7)
        #expect(refused.complaint.contains("settled or refunded in part; use refund"))
        #expect(try lane.run("refund", reference).status == 0)
    }

    static let mistakes: [([CardText], String)] = [
        (["void", "SW1"], "is no reference"),
        (["void", "4012881888818888"], "is no reference"),
        (["refund", "SW1", "--amount", "5,00"], "--amount"),
        (["capture", "SW1", "--amount", "-1"], "amount"),
    ]

    @Test(arguments: mistakes)
    func `a mistake is told with its remedy`(_ arguments: [CardText], _ words: String) throws {
        let emulator = try RunningEmulator()
        let result = try Programs.run(
            "swipeline", arguments.map(\.clear) + ["--config", emulator.directory])
        #expect([2, 64].contains(result.status), "\(result.complaint)")
        #expect(result.complaint.contains(words), "\(result.complaint)")
        #expect(!result.output.contains("401288"))
    }

    @Test func `a reference that the journal does not have names the list`() throws {
        let emulator = try RunningEmulator()
        let lane = LaneCommands(configuration: try emulator.configuration())
        let others = try LaneCommands(configuration: emulator.configuration(["journal": "other"]))
            .paid()
        #expect(try lane.pay().status == 0)
        let result = try lane.run("void", others)
        #expect(result.status == 2 && result.complaint.contains("journal list"))
    }
}
