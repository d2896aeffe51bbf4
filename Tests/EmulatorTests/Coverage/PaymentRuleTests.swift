import Coverage
import Emulator
import Testing
import Values

/// Rules of payments by card that no other suite shows by themselves.
@Suite struct PaymentRuleTests {
    private func codes(_ kind: String, _ path: String, _ value: JSONValue?) throws -> [String] {
        try TestGateway().sale(
            FullShop.payment().with(path, value), to: "/api/v2/\(kind)"
        ).codes
    }

    @Test(.covers("PH-R-056"), arguments: ["verify", "authonly"])
    func `a verification or an authorization needs a token or a card`(kind: String) throws {
        #expect(try codes(kind, "card_data.card_number", nil) == ["4043"])
        let gateway = try TestGateway()
        #expect(
            gateway.sale(try FullShop.tokenized(gateway), to: "/api/v2/\(kind)").status == .created)
    }

    @Test(.covers("PH-Q-037", "PH-I-012", "PH-I-032"))
    func `a verification ignores bill and record_format`() throws {
        #expect(try codes("verify", "record_format", .string("CHEQUE")) == [])
        #expect(try codes("verify", "bill", nil) == [])
        #expect(try codes("verify", "bill.base_amount.amount", .null) == [])
        #expect(try codes("sale", "record_format", .string("CHEQUE")) == ["4010"])
    }

    @Test(.covers("PH-I-016"), arguments: ["authonly", "verify", "refund"])
    func `a card may be swiped wherever one is charged, reserved or checked`(
        kind: String
    ) throws {
        for body in [try FullShop.swiped(), try FullShop.encrypted()] {
            #expect(try TestGateway().sale(body, to: "/api/v2/\(kind)").status == .created)
        }
    }

    @Test(.covers("PH-I-014"))
    func `a block under a name with a blank is no block, and is told to the log`() throws {
        let gateway = try TestGateway()
        let block = try FullShop.encrypted().at("card_data.encrypted_track_data")
        let body = try FullShop.payment().with(
            "card_data", .members(["encrypted_track _data": try #require(block)]))
        #expect(gateway.sale(body).codes == ["4043"])
        let named = try FullShop.payment().with("card_data.encrypted_track _data", block)
        #expect(gateway.sale(named).status == .created)
        #expect(gateway.logText.contains("unknown member encrypted_track _data in card_data"))
    }

    @Test(.covers("PH-I-011"))
    func `of a member that stands twice the last one counts`() throws {
        let gateway = try TestGateway()
        let body = try FullShop.payment().adding(["record_format": .string("DEBIT_CARD")])
        #expect(gateway.sale(body).codes == ["4045"])
        let other = try FullShop.payment().with("record_format", .string("DEBIT_CARD"))
            .adding(["record_format": .string("CC")])
        #expect(gateway.sale(other).status == .created)
    }

    @Test(
        .covers("PH-I-020", "PH-R-051"),
        arguments: ["sale", "verify", "authonly", "refund"])
    func `a company is nowhere needed, and a mail address only without a phone`(
        kind: String
    ) throws {
        #expect(try codes(kind, "customer.company_name", nil) == [])
        #expect(try codes(kind, "customer.email_address", nil) == [])
        #expect(try codes(kind, "customer.phone_number", nil) == [])
        let unknown = try #require(FullShop.payment()["customer"])
            .with("email_address", nil).with("phone_number", nil)
        #expect(try codes(kind, "customer", unknown) == ["4525"])
    }

    @Test(
        .covers("PH-R-052"), arguments: ["(415) 234 5678", "4152345678", "(415) 234-5678"])
    func `a phone number may be written in three ways`(number: String) throws {
        #expect(try codes("sale", "customer.phone_number", .string(number)) == [])
    }

    @Test(.covers("PH-R-053"), arguments: ["H", "W", "M"])
    func `a phone is at home, at work or mobile`(type: String) throws {
        #expect(try codes("sale", "customer.phone_type", .string(type)) == [])
        #expect(try codes("sale", "customer.phone_type", .string(type.lowercased())) == ["4501"])
    }

    @Test(
        .covers("PH-R-036", "PH-R-037", "PH-I-010"),
        arguments: ["record_format", "merchant.record_format", "customer.record_format"])
    func `credit, debit and cash are known in three places`(path: String) throws {
        for format in ["CREDIT_CARD", "CC", "CASH_PAYMENT"] {
            let body = try FullShop.payment().with("record_format", nil)
            let response = try TestGateway().sale(body.with(path, .string(format)))
            #expect(response.status == .created)
        }
        let swiped = try FullShop.swiped().with("record_format", nil)
        #expect(try TestGateway().sale(swiped.with(path, .string("DEBIT_CARD"))).status == .created)
        #expect(try TestGateway().sale(swiped.with(path, .string("cheque"))).codes == ["4010"])
    }

    @Test(.covers("PH-I-107"))
    func `cash needs no card, and debit needs track 2`() throws {
        let cash = try FullShop.payment().with("record_format", .string("CASH_PAYMENT"))
        let gateway = try TestGateway()
        #expect(gateway.sale(cash.with("card_data", nil)).status == .created)
        #expect(gateway.core.ledger.entries.map(\.card) == [nil])
        let debit = try FullShop.swiped().with("record_format", .string("DEBIT_CARD"))
        #expect(gateway.sale(debit.with("card_data.track1_data", nil)).status == .created)
        #expect(gateway.sale(debit.with("card_data.track2_data", nil)).codes == ["4034"])
    }

    @Test(.covers("PH-R-075", "PH-I-091"))
    func `members of the older interface are ignored and told to the log`() throws {
        let gateway = try TestGateway()
        let body = try FullShop.payment().adding([
            "mode": .string("demo"), "orgid": .string("1"), "tid": .string("2"),
        ])
        #expect(gateway.sale(body).status == .created)
        #expect(gateway.logText.contains("unknown member mode in the body"))
    }

    @Test(.covers("PH-U-016", "PH-I-093"))
    func `a card is good to the last day of its month, on the gateway's day`() throws {
        let body = try FullShop.payment()
        for (day, codes) in [
            (CivilDate(year: 2029, month: 12, day: 31), []),
            (CivilDate(year: 2030, month: 1, day: 1), ["4025"]),
        ] {
            #expect(try TestGateway(day: day).sale(body).codes == codes)
        }
    }

    @Test(.covers("PH-R-046", "PH-I-094"))
    func `a ZIP is needed where the merchant's flag is on`() throws {
        let body = try FullShop.payment().with("card_data.billing_zip", nil)
        #expect(try TestGateway().sale(body).status == .created)
        let strict = try TestGateway { $0.merchantSettings.requiresAVS = true }
        #expect(strict.sale(body).codes == ["4042"])
    }

    @Test(.covers("PH-U-018"))
    func `another CVV than the test card's does not match`() throws {
        let gateway = try TestGateway { $0.declineStyle = .created201 }
        let body = try FullShop.payment().with("card_data.cvv_data", .string("123"))
        let sale = try gateway.resource(of: gateway.sale(body))
        #expect(sale.at("saleResponse.verificationResultCode") == .string("N"))
        #expect(sale.at("saleResponse.responseCode") == .string("82"))
    }
}
