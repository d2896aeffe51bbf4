import Emulator
import Testing

@Suite struct RiskTests {
    private static let volume = "transaction_volume_settings"
    private static let cvv = "credit_card_security_codes"
    private static let address = "address_verification_system"

    private static func keyed(
        amount: String = "12.75", cvv: String? = nil, street: String? = nil, zip: String? = nil
    ) throws -> JSONValue {
        try #require(Body.card("4012881888818888", cvv: cvv, amount: amount))
            .with("card_data.billing_address_1", street.map(JSONValue.string))
            .with("card_data.billing_zip", zip.map(JSONValue.string))
    }

    static let amounts: [(String, String, String, Bool)] = [
        ("sale_trn_amount_below", "12.75", "12.75", false),
        ("sale_trn_amount_below", "12.76", "12.75", true),
        ("sale_trn_amount_above", "12.75", "12.75", false),
        ("sale_trn_amount_above", "12.74", "12.75", true),
        ("refund_trn_amount_above", "1", "12.75", false),
    ]

    @Test(arguments: amounts, ["sale", "authonly"])
    func `holds a charge that is below or above its limit`(
        rule: (name: String, limit: String, amount: String, isMet: Bool), kind: String
    ) throws {
        let gateway = try TestGateway()
        try gateway.setRisk(Self.volume, rule.name, rule.limit, option: 2)
        let id = try gateway.make(kind, Self.keyed(amount: rule.amount))
        let entry = try #require(gateway.core.ledger.entry(id: id))
        #expect(entry.answer.isApproval)
        #expect(entry.isHeld == rule.isMet)
        let resource = try gateway.get("\(kind)/\(id)")
        #expect(
            resource["settlementStatus"] == .string(rule.isMet ? "Risk Hold" : "Not settled"))
        let own = kind == "sale" ? "saleResponse" : "authOnlyResponse"
        #expect(
            resource.at("\(own).riskStatusResponseText")
                == .string(rule.isMet ? "Held by \(rule.name)" : ""))
        #expect(resource.at("\(own).riskStatusRespondeCode") == .string(rule.isMet ? "2" : ""))
        let rows = try gateway.report("{}")
        #expect(rows[0]["settlementStatus"] == resource["settlementStatus"])
    }

    @Test func `denies in place of holding, and charges nothing then`() throws {
        let gateway = try TestGateway { $0.declineStyle = .created201 }
        try gateway.setRisk(Self.volume, "sale_trn_amount_below", "50", option: 2)
        try gateway.setRisk(Self.volume, "sale_trn_amount_above", "10", option: 3)
        let id = try gateway.make("sale", Self.keyed())
        let sale = try gateway.get("sale/\(id)")
        #expect(sale.at("saleResponse.responseCode") == .string("93"))
        #expect(sale.at("saleResponse.approvalCode") == .string(""))
        #expect(
            sale.at("saleResponse.riskStatusResponseText")
                == .string("Denied by sale_trn_amount_above"))
        #expect(gateway.core.ledger.charges.isEmpty)
        #expect(gateway.core.ledger.entry(id: id)?.isHeld == false)
    }

    @Test func `tells a denial as an error where declines are told so`() throws {
        let gateway = try TestGateway()
        try gateway.setRisk(Self.volume, "sale_trn_amount_above", "10", option: 3)
        let answer = gateway.sale(try Self.keyed())
        #expect(answer.status == .badRequest)
        #expect(answer.codes == ["93"])
    }

    @Test func `ignores a rule whose option is 1`() throws {
        let gateway = try TestGateway()
        try gateway.setRisk(Self.volume, "sale_trn_amount_above", "0.01", option: 1)
        let id = try gateway.make("sale", Self.keyed())
        #expect(gateway.core.ledger.entry(id: id)?.risk == nil)
    }

    @Test func `counts the transactions of the local hour`() throws {
        let gateway = try TestGateway()
        try gateway.setRisk(Self.volume, "hours_trn_number_more_than", "2", option: 2)
        for expected in [false, false, true] {
            let id = try gateway.make("sale", Self.keyed())
            #expect(gateway.core.ledger.entry(id: id)?.isHeld == expected)
        }
        gateway.clock.advance(milliseconds: 3_600_000)
        let next = try gateway.make("sale", Self.keyed())
        #expect(gateway.core.ledger.entry(id: next)?.isHeld == false)
    }

    static let days: [(String, String)] = [
        ("days_trn_number_more_than", "2"), ("days_trn_amount_more_than", "25.50"),
    ]

    @Test(arguments: days)
    func `counts the number and the amount of a local day`(rule: String, limit: String) throws {
        let gateway = try TestGateway()
        try gateway.setRisk(Self.volume, rule, limit, option: 3)
        _ = try gateway.make("sale", Self.keyed())
        gateway.clock.advance(milliseconds: 3 * 3_600_000)
        let second = try gateway.make("sale", Self.keyed())
        #expect(gateway.sale(try Self.keyed()).codes == ["93"])
        // What was voided does not count, and neither does a denial.
        #expect(gateway.follow("void", second).status == .created)
        #expect(gateway.sale(try Self.keyed()).status == .created)
        #expect(gateway.sale(try Self.keyed()).codes == ["93"])
        gateway.clock.advance(milliseconds: 11 * 3_600_000)
        #expect(gateway.sale(try Self.keyed()).status == .created)
    }

    @Test func `holds and denies refunds`() throws {
        let gateway = try TestGateway()
        let sale = try gateway.make("sale", Self.keyed())
        try gateway.setRisk(Self.volume, "refund_trn_amount_above", "5", option: 3)
        try gateway.setRisk(Self.volume, "refund_trn_amount_below", "2", option: 2)
        #expect(gateway.follow("refund", sale, cents: 501).codes == ["4074"])
        #expect(gateway.follow("refund", sale, cents: 500).status == .created)
        let held = gateway.follow("refund", sale, cents: 199)
        let refund = try gateway.resource(of: held)
        #expect(refund["settlementStatus"] == .string("Risk Hold"))
        #expect(refund.at("lastRefundResponse.riskStatusResponseCode") == .string("2"))
        let unlinked = try #require(Body.swiped)
        #expect(gateway.sale(unlinked, to: "/api/v2/refund").codes == ["93"])
    }

    static let mismatches: [(String, String?, String?, String)] = [
        ("avs_mismatch_street_and_zip_code", "0 Nowhere", "00000", "N"),
        ("avs_mismatch_street", "0 Nowhere", "94901", "Z"),
        ("avs_mismatch_street", "0 Nowhere", nil, "N"),
        ("avs_mismatch_zip_code", "12 Main Street", "00000-1234", "A"),
        ("avs_mismatch_zip_code", nil, "00000", "N"),
    ]

    @Test(arguments: mismatches)
    func `holds an address that does not match, from the rule's limit on`(
        rule: String, street: String?, zip: String?, result: String
    ) throws {
        let gateway = try TestGateway()
        try gateway.setRisk(Self.address, rule, "10.00", option: 2)
        for (amount, isHeld) in [("9.99", false), ("10.00", true)] {
            let id = try gateway.make(
                "sale", Self.keyed(amount: amount, street: street, zip: zip))
            let entry = try #require(gateway.core.ledger.entry(id: id))
            #expect(entry.answer.avsResult == result)
            #expect(entry.isHeld == isHeld)
            #expect(entry.risk?.rule == (isHeld ? rule : nil))
        }
    }

    static let matches: [(String?, String?, String)] = [
        ("12 Main Street", "94901", "Y"), ("12 Main Street", nil, "A"), (nil, "94901", "Z"),
        (nil, nil, "0"),
    ]

    @Test(arguments: matches)
    func `finds every other address right`(street: String?, zip: String?, result: String) throws {
        let gateway = try TestGateway()
        for rule in [
            "avs_mismatch_street_and_zip_code", "avs_mismatch_street", "avs_mismatch_zip_code",
        ] {
            try gateway.setRisk(Self.address, rule, "0", option: 3)
        }
        let id = try gateway.make("sale", Self.keyed(street: street, zip: zip))
        let sale = try gateway.get("sale/\(id)")
        #expect(sale.at("saleResponse.avsResultCode") == .string(result))
    }

    @Test func `processes and holds a wrong CVV where its rule says so`() throws {
        let gateway = try TestGateway()
        #expect(gateway.sale(try Self.keyed(cvv: "111")).codes == ["82"])
        try gateway.setRisk(Self.cvv, "cvv_mismatch", "10.00", option: 2)
        #expect(gateway.sale(try Self.keyed(amount: "9.99", cvv: "111")).codes == ["82"])
        let id = try gateway.make("sale", Self.keyed(cvv: "111"))
        let sale = try gateway.get("sale/\(id)")
        #expect(sale.at("saleResponse.responseCode") == .string("00"))
        #expect(sale.at("saleResponse.verificationResultCode") == .string("N"))
        #expect(sale["settlementStatus"] == .string("Risk Hold"))
        try gateway.setRisk(Self.cvv, "cvv_mismatch", "10.00", option: 3)
        #expect(gateway.sale(try Self.keyed(cvv: "111")).codes == ["82"])
    }

    @Test func `wants CVV and address of a keyed card where the settings say so`() throws {
        let gateway = try TestGateway()
        gateway.patch(
            "adminSettings/riskFraudDetection",
            """
            {"credit_card_security_codes":{"checked":"true"},
             "address_verification_system":{"checked":"true"}}
            """)
        #expect(gateway.sale(try Self.keyed()).codes == ["4041", "4042"])
        let whole = try Self.keyed(cvv: "999", street: "12 Main Street")
        #expect(gateway.sale(whole).status == .created)
        #expect(gateway.sale(try #require(Body.swiped)).status == .created)
    }

    @Test func `settles what is held once it is released`() throws {
        let gateway = try TestGateway()
        try gateway.setRisk(Self.volume, "sale_trn_amount_above", "20", option: 2)
        let held = try gateway.make("sale", Self.keyed(amount: "20.01"))
        let other = try gateway.make("sale", Self.keyed())
        #expect(gateway.core.settle() == [1])
        #expect(gateway.core.ledger.entry(id: other)?.isSettled == true)
        #expect(gateway.core.ledger.entry(id: held)?.isSettled == false)
        #expect(gateway.core.release(other) == false)
        #expect(gateway.core.release(held))
        #expect(gateway.core.release(held) == false)
        #expect(try gateway.get("sale/\(held)")["settlementStatus"] == .string("Not settled"))
        #expect(gateway.core.settle() == [2])
        #expect(try gateway.get("sale/\(held)")["settlementStatus"] == .string("Settled"))
    }

    @Test func `voids what is held, and holds it no more`() throws {
        let gateway = try TestGateway()
        try gateway.setRisk(Self.volume, "sale_trn_amount_above", "1", option: 2)
        let held = try gateway.make("sale", Self.keyed())
        #expect(gateway.follow("void", held).status == .created)
        #expect(gateway.core.ledger.entry(id: held)?.isHeld == false)
        #expect(gateway.core.release(held) == false)
    }

    @Test func `judges no verification`() throws {
        let gateway = try TestGateway()
        try gateway.setRisk(Self.volume, "sale_trn_amount_below", "50", option: 3)
        try gateway.setRisk(Self.address, "avs_mismatch_zip_code", "0", option: 3)
        #expect(
            gateway.sale(try Self.keyed(zip: "00000"), to: "/api/v2/verify").status == .created)
    }
}
