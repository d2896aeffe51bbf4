import Foundation
import OwnThreads
import Testing
import TillPrograms

/// `swipeline settings` and `roles`: what they show and change, and what they say to mistakes.
@Suite(.blocks) struct SettingsCommandTests {
    private let emulator: RunningEmulator
    private let scratch: Scratch
    private let office: LaneCommands

    init() throws {
        emulator = try RunningEmulator()
        scratch = try Scratch()
        office = LaneCommands(configuration: try emulator.configuration())
    }

    @Test func `show tells every document, one object a line`() throws {
        let result = try office.run("settings", "show", "--json")
        #expect(result.status == 0, "\(result.complaint)")
        let names = result.lines.compactMap { $0["setting"] as? String }
        #expect(names == ["general", "devices", "webhook", "email", "risk"])
        let text = try office.run("settings", "show", "general", "risk")
        #expect(text.output.contains("3rd Party API") && text.output.contains("zip-mismatch"))
        #expect(!text.output.contains("webhook"))
    }

    @Test func `what is set is shown again, and the rest stays`() throws {
        let set = try office.run(
            "settings", "set", "risk", "--rule", "sale-above=hold:500.00", "--rule",
            "day-count-above=deny:7", "--on", "address-required", "--json")
        #expect(set.status == 0, "\(set.complaint)")
        let shown = try office.run("settings", "show", "risk", "--json").lines
        let rules = shown.first?["rules"] as? [[String: String]] ?? []
        #expect(rules.contains(["rule": "sale-above", "option": "hold", "limit": "500.00"]))
        #expect(rules.contains(["rule": "day-count-above", "option": "deny", "limit": "7"]))
        #expect(rules.contains(["rule": "sale-below", "option": "ignore", "limit": "20.00"]))
        #expect(shown.first?["on"] as? [String] == ["address-required"])
    }

    @Test func `webhook, mails and devices are set one by one`() throws {
        let webhook = try office.run(
            "settings", "set", "webhook", "--active", "on", "--endpoint",
            "https://shop.example/hook",
            "--on", "mobile-terminal", "--off", "api", "--json")
        #expect(webhook.lines.first?["endpoint"] as? String == "https://shop.example/hook")
        #expect(
            webhook.lines.first?["on"] as? [String]
                == ["settled-batches", "recurring-bills", "mobile-terminal"])
        let email = try office.run(
            "settings", "set", "email", "--off", "receipts", "--batch-report", "spreadsheet",
            "--json")
        #expect(email.lines.first?["batchReport"] as? String == "spreadsheet")
        #expect((email.lines.first?["on"] as? [String])?.contains("receipts") == false)
        let devices = try office.run("settings", "set", "devices", "--validation", "on", "--json")
        #expect(devices.lines.first?["validation"] as? Bool == true)
    }

    @Test func `a role is made, shown as a tree, changed, and written back from a file`() throws {
        let name = "Cashier \(UUID())"
        let made = try office.run(
            "roles", "create", "--name", name, "--allow", "transactions.single.*", "--deny",
            "transactions.single.refund", "--refund-limit", "10.00", "--json")
        #expect(made.status == 0, "\(made.complaint)")
        let granted = made.lines.first?["permissions"] as? [String] ?? []
        #expect(granted.contains("transactions.single.sales"))
        #expect(!granted.contains("transactions.single.refund"))
        let tree = try office.run("roles", "show", name).output
        #expect(tree.contains("[x] single\n        [x] voidupto"), "\(tree)")
        let file = try scratch.write(made.output, as: "role.json")
        let id = "\(made.lines.first?["id"] ?? "")"
        let emptied = try office.run("roles", "change", id, "--deny", "*", "--json")
        #expect(emptied.lines.first?["permissions"] as? [String] == [])
        let restored = try office.run("roles", "change", id, "--file", file, "--json")
        #expect(restored.output == made.output)
        #expect(try office.run("roles", "list").output.contains(name))
    }

    @Test func `a file with a permission that there is not names it`() throws {
        let file = try scratch.write(
            #"{"name":"A","firstScreen":"home","refundLimit":"1.00","batchSubmission":"false","#
                + #""permissions":["transactions.fly"]}"#, as: "role.json")
        let result = try office.run("roles", "change", "1", "--file", file)
        #expect(result.status == 2 && result.complaint.contains("transactions.fly"))
    }

    @Test func `a gateway that is not there is exit code 5`() throws {
        let settings = try emulator.settings()
        let result = try Programs.swipeline(
            "settings", "show", "--gateway", "https://localhost:1", "--ca",
            "\(emulator.directory)/\(settings["ca"] ?? "")", "--token-file",
            "\(emulator.directory)/\(settings["tokenFile"] ?? "")", "--organization", "1",
            "--terminal", "1")
        #expect(result.status == 5, "\(result.complaint)")
    }

    @Test func `without a gateway it says how to name one, and the emulator can be had at once`()
        throws
    {
        let none = try Programs.swipeline("settings", "show")
        #expect(none.status == 2 && none.complaint.contains("--emulator"))
        let own = try Programs.swipeline("settings", "show", "webhook", "--emulator")
        #expect(own.status == 0 && own.output.hasPrefix("webhook\n"), "\(own.complaint)")
    }
}

/// `swipeline settings` and `roles`: what they say to mistakes.
@Suite(.blocks) struct SettingsMistakeTests {
    static let mistakes: [([String], Int32, String)] = [
        (["settings", "show", "everything"], 2, "everything"),
        (["settings", "set", "webhook"], 2, "nothing to change"),
        (["settings", "set", "webhook", "--active", "yes"], 2, "on"),
        (["settings", "set", "webhook", "--endpoint", "http://shop.example"], 2, "https://"),
        (["settings", "set", "risk", "--rule", "sale-above=hold"], 2, "sale-above=hold"),
        (["settings", "set", "risk", "--rule", "sale-over=deny:1.00"], 2, "sale-over"),
        (["settings", "set", "risk", "--on", "copies", "--off", "copies"], 2, "both name copies"),
        (["roles", "show", "Nobody"], 2, "roles list"),
        (["roles", "show", "4711"], 7, "404"),
        (["roles", "create", "--allow", "transactions.*"], 2, "--name"),
        (["roles", "create", "--name", "A", "--allow", "transactions.everything"], 2, "invalid"),
        (["roles", "change", "1"], 2, "nothing to change"),
        (["roles", "change", "1", "--file", "/nonexistent"], 2, "/nonexistent cannot be read"),
    ]

    @Test(arguments: mistakes)
    func `a mistake is told with its remedy`(
        _ arguments: [String], _ status: Int32, _ words: String
    ) throws {
        let configuration = try RunningEmulator.untouched().directory
        let result = try Programs.run("swipeline", arguments + ["--config", configuration])
        #expect(result.status == status, "\(result.complaint)")
        #expect(result.complaint.contains(words), "\(result.complaint)")
        #expect(result.output.isEmpty)
    }
}
