import Foundation
import OwnThreads
import Testing
import TillPrograms

/// The command line against the real emulator: what each recording ends in.
@Suite(.blocks) struct ReplayCommandTests {
    @Test func `a test card at 12.75 is approved, with the code and every stage`() throws {
        let result = try Programs.swipeline(
            "replay", "Fixtures/clear-visa.hid", "--amount", "12.75", "--emulator", "--json")
        #expect(result.status == 0, "\(result.complaint)")
        let line = try #require(result.lines.first)
        #expect(result.lines.count == 1)
        #expect(line["outcome"] as? String == "approved")
        #expect(line["responseCode"] as? String == "00")
        #expect(line["maskedPAN"] as? String == "************8888")
        #expect(line["amount"] as? String == "12.75")
        #expect(line["currency"] as? String == "USD")
        let stages = try #require(line["stages"] as? [String: Double])
        #expect(
            Set(stages.keys) == [
                "handOff", "decode", "build", "send", "firstByte", "answer", "total",
            ])
        #expect(stages.values.allSatisfy { $0 >= 0 })
    }

    @Test func `the MasterCard that the test table declines at 0.20 exits with 1`() throws {
        let result = try Programs.swipeline(
            "replay", "Fixtures/clear-mastercard.hid", "--amount", "0.20", "--emulator", "--json")
        #expect(result.status == 1, "\(result.complaint)")
        #expect(result.lines.first?["outcome"] as? String == "declined")
        #expect(result.lines.first?["responseCode"] as? String == "05")
        #expect(result.lines.first?["advice"] as? String == "askForAnotherCard")
    }

    @Test(arguments: ["sale", "authOnly"], ["http400", "created201"])
    func `every recording ends as its expectation says`(
        operation: String, declineStyle: String
    ) throws {
        let emulator = try RunningEmulator("--decline-style", declineStyle)
        defer { emulator.stop() }
        var ran = 0
        for name in try Self.fixtures() {
            let expected = try Self.expectation(name)
            let amount = expected.first?.amount ?? "12.75"
            let result = try Programs.swipeline(
                "replay", Programs.fixture("\(name).hid"), "--amount", amount, "--operation",
                operation, "--config", emulator.directory, "--json")
            let lines = result.lines
            #expect(lines.count == expected.count, "\(name): \(result.complaint)")
            for (line, expected) in zip(lines, expected) {
                #expect(line["outcome"] as? String == expected.outcome, "\(name)")
                #expect(line["responseCode"] as? String == expected.responseCode, "\(name)")
                #expect(line["operation"] as? String == operation)
            }
            ran += 1
        }
        #expect(ran >= 12)
    }

    @Test func `a bad read leaves the lane armed for the same reference`() throws {
        let emulator = try RunningEmulator()
        defer { emulator.stop() }
        let result = try Programs.swipeline(
            "replay", Programs.fixture("keyboard-bad-read.hid"),
            Programs.fixture("keyboard-visa.hid"), Programs.fixture("keyboard-visa.hid"),
            "--amount", "12.75", "--config", emulator.directory, "--json")
        let references = result.lines.compactMap { $0["reference"] as? String }
        #expect(references.count == 3)
        #expect(references[0] == references[1])
        #expect(references[1] != references[2])
        #expect(result.status == 3)
    }

    @Test func `an encrypted swipe is told as encrypted, by its masked number`() throws {
        let result = try Programs.swipeline(
            "replay", "Fixtures/encrypted-visa.hid", "--amount", "12.75", "--emulator", "--json")
        let line = try #require(result.lines.first)
        #expect(line["entry"] as? String == "encrypted")
        #expect(line["outcome"] as? String == "approved")
        let reader = try #require(line["reader"] as? [String: String])
        #expect(reader["brand"] == "IDTECH")
        #expect(reader["model"] == "UNIMAGII")
    }

    @Test func `people get a line with outcome and advice, and no card number`() throws {
        let result = try Programs.swipeline(
            "replay", "Fixtures/clear-visa.hid", "Fixtures/keyboard-bad-read.hid", "--amount",
            "12.75", "--emulator")
        #expect(result.output.isEmpty)
        #expect(result.complaint.contains("approved 00"))
        #expect(result.complaint.contains("Swipe again"))
        #expect(!result.complaint.contains("4012881888818888"))
        #expect(!result.complaint.contains("\u{1B}["), "colour is for terminals only")
    }

    private struct Expected {
        let outcome: String
        let responseCode: String?
        let amount: String
    }

    static func fixtures() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: Programs.fixture(""))
            .filter { $0.hasSuffix(".hid") }.map { String($0.dropLast(4)) }.sorted()
    }

    private static func expectation(_ name: String) throws -> [Expected] {
        let data = try Data(contentsOf: URL(fileURLWithPath: Programs.fixture("\(name).json")))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let swipes = try #require(object["swipes"] as? [[String: Any]])
        return try swipes.map { swipe in
            let outcome = try #require(swipe["saleOutcome"] as? [String: Any])
            return Expected(
                outcome: try #require(outcome["outcome"] as? String),
                responseCode: outcome["responseCode"] as? String,
                amount: try #require(outcome["amount"] as? String))
        }
    }
}
