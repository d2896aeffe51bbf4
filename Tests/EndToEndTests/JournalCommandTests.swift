import Foundation
import OwnThreads
import Testing
import TillPrograms

/// `swipeline journal`: what it shows, and what it says to mistakes.
@Suite(.blocks) struct JournalCommandTests {
    @Test func `list and show tell a payment without its card`() throws {
        let emulator = try RunningEmulator()
        let lane = LaneCommands(configuration: try emulator.configuration())
        let reference = try lane.paid()
        let list = try lane.run("journal", "list", "--json")
        #expect(list.status == 0, "\(list.complaint)")
        let line = try #require(list.lines.first)
        #expect(list.lines.count == 1)
        #expect(line["reference"] as? String == reference)
        #expect(line["state"] as? String == "approved")
        #expect(line["amount"] as? String == "12.75")
        #expect(line["maskedPAN"] as? String == "************8888")
        #expect(line["inDoubt"] as? Bool == false)
        #expect(!list.output.contains("401288"))
        #expect(try lane.states(reference) == ["sale approved"])
        #expect(try lane.run("journal", "list", "--open", "--json").lines.isEmpty)
        #expect(try lane.run("journal", "list").complaint.contains(reference))
    }

    static let mistakes: [([String], Int32, String)] = [
        (["list", "--limit", "0"], 2, "--limit must be at least 1"),
        (["show", "SW0"], 2, "no payment SW0"),
        (["settle", "SW0", "--not-charged"], 2, "--reason TEXT"),
        (["settle", "SW0", "--charged", "1;2"], 2, "letters and digits"),
        (["settle", "SW0", "--charged", "1", "--not-charged"], 2, "say either"),
        (["settle", "SW0", "--charged", "1"], 2, "no reference"),
        (["prune", "--keep-days", "10"], 2, "at least 366"),
    ]

    @Test(arguments: mistakes)
    func `a mistake is told with its remedy`(
        _ arguments: [String], _ status: Int32, _ words: String
    ) throws {
        let emulator = try RunningEmulator()
        let configuration = try emulator.configuration()
        let lane = LaneCommands(configuration: configuration)
        #expect(try lane.pay().status == 0)
        let result = try Programs.run(
            "swipeline", ["journal"] + arguments + ["--config", configuration])
        #expect(result.status == status, "\(result.complaint)")
        #expect(result.complaint.contains(words), "\(result.complaint)")
    }

    @Test func `a folder without a journal is no sound journal`() throws {
        let result = try Programs.swipeline("journal", "verify", "--journal", "/tmp/none-of-it")
        #expect(result.status == 2)
        #expect(result.complaint.contains("/tmp/none-of-it"))
    }

    @Test func `verify proves a journal, and finds a changed byte`() throws {
        let emulator = try RunningEmulator()
        let lane = LaneCommands(configuration: try emulator.configuration())
        let reference = try lane.paid()
        #expect(try lane.run("journal", "prune").complaint.contains("0 payments"))
        let sound = try lane.run("journal", "verify")
        #expect(sound.status == 0 && sound.complaint.contains("sound"), "\(sound.complaint)")
        var isChanged = false
        for name in ["journal.sqlite", "journal.sqlite-wal"] {
            let url = URL(fileURLWithPath: "\(emulator.directory)/journal/\(name)")
            guard var bytes = try? Data(contentsOf: url),
                let place = bytes.range(of: Data(reference.utf8), options: .backwards)
            else { continue }
            bytes[place.upperBound - 1] ^= 1
            try bytes.write(to: url)
            isChanged = true
        }
        #expect(isChanged)
        let damaged = try lane.run("journal", "verify")
        #expect([2, 70].contains(damaged.status), "\(damaged.complaint)")
        #expect(try lane.pay().status == 2)
    }

    @Test func `reconcile finds out what a lost answer said`() throws {
        let emulator = try RunningEmulator.faulty(
            #"[{"name":"dropAfterCommit","operation":"sale","times":1}]"#)
        let lane = LaneCommands(configuration: try emulator.configuration())
        let doubtful = try lane.pay()
        #expect(doubtful.status == 4)
        let reference = doubtful.lines.first?["reference"] as? String ?? ""
        let open = try lane.run("journal", "list", "--open", "--json").lines
        #expect(open.map { $0["reference"] as? String } == [reference])
        #expect(open.first?["inDoubt"] as? Bool == true)
        let reconciled = try lane.run("journal", "reconcile", "--patience", "30")
        #expect(reconciled.status == 0, "\(reconciled.complaint)")
        #expect(try lane.states(reference) == ["sale approved"])
    }

    @Test func `what cannot be known stays in doubt, until an operator settles it, once`() throws {
        let emulator = try RunningEmulator.faulty(
            #"[{"name":"dropBeforeCommit","operation":"sale","times":1}]"#)
        let lane = LaneCommands(configuration: try emulator.configuration())
        let reference = try lane.paid()
        let open = try lane.run("journal", "reconcile", "--patience", "1")
        #expect(open.status == 4)
        #expect(open.complaint.contains("\(reference): sale is still open: the report shows no"))
        let settled = try lane.run(
            "journal", "settle", reference, "--not-charged", "--reason", "looked up")
        #expect(settled.status == 0, "\(settled.complaint)")
        #expect(try lane.states(reference) == ["sale notCharged"])
        let again = try lane.run(
            "journal", "settle", reference, "--charged", "1001")
        #expect(again.status == 6 && again.complaint.contains("notCharged"))
    }

    @Test func `waits below what is safe are refused for a gateway elsewhere`() throws {
        let emulator = try RunningEmulator()
        let lane = LaneCommands(
            configuration: try emulator.configuration(["gateway": "https://gateway.invalid"]))
        let result = try lane.run(
            "replay", "Fixtures/clear-visa.hid", "--amount", "12.75", "--live")
        #expect(result.status == 2)
        #expect(result.complaint.contains("it must be at least"), "\(result.complaint)")
    }
}
