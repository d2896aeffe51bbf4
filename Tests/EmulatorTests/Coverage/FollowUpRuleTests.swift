import Coverage
import Emulator
import Testing

/// Rules of captures, voids and refunds that no other suite shows by themselves.
@Suite struct FollowUpRuleTests {
    @Test(.covers("PH-R-057", "PH-R-058", "PH-R-062", "PH-R-073", "PH-I-038"))
    func `an authorization is settled once it is captured, and charges nothing before`() throws {
        let gateway = try TestGateway()
        let id = try gateway.make("authonly", FullShop.payment())
        let status = { try gateway.get("authonly/\(id)")["settlementStatus"] }
        #expect(gateway.core.settle() == [1])
        #expect(try status() == .string("Not settled"))
        #expect(gateway.core.ledger.entry(id: id)?.chargedCents == nil)
        #expect(gateway.follow("capture", id).status == .created)
        #expect(gateway.core.settle() == [2])
        #expect(try status() == .string("Settled"))
        #expect(gateway.core.ledger.entry(id: id)?.chargedCents == 1168)
    }

    @Test(.covers("PH-I-027"))
    func `an authorization is good until it is captured or voided`() throws {
        let gateway = try TestGateway()
        let id = try gateway.make("authonly", FullShop.payment())
        gateway.clock.advance(milliseconds: 365 * 86_400_000)
        #expect(gateway.follow("capture", id).status == .created)
    }

    @Test(.covers("PH-R-065", "PH-I-024"))
    func `a void releases what an authorization reserved, unless the gateway refuses`() throws {
        let gateway = try TestGateway()
        let id = try gateway.make("authonly", FullShop.payment())
        #expect(gateway.follow("void", id).status == .created)
        #expect(gateway.follow("capture", id).codes == ["4075"])
        let strict = try TestGateway()
        strict.core.faults.add([FaultRule(.authorizationVoidRefused)])
        let held = try strict.make("authonly", FullShop.payment())
        #expect(strict.follow("void", held).codes == ["4073"])
    }

    @Test(.covers("PH-R-064", "PH-R-063"), arguments: ["sale", "refund"])
    func `a sale and a refund are voided once, before they settle`(kind: String) throws {
        let gateway = try TestGateway()
        let first = try gateway.make(kind, FullShop.payment())
        #expect(gateway.follow("void", first).status == .created)
        #expect(gateway.follow("void", first).codes == ["4069"])
        let second = try gateway.make(kind, FullShop.payment())
        #expect(gateway.core.settle() == [1])
        #expect(gateway.follow("void", second).codes == ["4073"])
    }

    @Test(.covers("PH-R-069", "PH-R-066", "PH-I-037"))
    func `a linked refund is of all, to the card that was charged, and its ids agree`() throws {
        let gateway = try TestGateway()
        let sale = try gateway.make("sale", FullShop.payment())
        // A card that comes with it is another, and ignored.
        let body = try Body.following(sale).adding([
            "card_data": #require(Body.card("5466410004374507")?["card_data"])
        ])
        let response = gateway.sale(body, to: "/api/v2/refund")
        let refund = try gateway.resource(of: response)
        #expect(refund.at("lastRefundResponse.billingReferences.cardType") == .string("Visa"))
        let id = try #require(refund.at("lastRefundResponse.refundTransactionId")?.string)
        #expect(response.header("Location")?.hasSuffix("/refund/\(id)") == true)
        #expect(refund.at("_links.self.href")?.string?.hasSuffix("/refund/\(id)") == true)
        #expect(refund.at("lastRefundResponse.saleTransactionId") == .string(sale))
        #expect(gateway.core.ledger.entry(id: id)?.bill.totalCents == 1168)
    }

    @Test(.covers("PH-R-068", "PH-R-070", "PH-R-071", "PH-R-072"))
    func `a refund without a transaction needs bill, card and customer`() throws {
        let gateway = try TestGateway()
        let body = try FullShop.payment()
        let id = try gateway.make("refund", body)
        #expect(
            try gateway.get("refund/\(id)").at("lastRefundResponse.saleTransactionId")
                == .string(""))
        for (member, code) in [("bill", "4021"), ("card_data", "4043"), ("customer", "4524")] {
            #expect(gateway.sale(body.with(member, nil), to: "/api/v2/refund").codes == [code])
        }
    }

    @Test(.covers("PH-R-067"))
    func `a refund of a part has its own bill`() throws {
        let gateway = try TestGateway()
        let sale = try gateway.make("sale", FullShop.payment())
        #expect(gateway.follow("refund", sale, cents: 100).status == .created)
        #expect(gateway.follow("refund", sale).codes == ["4074"])
        #expect(gateway.core.ledger.entries.map(\.bill.totalCents) == [1168, 100])
    }

    @Test(.covers("PH-I-025"))
    func `a sale is refunded before it settles, unless the gateway refuses`() throws {
        let gateway = try TestGateway()
        let sale = try gateway.make("sale", FullShop.payment())
        #expect(gateway.follow("refund", sale).status == .created)
        let strict = try TestGateway()
        strict.core.faults.add([FaultRule(.unsettledRefundRefused)])
        let other = try strict.make("sale", FullShop.payment())
        #expect(strict.follow("refund", other).codes == ["4074"])
        #expect(strict.core.settle() == [1])
        #expect(strict.follow("refund", other).status == .created)
    }

    @Test(.covers("PH-I-047"), arguments: ["void", "refund"])
    func `voids and refunds have a merchant and no other part`(kind: String) throws {
        let shop = try FullShop()
        let path = "/api/v2/\(kind)/\(try #require(shop.ids[kind]))"
        #expect(shop.gateway.send("GET", path + "/merchant").status == .ok)
        for part in ["customer", "bill", "card_data"] {
            #expect(shop.gateway.send("GET", path + "/" + part).status == .notFound)
        }
    }

    @Test(.covers("PH-R-018", "PH-R-039"), arguments: ["sale", "authonly", "verify"])
    func `a card that is read back has a token and no number, CVV or track`(
        kind: String
    ) throws {
        let gateway = try TestGateway()
        for body in [FullShop.payment, FullShop.swiped, FullShop.encrypted] {
            let id = try gateway.make(kind, body())
            let card = try gateway.get("\(kind)/\(id)/card_data")
            #expect(card["tokenized_card"]?.string?.count == 16)
            for name in ["card_number", "cvv_data", "track1_data", "track2_data"] {
                #expect(card[name] == .null)
            }
            #expect(card["encrypted_track_data"] == .null)
        }
    }
}
