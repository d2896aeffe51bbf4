import Foundation
import OwnThreads
import Quiet
import Testing
import TillPrograms

/// What is asked of a person at a terminal: a card, and the word before what cannot be undone.
@Suite(.blocks) struct CardPromptTests {
    private static let number = "4012 8818-8881 8888"
    private let office: LaneCommands
    private let emulator: RunningEmulator

    init() throws {
        emulator = try RunningEmulator()
        office = LaneCommands(configuration: try emulator.configuration())
    }

    private func create(_ card: String...) throws -> AtTerminal {
        try AtTerminal(
            [
                "recurring", "create", "--amount", "10.00", "--monthly", "1", "--first-name",
                "Ada", "--last-name", "Test", "--email", "ada@shop.example", "--config",
                office.configuration,
            ] + card)
    }

    @Test func `a keyed card is asked for without echo and stands nowhere`() throws {
        let command = try create("--keyed")
        try command.type("yes\n", after: "Type yes to go on:")
        try command.type(Self.number + "\r", after: "Card number: ")
        try command.type("12/30\r", after: "Expiry, MMYY: ")
        try command.type("9998\u{7F}\r", after: "there is none): ")
        let (result, shown) = try command.end()
        #expect(result.status == 0, "\(result.complaint)")
        #expect(result.output.contains("ACTIVE"))
        // The word that may be seen is seen, so a card's digits would be.
        #expect(shown.contains("yes"))
        for digits in ["4012", "8818", "1230", "12/30", "999"] {
            #expect(!shown.contains(digits), "\(digits)")
            #expect(!result.output.contains(digits) && !result.complaint.contains(digits))
        }
        #expect(try office.run("recurring", "list", "--json").lines.count == 1)
    }

    @Test func `a card's token is asked for too`() throws {
        #expect(try office.pay().status == 0)
        let command = try create("--card-token", "--yes")
        try command.type("9999000000000001\r", after: "Token of the card: ")
        let (result, shown) = try command.end()
        #expect(result.status == 0, "\(result.complaint)")
        #expect(!shown.contains("99990"))
    }

    @Test(
        arguments: [
            ("4012 8818-8881 8889\r", "12/30\r", "\r", "12 to 19 digits"),
            ("4012 8818-8881 8888\r", "01/20\r", "\r", "a month that is not over"),
            ("4012 8818-8881 8888\r", "12/30\r", "12\r", "3 digits"),
        ] as [(CardText, String, CardText, String)])
    func `a card that is wrong is refused before anything is sent`(
        _ number: CardText, _ expiry: String, _ code: CardText, _ words: String
    ) throws {
        let command = try create("--keyed", "--yes")
        try command.type(number.clear, after: "Card number: ")
        try command.type(expiry, after: "Expiry, MMYY: ")
        try command.type(code.clear, after: "there is none): ")
        let (result, _) = try command.end()
        #expect(result.status == 2 && result.complaint.contains(words), "\(result.complaint)")
        #expect(try office.run("recurring", "list", "--json").lines.isEmpty)
    }

    @Test(
        arguments: [
            ("\r", "nothing was typed"), ("\u{03}", "cancelled"), ("12a4\r", "does not belong"),
            ("12345678901234567890\r", "too long"),
        ] as [(CardText, String)])
    func `a prompt says what is wrong with what was typed`(
        _ typed: CardText, _ words: String
    ) throws {
        let command = try create("--keyed", "--yes")
        try command.type(typed.clear, after: "Card number: ")
        let (result, _) = try command.end()
        #expect(result.status == 2 && result.complaint.contains(words), "\(result.complaint)")
    }

    @Test func `a card is not taken from a pipe`() throws {
        let result = try office.run(
            "recurring", "create", "--amount", "10.00", "--monthly", "1", "--first-name", "Ada",
            "--last-name", "Test", "--email", "ada@shop.example", "--keyed", "--yes")
        #expect(result.status == 2 && result.complaint.contains("never piped"))
    }

    @Test func `any other word than yes leaves everything as it is`() throws {
        let command = try create("--keyed")
        try command.type("y\n", after: "Type yes to go on:")
        let (result, _) = try command.end()
        #expect(result.status == 2 && result.complaint.contains("nothing was done"))
    }

    @Test func `void and refund ask at a terminal, and scripts need no answer`() throws {
        let reference = try office.paid()
        for command in ["void", "refund"] {
            let asked = try AtTerminal([command, reference, "--config", office.configuration])
            try asked.type("no\n", after: "Type yes to go on:")
            let (result, _) = try asked.end()
            #expect(result.status == 2 && result.complaint.contains("nothing was done"))
        }
        #expect(try office.states(reference) == ["sale approved"])
        #expect(try office.run("void", reference).status == 0)
    }

    @Test func `a keyed card is sold with, journalled, and given back`() throws {
        let command = try AtTerminal(
            [
                "sale", "--amount", "9.50", "--keyed", "--email", "ada@shop.example",
                "--first-name", "Ada", "--last-name", "Test", "--json", "--config",
                office.configuration,
            ])
        try command.type(Self.number + "\r", after: "Card number: ")
        try command.type("1230\r", after: "Expiry, MMYY: ")
        try command.type("999\r", after: "there is none): ")
        let (result, shown) = try command.end()
        #expect(result.status == 0, "\(result.complaint)")
        let line = try #require(result.lines.first)
        #expect(line["entry"] as? String == "keyed" && line["outcome"] as? String == "approved")
        #expect(!shown.contains("4012") && !result.output.contains("401288"))
        let reference = try #require(line["reference"] as? String)
        #expect(try office.states(reference) == ["sale approved"])
        let found = try office.run("report", "--not-swiped", "--email", "ada@", "--json")
        #expect(found.lines.first?["note"] as? String == reference, "\(found.complaint)")
        #expect(try office.run("refund", reference).status == 0)
    }

    @Test func `a token is sold with, and one that the gateway has not is refused`() throws {
        #expect(try office.pay().status == 0)
        let scratch = try Scratch()
        let token = try scratch.secret("9999000000000001")
        let sold = try office.run(
            "sale", "--amount", "3.00", "--card-token-file", token, "--first-name", "Ada",
            "--last-name", "Test", "--phone", "(415) 555-0100", "--json")
        #expect(sold.status == 0, "\(sold.complaint)")
        #expect(sold.lines.first?["entry"] as? String == "token")
        let strange = try office.run(
            "sale", "--amount", "3.00", "--card-token-file",
            try scratch.secret("9999000000000099"), "--first-name", "Ada", "--last-name", "Test",
            "--phone", "(415) 555-0100", "--json")
        #expect(strange.status == 7, "\(strange.complaint)")
        #expect(!strange.output.contains("99990"))
        withExtendedLifetime(scratch) {}
    }
}
