import Coverage
import Emulator
import SealedFrames
import Testing
import Values

@Suite struct AcceptanceTests {
    static let changes: [(String, String?)] = [
        ("record_format", "null"), ("record_format", "\"CC\""),
        ("record_format", "\"CREDIT_CARD\""), ("customer.record_format", "\"CREDIT_CARD\""),
        ("merchant.organization_id", "\"20001\""), ("merchant.terminal_id", "\"1\""),
        ("card_data.cvv_data", nil), ("card_data.cvv_code", "\"Y\""),
        ("card_data.billing_zip", "\"94901-1234\""), ("card_data.unknown", "1"),
        ("card_data.card_expiry_date", "\"202611\""), ("customer.phone_number", nil),
        ("customer.email_address", "null"), ("customer.phone_number", "\"4152345678\""),
        ("customer.web_address", "\"http://www.example.com/a\""), ("bill.note", nil),
        ("bill.tax_amount", #"{"amount":"1.00","currency":"USD"}"#), ("bill.metaData", "{}"),
    ]

    @Test(.covers("PH-R-035", "PH-R-033", "PH-I-009", "PH-I-013", "PH-R-049"), arguments: changes)
    func `accepts what the document or its samples allow`(change: (String, String?)) throws {
        let gateway = try TestGateway()
        let value = try change.1.map { try JSONValue($0) }
        let response = gateway.sale(try #require(Body.keyed).with(change.0, value))
        #expect(response.status == .created)
    }

    @Test(
        .covers("PH-R-032", "PH-I-007", "PH-I-006"),
        arguments: [
            ("10.0", 1000), ("1.23", 123), ("1.00", 100), ("10", 1000), ("\"1275\"", 127_500),
            ("\"0.01\"", 1), ("0.29", 29), ("9999999.99", 999_999_999), ("4.35", 435),
        ])
    func `reads an amount exactly`(text: String, cents: Int) throws {
        let gateway = try TestGateway()
        let body = try #require(Body.swiped).with(
            "bill.base_amount.amount", try JSONValue(text))
        #expect(gateway.sale(body).status == .created)
        #expect(gateway.core.ledger.entries.map(\.bill.totalCents) == [cents])
    }

    @Test(.covers("PH-R-034")) func `charges base, shipping and tax`() throws {
        let gateway = try TestGateway()
        let body = try #require(Body.keyed)
            .with("bill.shipping_amount.amount", .number("1.23"))
            .with("bill.tax_amount.amount", .string("1.00"))
        #expect(gateway.sale(body).status == .created)
        #expect(gateway.core.ledger.entries.first?.bill.totalCents == 1498)
    }

    @Test(.covers("PH-I-006")) func `tells the log of an amount without a point`() throws {
        let gateway = try TestGateway()
        let body = try #require(Body.keyed).with("bill.base_amount.amount", .string("1275"))
        #expect(gateway.sale(body).status == .created)
        #expect(gateway.logText.contains("without a decimal point in bill.base_amount"))
    }

    @Test(
        .covers("PH-R-041", "PH-R-042", "PH-I-017", "PH-I-018", "PH-I-019"),
        arguments: [["track1_data"], ["track2_data"], ["track1_data", "track2_data"]])
    func `accepts a walk-in swipe of either track or both`(tracks: [String]) throws {
        let gateway = try TestGateway()
        let all = try #require(Body.swiped)
        let body = ["track1_data", "track2_data"].filter { !tracks.contains($0) }
            .reduce(all) { $0.with("card_data.\($1)", nil) }
        let response = gateway.sale(body)
        #expect(response.status == .created)
        let sale = try gateway.resource(of: response)
        #expect(sale.at("saleResponse.responseCode") == .string("00"))
        #expect(sale.at("_links.customer") == nil)
        #expect(gateway.core.ledger.entries.first?.card?.entry == .plainTracks)
    }

    @Test(arguments: [true, false])
    func `accepts an encrypted swipe in upper and lower case`(isUpperCase: Bool) throws {
        let gateway = try TestGateway()
        let text = try SealedFrame.standard.text()
        let body = try #require(Body.encrypted).with(
            "card_data.encrypted_track_data.encrypted_track",
            .string(isUpperCase ? text : text.lowercased()))
        let response = gateway.sale(body)
        #expect(response.status == .created)
        let entry = try #require(gateway.core.ledger.entries.first)
        #expect(entry.card?.entry == .encryptedTracks)
        #expect(entry.card?.identity.maskedPAN.description == "************8888")
        #expect(entry.card?.identity.brand == .visa)
    }

    @Test func `declines an encrypted test card by the number inside`() throws {
        let gateway = try TestGateway()
        let frame = SealedFrame.of("4266841082854082").changed { $0.shownNumber = "************" }
        #expect(gateway.sale(try Body.encrypted(frame, amount: "0.01")).codes == ["05"])
        #expect(gateway.core.ledger.entries.first?.card?.identity.maskedPAN.lastFour == "4082")
    }

    @Test(.covers("PH-R-039")) func `gives the same card the same token, and another card another`()
        throws
    {
        let gateway = try TestGateway()
        let token = { (body: JSONValue?) in
            try gateway.resource(of: gateway.sale(try #require(body)))
                .at("saleResponse.billingReferences.tokenizedCard")?.string
        }
        let keyed = try #require(try token(Body.keyed))
        #expect(keyed.count == 16 && keyed.hasPrefix("9999"))
        #expect(try token(Body.swiped) == keyed)
        #expect(try token(Body.encrypted) == keyed)
        #expect(try token(Body.card("4111111111111111")) != keyed)
        #expect(try token(Body.keyed) == keyed)
    }

    @Test(.covers("PH-R-040")) func `charges a card by its token`() throws {
        let gateway = try TestGateway()
        #expect(gateway.sale(try #require(Body.swiped)).status == .created)
        let token = try #require(gateway.core.ledger.entries.first?.card?.token)
        let body = try #require(Body.keyed).with(
            "card_data", .members(["tokenized_card": .string(token)]))
        let response = gateway.sale(body)
        #expect(response.status == .created)
        let card = try gateway.resource(of: response, "/card_data")
        #expect(card["tokenized_card"] == .string(token))
        #expect(card["card_expiry_date"] == .string("202912"))
        #expect(gateway.core.ledger.entries.last?.card?.entry == .token)
    }

    @Test(.covers("PH-L-001", "PH-L-002", "PH-L-003"))
    func `links customers of the same mail address`() throws {
        let gateway = try TestGateway()
        let body = try #require(Body.keyed)
        for mail in ["a@example.com", "b@example.com", "A@example.com"] {
            let response = gateway.sale(body.with("customer.email_address", .string(mail)))
            #expect(response.status == .created)
        }
        #expect(gateway.core.ledger.entries.map(\.customerID) == [1, 2, 1])
    }
}
