import Foundation
import OwnThreads
import Testing
import TillPrograms

/// What goes out with a payment beside its amount, and what of it is refused before a card is read.
@Suite(.blocks) struct DetailOptionTests {
    private static let details = [
        "--tax", "1.05", "--shipping", "2.00", "--invoice", "A-17", "--purchase-order", "PO-9",
        "--email", "ada@shop.example",
    ]
    private let emulator: RunningEmulator
    private let office: LaneCommands

    init() throws {
        emulator = try RunningEmulator()
        office = LaneCommands(configuration: try emulator.configuration())
    }

    private func replay(_ fixture: String, _ more: [String]) throws -> Programs.Result {
        try Programs.run(
            "swipeline",
            [
                "replay", "Fixtures/\(fixture)", "--amount", "12.75", "--config",
                office.configuration,
            ]
                + more)
    }

    @Test(arguments: ["sale", "authOnly"])
    func `a bill's parts, its numbers and the buyer go out with a swipe`(_ kind: String) throws {
        let paid = try replay(
            "clear-visa.hid", Self.details + ["--operation", kind, "--json"])
        #expect(paid.status == 0, "\(paid.complaint)")
        #expect(paid.lines.first?["customerOmitted"] == nil)
        let shown = try office.run(
            "transactions", "show", "1001", "--kind", kind, "--json")
        let line = try #require(shown.lines.first, "\(shown.complaint)")
        let bill = try #require(line["bill"] as? [String: String])
        #expect(
            bill == [
                "base": "9.70", "tax": "1.05", "shipping": "2.00", "total": "12.75",
                "currency": "USD", "invoiceNumber": "A-17", "purchaseOrderNumber": "PO-9",
                "note": paid.lines.first?["reference"] as? String ?? "",
            ])
        let customer = try #require(line["customer"] as? [String: Any])
        #expect(customer["firstName"] as? String == "CARD ONE")
        #expect(customer["email"] as? String == "ada@shop.example")
    }

    @Test(arguments: ["clear-track2-only.hid", "encrypted-visa.hid"])
    func `a buyer whom nothing names is left out, and that is told`(_ fixture: String) throws {
        let paid = try replay(fixture, ["--email", "ada@shop.example", "--json"])
        #expect(paid.status == 0, "\(paid.complaint)")
        #expect(paid.lines.first?["customerOmitted"] as? Bool == true)
        let told = try replay(fixture, ["--email", "ada@shop.example"])
        #expect(told.complaint.contains("the customer was left out"))
        let named = try replay(
            fixture,
            ["--email", "ada@shop.example", "--first-name", "Ada", "--last-name", "Test", "--json"])
        #expect(named.lines.first?["customerOmitted"] == nil)
        let shown = try office.run("transactions", "show", "1003", "--json").lines.first
        #expect((shown?["customer"] as? [String: Any])?["firstName"] as? String == "Ada")
    }

    @Test(arguments: [
        (["--tax", "12.75"], "shipping and tax are parts of it"),
        (["--tax", "1,05"], "--tax"),
        (["--email", "ada"], "customer.email_address"),
        (["--first-name", "Ada"], "a mail address or a phone number"),
        (["--email", "ada@shop.example", "--first-name", "Ada"], "first_name and last_name"),
        (["--invoice", String(repeating: "9", count: 256)], "invoice_number"),
    ])
    func `what breaks a rule is refused before anything is decided`(
        _ more: [String], _ words: String
    ) throws {
        let refused = try replay("clear-visa.hid", more)
        #expect(refused.status == 2 && refused.complaint.contains(words), "\(refused.complaint)")
        #expect(try office.run("transactions", "list", "--json").lines.isEmpty)
    }

    @Test func `a buyer without a name and a debit card need a swipe`() throws {
        let scratch = try Scratch()
        let token = try scratch.secret("9999000000000001")
        let sale = [
            "sale", "--amount", "3.00", "--card-token-file", token, "--config",
            office.configuration,
        ]
        for (more, words) in [
            (["--email", "ada@shop.example"], "first_name and last_name"),
            (["--debit"], "needs a swipe"),
        ] {
            let refused = try Programs.run("swipeline", sale + more)
            #expect(
                refused.status == 2 && refused.complaint.contains(words), "\(refused.complaint)")
        }
        withExtendedLifetime(scratch) {}
    }
}
