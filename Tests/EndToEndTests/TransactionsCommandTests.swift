import Foundation
import OwnThreads
import Testing
import TillPrograms

/// `swipeline transactions`: what it shows, and what it says to mistakes.
@Suite(.blocks) struct TransactionsCommandTests {
    private let emulator: RunningEmulator
    private let scratch: Scratch
    private let office: LaneCommands

    init() throws {
        emulator = try RunningEmulator()
        scratch = try Scratch()
        office = LaneCommands(configuration: try emulator.configuration())
    }

    @Test func `a list is paged and in the order that is asked for`() throws {
        for _ in 1...3 { #expect(try office.pay().status == 0) }
        func ids(_ arguments: String...) throws -> [String] {
            try Programs.run(
                "swipeline",
                ["transactions", "list", "--json", "--config", office.configuration] + arguments
            ).lines.compactMap { $0["id"] as? String }
        }
        let newest = try ids("--page-size", "2")
        #expect(newest.count == 3)
        #expect(try ids("--first", "oldest", "--page-size", "1") == newest.reversed())
        #expect(try ids("--limit", "1") == [newest[0]])
        #expect(try ids("--kind", "refund").isEmpty)
        let table = try office.run("transactions", "list", "--limit", "2")
        #expect(table.output.split(separator: "\n").count == 3)
        #expect(table.complaint.contains("--all shows more"))
    }

    @Test func `one is shown with its parts and without its card`() throws {
        let reference = try office.paid()
        let id = try office.run("transactions", "list", "--json").lines.first?["id"] as? String
        let result = try office.run("transactions", "show", try #require(id), "--json")
        #expect(result.status == 0, "\(result.complaint)")
        let bill = result.lines.first?["bill"] as? [String: Any]
        #expect(bill?["total"] as? String == "12.75")
        #expect(bill?["note"] as? String == reference)
        #expect(result.lines.first?["approved"] as? Bool == true)
        let card = result.lines.first?["card"] as? [String: Any]
        #expect(card?["hasToken"] as? Bool == true)
        #expect(!result.output.contains("401288") && !result.output.contains("999900"))
        let text = try office.run("transactions", "show", try #require(id)).output
        #expect(text.contains(/\nbill\n  base +12\.75\n/), "\(text)")
    }

    @Test func `each kind is shown by its id`() throws {
        let authorised = try office.paid("authOnly")
        #expect(try office.run("capture", authorised).status == 0)
        #expect(try office.run("refund", authorised, "--amount", "1.00").status == 0)
        #expect(try office.run("void", try office.paid()).status == 0)
        #expect(try office.pay("verify").status == 0)
        for kind in ["sale", "authOnly", "capture", "void", "refund", "verify"] {
            let listed = try office.run("transactions", "list", "--kind", kind, "--json")
            let id = try #require(listed.lines.first?["id"] as? String, "\(kind)")
            let shown = try office.run("transactions", "show", id, "--kind", kind, "--json")
            #expect(shown.status == 0, "\(kind): \(shown.complaint)")
            #expect(shown.lines.first?["id"] as? String == id)
            #expect(shown.lines.first?["merchant"] != nil)
        }
    }

    @Test func `metadata is kept, shown as it was written, and taken away`() throws {
        #expect(try office.pay().status == 0)
        let id =
            try office.run("transactions", "list", "--json").lines.first?["id"] as? String ?? ""
        let kept = try office.run("metadata", "sale", id, #"{"table":12,"tip":1.50}"#)
        #expect(kept.status == 0, "\(kept.complaint)")
        let shown = try office.run("transactions", "show", id, "--json")
        #expect(shown.output.contains(#""metaData":{"table":12,"tip":1.5}"#), "\(shown.output)")
        #expect(try office.run("metadata", "sale", id, "null").status == 0)
        #expect(
            try office.run("transactions", "show", id, "--json").lines.first?["metaData"] == nil)
        let broken = try office.run("metadata", "sale", id, "{table:12}")
        #expect(broken.status == 2 && broken.complaint.contains("no JSON"))
        let neither = try office.run("metadata", "sale", id)
        #expect(neither.status == 2 && neither.complaint.contains("--file"))
    }

    @Test func `metadata is kept with a card, named by a transaction of it`() throws {
        let paid = try office.pay().lines.first?["transactionId"] as? String ?? ""
        let held = try office.pay("authOnly").lines.first?["transactionId"] as? String ?? ""
        let kept = try office.run("metadata", "card", paid, #"{"loyal":true}"#)
        #expect(kept.status == 0 && kept.complaint.contains("the card of sale \(paid)"))
        let shown = try office.run("transactions", "show", held, "--kind", "authOnly", "--json")
        #expect(shown.output.contains(#""metaData":{"loyal":true}"#), "\(shown.output)")
        let again = try office.run(
            "metadata", "card", held, "null", "--transaction-kind", "authOnly")
        #expect(again.status == 0, "\(again.complaint)")
        #expect(!(try office.run("transactions", "show", paid, "--json")).output.contains("loyal"))
        let none = try office.run("metadata", "card", "9999", "1")
        #expect(none.status == 7, "\(none.complaint)")
        let void = try office.run("metadata", "card", paid, "1", "--transaction-kind", "void")
        #expect(void.status == 2 && void.complaint.contains("no card"))
    }

    @Test(arguments: ["/nonexistent/ca.pem", "/dev/null"])
    func `an authority's file that cannot be used is named`(_ path: String) throws {
        for (command, status) in [
            (["transactions", "list"], 2), (["void", "SW1"], 2),
            // The doctor has no reader here, which weighs more.
            (["doctor"], 5),
        ] as [([String], Int32)] {
            let refused = try Programs.run(
                "swipeline", command + ["--config", office.configuration, "--ca", path])
            #expect(refused.status == status, "\(command): \(refused.complaint)")
            #expect((refused.complaint + refused.output).contains(path), "\(refused.complaint)")
        }
    }

    @Test func `customers are found by what is known of them`() throws {
        #expect(try office.pay().status == 0)
        let token = try scratch.secret("9999000000000001")
        for (first, mail) in [("Ada", "ada@shop.example"), ("Grace", "grace@shop.example")] {
            let made = try office.run(
                "sale", "--amount", "1.00", "--first-name", first, "--last-name", "Test",
                "--email", mail, "--card-token-file", token)
            #expect(made.status == 0, "\(made.complaint)")
        }
        let found = try office.run("customers", "search", "--name", "ada", "--json")
        #expect(found.status == 0, "\(found.complaint)")
        #expect(found.lines.map { $0["email"] as? String } == ["ada@shop.example"])
        #expect(try office.run("customers", "search", "--json").lines.count == 2)
        let number = "\(found.lines.first?["number"] ?? "")"
        let shown = try office.run("customers", "show", number)
        #expect(shown.status == 0 && shown.output.contains("ada@shop.example"))
        let nobody = try office.run("customers", "show", "4711")
        #expect(nobody.status == 7 && nobody.complaint.contains("customers search"))
        let blank = try office.run("customers", "search", "--phone", "abc")
        #expect(blank.status == 2 && blank.complaint.contains("needs digits"))
    }
}

/// `swipeline transactions`: what it says to mistakes.
@Suite(.blocks) struct TransactionsMistakeTests {
    static let mistakes: [([String], Int32, String)] = [
        (["show", "4711"], 7, "--kind names another"),
        (["show", "1;2"], 2, "letters and digits"),
        (["show"], 2, "<id>"),
        (["list", "--kind", "gift"], 2, "authOnly"),
        (["list", "--limit", "0"], 2, "at least 1"),
        (["list", "--page-size", "101"], 2, "1 to 100"),
        (["list", "--customer", "1", "--of-organization", "2"], 2, "do not go together"),
    ]

    @Test(arguments: mistakes)
    func `a mistake is told with its remedy`(
        _ arguments: [String], _ status: Int32, _ words: String
    ) throws {
        let configuration = try RunningEmulator.untouched().directory
        let result = try Programs.run(
            "swipeline", ["transactions"] + arguments + ["--config", configuration])
        #expect(result.status == status, "\(result.complaint)")
        #expect(result.complaint.contains(words), "\(result.complaint)")
        #expect(result.output.isEmpty)
    }
}
