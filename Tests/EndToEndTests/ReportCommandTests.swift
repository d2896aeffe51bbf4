import Foundation
import OwnThreads
import Testing
import TillPrograms

/// `swipeline report`: its filters, its totals, and what it says to mistakes.
@Suite(.blocks) struct ReportCommandTests {
    private let emulator: RunningEmulator
    private let scratch: Scratch
    private let office: LaneCommands

    init() throws {
        emulator = try RunningEmulator()
        scratch = try Scratch()
        office = LaneCommands(configuration: try emulator.configuration())
    }

    private func ids(_ arguments: String...) throws -> [String] {
        let result = try Programs.run(
            "swipeline", ["report", "--json", "--config", office.configuration] + arguments)
        #expect(result.status == 0, "\(result.complaint)")
        return result.lines.compactMap { $0["transactionId"] as? String }
    }

    /// Sales of 1.00, 2.00 and 3.00; the second is voided, of the third 0.50 is given back.
    private func trade() throws -> [String] {
        let references = try ["1.00", "2.00", "3.00"].map { amount in
            try office.pay(amount: amount).lines.first?["reference"] as? String ?? ""
        }
        #expect(try office.run("void", references[1]).status == 0)
        #expect(try office.run("refund", references[2], "--amount", "0.50").status == 0)
        return references
    }

    @Test func `rows, their words, and totals that count what stands`() throws {
        _ = try trade()
        let table = try office.run("report", "--from", "2020-01-01")
        #expect(table.status == 0, "\(table.complaint)")
        #expect(table.output.contains("voided by") && table.output.contains("refunded by"))
        #expect(
            table.complaint.contains(
                "2 sales that stand, 4.00; 1 refunds, 0.50; net 3.50"), "\(table.complaint)")
        #expect(!table.output.contains("401288") && !table.output.contains("999900"))
        let lines = try office.run("report", "--from", "2020-01-01", "--json")
        #expect(lines.lines.count == table.output.split(separator: "\n").count - 1)
        #expect(lines.lines.allSatisfy { $0["cardToken"] == nil })
    }

    @Test func `each filter narrows, and not: leaves out`() throws {
        let references = try trade()
        let all = try ids("--from", "2020-01-01")
        #expect(try ids("--type", "Sale").count == 3)
        #expect(try ids("--type", "Void", "--type", "Refund").count == 2)
        #expect(try ids("--type", "not:Void", "--type", "not:Refund").count == 3)
        #expect(try ids("--note", references[0]).count == 1)
        #expect(try ids("--note", "not:\(references[0])").count == all.count - 1)
        #expect(try ids("--last-four", "8888").count == all.count)
        #expect(try ids("--card-type", "Visa", "--code", "00").count == all.count)
        #expect(try ids("--card-type", "not:Visa").isEmpty)
        #expect(try ids("--swiped", "--type", "Sale").count == 3)
        #expect(try ids("--not-swiped", "--type", "Sale").isEmpty)
        #expect(try ids("--status", "Declined").isEmpty)
        #expect(try ids("--source", "3rd Party API").count == all.count)
        #expect(try ids("--recurring-bill", "none").count == all.count)
        #expect(try ids("--recurring-bill", "any").isEmpty)
        #expect(try ids("--batch-from", "1", "--batch-to", "1").count == all.count)
        #expect(try ids("--batch-from", "2").isEmpty)
        let token = try scratch.secret("9999000000000001")
        #expect(try ids("--card-token-file", token, "--type", "Sale").count == 3)
    }

    @Test func `bounds belong to what is asked for, whatever the gateway makes of them`() throws {
        _ = try trade()
        #expect(try ids("--amount-from", "2.00", "--type", "Sale").count == 2)
        #expect(try ids("--amount-to", "2.00", "--type", "Sale").count == 2)
        #expect(
            try ids("--amount-from", "2.00", "--amount-to", "2.00", "--type", "Sale").count == 1)
        #expect(try ids("--authorized-to", "1.00", "--type", "Sale").count == 1)
    }

    @Test func `a long time is asked for in stretches, and a row is told once`() throws {
        _ = try trade()
        let once = try ids("--from", "2020-01-01")
        let stretched = try ids(
            "--from", "2026-01-01", "--to", "2099-12-31", "--days-at-a-time", "366")
        #expect(Set(stretched) == Set(once) && stretched.count == once.count)
        #expect(try ids("--from", "2020-01-01", "--to", "2020-12-31").isEmpty)
    }
}

/// `swipeline report`: what it says to mistakes.
@Suite(.blocks) struct ReportMistakeTests {
    static let mistakes: [([String], String)] = [
        ([], "say what to report"),
        (["--from", "yesterday"], "--from"),
        (["--from", "2026-02-30"], "--from"),
        (["--from", "2026-11-02", "--to", "2026-11-01"], "lies before"),
        (["--type", "Sale", "--type", "not:Void"], "either say which"),
        (["--code", "A;B"], "--code"),
        (["--note", "a;!b"], "; or !"),
        (["--last-four", "88"], "--last-four"),
        (["--amount-from", "1"], "--amount-from"),
        (["--amount-from", "2.00", "--amount-to", "1.00"], "over its end"),
        (["--swiped", "--not-swiped"], "do not go together"),
        (["--customer", "Ada"], "--customer"),
        (["--card-token-file", "/nonexistent"], "no such file"),
        (["--from", "2026-01-01", "--days-at-a-time", "0"], "1 to 366"),
    ]

    @Test(arguments: mistakes)
    func `a mistake is told with its remedy`(_ arguments: [String], _ words: String) throws {
        let configuration = try RunningEmulator.untouched().directory
        let result = try Programs.run(
            "swipeline", ["report"] + arguments + ["--config", configuration])
        #expect(result.status == 2, "\(result.complaint)")
        #expect(result.complaint.contains(words), "\(result.complaint)")
        #expect(result.output.isEmpty)
    }
}
