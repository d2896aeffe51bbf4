import Foundation
import OwnThreads
import Testing
import TillPrograms

/// `swipeline recurring`: every kind of schedule, every change, and what it says to mistakes.
@Suite(.blocks) struct RecurringCommandTests {
    private let office: LaneCommands
    private let emulator: RunningEmulator
    private let scratch: Scratch
    private let token: String

    /// A gateway that knows a card.
    init() throws {
        emulator = try RunningEmulator()
        office = LaneCommands(configuration: try emulator.configuration())
        #expect(try office.pay().status == 0)
        scratch = try Scratch()
        token = try scratch.secret("9999000000000001")
    }

    private func create(_ arguments: [String]) throws -> Programs.Result {
        try Programs.run(
            "swipeline",
            [
                "recurring", "create", "--amount", "10.00", "--first-name", "Ada", "--last-name",
                "Test", "--email", "ada@shop.example", "--card-token-file", token, "--config",
                office.configuration, "--json",
            ] + arguments)
    }

    static let schedules: [([String], [String])] = [
        (
            ["--daily", "--every", "10", "--start", "2030-01-01", "--end-after", "2"],
            ["2030-01-01", "2030-01-11"]
        ),
        (
            ["--weekly", "mon,thu", "--start", "2030-01-01", "--end-on", "2030-01-10"],
            ["2030-01-03", "2030-01-07", "2030-01-10"]
        ),
        (
            ["--monthly", "31,last", "--start", "2030-01-01", "--end-after", "3"],
            ["2030-01-31", "2030-02-28", "2030-03-31"]
        ),
        (
            ["--monthly-on", "last:FRI", "--start", "2030-01-01", "--end-after", "2"],
            ["2030-01-25", "2030-02-22"]
        ),
        (
            ["--yearly", "02-29", "--start", "2031-01-01", "--end-after", "2"],
            ["2031-02-28", "2032-02-29"]
        ),
        (["--dates", "2030-05-01,2030-03-01"], ["2030-03-01", "2030-05-01"]),
    ]

