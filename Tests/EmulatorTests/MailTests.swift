import Emulator
import Testing

/// The mails that a merchant's settings ask for, as the operator reads them.
@Suite struct MailTests {
    private static let email = "adminSettings/emailConfiguration"

    /// Kind and receiver of each mail.
    private static func mails(_ gateway: TestGateway) -> [String] {
        gateway.core.ledger.read { $0.mails }.map { mail in
            let more = [mail.copy, mail.form].compactMap(\.self)
            return ([mail.kind, mail.to ?? "merchant"] + more).joined(separator: " ")
        }
    }

    @Test func `writes a receipt to a customer with an address, and to no other`() throws {
        let gateway = try TestGateway()
        _ = try gateway.make("sale", Body.noted("SW-1"))
        #expect(Self.mails(gateway).isEmpty)
        let id = try gateway.make("sale", try #require(Body.keyed))
        #expect(gateway.follow("refund", id, cents: 100).status == .created)
        #expect(
            Self.mails(gateway) == Array(repeating: "emailTrnReceipt holder@example.com", count: 2))
        let mail = try #require(gateway.core.ledger.read { $0.mails }.first)
        #expect(mail.title == "Sale 1002, 12.75 USD, XXXXXXXXXXXX8888, 00")
    }

    @Test(arguments: [
        ("emailTrnReceipt", "emailTrnReceipt holder@example.com"),
        ("emailRbSuccessTransaction", "emailRbSuccessTransaction merchant"),
        ("emailRbFailTransaction", "emailRbFailTransaction merchant"),
        ("emailBatchSuccess", "emailBatchSuccess merchant"),
        ("customBatchReport", "customBatchReport merchant pdf"),
        ("customRBReport", "customRBReport merchant pdf"),
    ])
    func `writes no mail that is switched off`(name: String, mail: String) throws {
        for isOn in [true, false] {
            let gateway = try TestGateway()
            #expect(gateway.patch(Self.email, #"{"\#(name)":\#(isOn)}"#).status == .created)
            _ = try gateway.make("sale", try #require(Body.keyed))
            _ = try Scene.scheduled(gateway)
            _ = try Scene.scheduledDecline(gateway)
            _ = gateway.core.settle()
            let mails = Self.mails(gateway)
            #expect(mails.contains(mail) == isOn, "\(mails)")
            #expect(Set(mails).count == (isOn ? 6 : 5), "\(mails)")
        }
    }

    @Test func `attaches reports in the form that is set`() throws {
        let gateway = try TestGateway()
        let forms = #"{"pdfOrCsvForRB":"1","pdfOrCsvForBatch":"1"}"#
        #expect(gateway.patch(Self.email, forms).status == .created)
        _ = try Scene.scheduled(gateway)
        _ = gateway.core.settle()
        #expect(
            Set(Self.mails(gateway)).isSuperset(of: [
                "customBatchReport merchant xls", "customRBReport merchant xls",
            ]))
    }

    @Test func `tells of a risk rule, with a copy where that is set`() throws {
        let gateway = try TestGateway()
        try gateway.setRisk("transaction_volume_settings", "sale_trn_amount_above", "1", option: 2)
        _ = try gateway.make("sale", Body.noted("SW-1"))
        let copies = #"{"email":{"checked":true,"email_address":"risk@shop.example"}}"#
        #expect(gateway.patch("adminSettings/riskFraudDetection", copies).status == .created)
        _ = try gateway.make("sale", Body.noted("SW-2"))
        #expect(
            Self.mails(gateway) == [
                "riskFraud merchant", "riskFraud merchant risk@shop.example",
            ])
        let titles = gateway.core.ledger.read { $0.mails }.map(\.title)
        #expect(titles[0].hasSuffix("sale_trn_amount_above"))
    }

    @Test func `shows them to the operator`() throws {
        let gateway = try TestGateway()
        _ = try gateway.make("sale", try #require(Body.keyed))
        let desk = OperatorDesk(gateway.core, clock: gateway.clock)
        let answer = desk.respond(
            to: GatewayRequest(method: "GET", target: "/mails", headers: [:], body: []))
        #expect(
            try answer.json.text == """
                [{"number":1,"organization":20001,"at":"2026-11-21T10:00:00.000+00:00",\
                "kind":"emailTrnReceipt","to":"holder@example.com","copy":null,\
                "title":"Sale 1001, 12.75 USD, XXXXXXXXXXXX8888, 00","form":null}]
                """)
    }
}