    @Test(arguments: schedules)
    func `each kind of schedule is made by flags, its days shown before and after`(
        _ flags: [String], _ days: [String]
    ) throws {
        let refused = try create(flags)
        #expect(refused.status == 2 && refused.output.isEmpty)
        #expect(
            refused.complaint.contains("10.00 by itself on \(days.joined(separator: ", "))"),
            "\(refused.complaint)")
        #expect(refused.complaint.contains("--yes"))
        let made = try create(flags + ["--yes"])
        #expect(made.status == 0, "\(made.complaint)")
        #expect(made.lines.first?["nextDates"] as? [String] == days)
        #expect(made.lines.first?["status"] as? String == "ACTIVE")
        #expect(try office.run("recurring", "list", "--json").lines.count == 1)
    }

    @Test func `a file is the document's request without its card`() throws {
        let file = try scratch.write(
            #"{"bill":{"base_amount":{"amount":72.34},"tax_amount":{"amount":7.23}},"#
                + #""customer":{"first_name":"Ada","last_name":"Test","#
                + #""phone_number":"4155550100"},"#
                + #""schedule":{"schedule_type":"S","specific_dates_schedule":"#
                + #"{"specific_dates":["2030-02-01"]}}}"#, as: "bill.json")
        let made = try office.run(
            "recurring", "create", "--file", file, "--note", "Club", "--card-token-file", token,
            "--yes", "--json")
        #expect(made.status == 0, "\(made.complaint)")
        let bill = made.lines.first?["bill"] as? [String: Any]
        #expect(bill?["total"] as? String == "79.57" && bill?["note"] as? String == "Club")
        let leak = try scratch.write(
            #"{"card_data":{"card_number":"4012881888818888"}}"#, as: "leak.json")
        let refused = try office.run("recurring", "create", "--file", leak, "--yes")
        #expect(refused.status == 2 && refused.complaint.contains("take card_data out"))
        let strange = try scratch.write(#"{"bil":{}}"#, as: "strange.json")
        let unknown = try office.run("recurring", "create", "--file", strange, "--yes")
        #expect(unknown.status == 2 && unknown.complaint.contains("bil"), "\(unknown.complaint)")
    }

    @Test func `a bill is changed, paused, resumed and ended, and not again`() throws {
        let made = try create(["--monthly", "1", "--yes"])
        let id = try #require(made.lines.first?["id"] as? String, "\(made.complaint)")
        let changed = try office.run(
            "recurring", "change", id, "--amount", "11.50", "--weekly", "SUN", "--yes", "--json")
        #expect(changed.status == 0, "\(changed.complaint)")
        #expect((changed.lines.first?["bill"] as? [String: Any])?["total"] as? String == "11.50")
        let schedule = changed.lines.first?["schedule"] as? [String: Any]
        #expect(schedule?["schedule_type"] as? String == "W")
        for (change, status) in [("pause", "PAUSED"), ("resume", "ACTIVE")] {
            let done = try office.run("recurring", change, id, "--json")
            #expect(done.lines.first?["status"] as? String == status, "\(done.complaint)")
            let again = try office.run("recurring", change, id)
            #expect(again.status == 2 && again.complaint.contains("this one is \(status)"))
        }
        #expect(try office.run("recurring", "end", id).status == 2)
        let ended = try office.run("recurring", "end", id, "--yes", "--json")
        #expect(ended.lines.first?["status"] as? String == "CANCELED", "\(ended.complaint)")
        #expect(ended.lines.first?["nextDates"] as? [String] == [])
        let again = try office.run("recurring", "end", id, "--yes")
        #expect(again.status == 2 && again.complaint.contains("make a new bill"))
    }

    @Test func `a card that is none is refused without being told`() throws {
        for text in ["9999", "99990000;0000001"] {
            let file = try scratch.secret(text)
            let result = try office.run(
                "recurring", "create", "--amount", "1.00", "--daily", "--first-name", "Ada",
                "--last-name", "Test", "--email", "ada@shop.example", "--card-token-file", file,
                "--yes")
            #expect(result.status == 2 && result.complaint.contains("16 letters and digits"))
            #expect(!result.complaint.contains(text))
        }
        let open = try scratch.write("9999000000000001", as: "open")
        let result = try office.run(
            "recurring", "create", "--amount", "1.00", "--daily", "--first-name", "Ada",
            "--last-name", "Test", "--email", "ada@shop.example", "--card-token-file", open,
            "--yes")
        #expect(result.status == 2 && result.complaint.contains("chmod 600"))
    }

    @Test func `a bill whose making is in doubt is looked for, and not made twice`() throws {
        let emulator = try RunningEmulator.faulty(
            #"[{"name":"dropAfterCommit","operation":"recurring-bill","method":"POST","times":1}]"#)
        let office = LaneCommands(configuration: try emulator.configuration())
        #expect(try office.pay().status == 0)
        let made = try office.run(
            "recurring", "create", "--amount", "1.00", "--daily", "--first-name", "Ada",
            "--last-name", "Test", "--email", "ada@shop.example", "--card-token-file", token,
            "--yes", "--json")
        #expect(made.status == 0, "\(made.complaint)")
        #expect(made.complaint.contains("looking for a bill"), "\(made.complaint)")
        #expect(try office.run("recurring", "list", "--json").lines.count == 1)
    }
}

/// `swipeline recurring create`: what it says to mistakes.
@Suite(.blocks) struct RecurringMistakeTests {
    static let mistakes: [([String], String)] = [
        (["--daily", "--weekly", "MON"], "one kind"),
        (["--weekly", "Monday"], "--weekly"),
        (["--monthly", "32"], "--monthly"),
        (["--monthly-on", "5:FRI"], "--monthly-on"),
        (["--yearly", "13-01"], "--yearly"),
        (["--dates", "2020-01-01"], "later than today"),
        (["--dates", "2030-01-01", "--every", "2"], "single dates have no"),
        (["--daily", "--end-after", "0"], "after 1 bill or more"),
        (["--daily", "--start", "2030-02-30"], "--start"),
        (["--daily", "--start", "2030-02-01", "--end-on", "2030-01-01"], "before it starts"),
        (["--daily", "--end-after", "1", "--end-on", "2030-01-01"], "do not go together"),
        ([], "Kinds of schedules"),
        (["--daily", "--amount", "10"], "--amount"),
        (["--daily", "--email", "ada"], "mail address"),
        (["--daily", "--keyed"], "three ways of one card"),
        (["--daily", "--zip", "1"], "five digits"),
    ]

    @Test(arguments: mistakes)
    func `a mistake is told with its remedy`(
        _ flags: [String], _ words: String
    ) throws {
        let scratch = try Scratch()
        let token = try scratch.secret("9999000000000001")
        let configuration = try RunningEmulator.untouched().directory
        let result = try Programs.run(
            "swipeline",
            [
                "recurring", "create", "--amount", "10.00", "--first-name", "Ada", "--last-name",
                "Test", "--email", "ada@shop.example", "--card-token-file", token, "--config",
                configuration, "--yes",
            ] + flags)
        #expect(result.status == 2 && result.complaint.contains(words), "\(result.complaint)")
        #expect(result.output.isEmpty)
        withExtendedLifetime(scratch) {}
    }
}
