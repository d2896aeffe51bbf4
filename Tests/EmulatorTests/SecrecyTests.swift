import Coverage
import Emulator
import InMemoryLogging
import Logging
import Testing

@Suite struct SecrecyTests {
    static let cards = ["4012881888818888", "5454545454545454", "371449635398431"]

    @Test(.covers("PH-R-004"))
    func `keeps no card number and no token of a merchant in ledger or log`() throws {
        let gateway = try TestGateway()
        var told = ""
        for card in Self.cards {
            for amount in ["10.00", "0.20", "0.001"] {
                let keyed = try #require(Body.card(card, cvv: "111", amount: amount))
                let swiped = keyed.with(
                    "card_data", .members(["track2_data": .string("\(card)=29121010001")])
                )
                .with("card_data.4012881888818888", .string(card))
                for body in [keyed, swiped] {
                    told += String(decoding: gateway.sale(body).body, as: UTF8.self)
                }
            }
        }
        let kept = gateway.core.ledger.json.text + "\(gateway.core.ledger.entries)"
        #expect(gateway.core.ledger.entries.count > Self.cards.count)
        for card in Self.cards {
            #expect(!kept.contains(card))
            #expect(!gateway.logText.contains(card))
            #expect(!told.contains(card))
            #expect(kept.contains(card.suffix(4)))
        }
        #expect(!gateway.logText.contains(TestGateway.token))
    }

    @Test func `logs one line for a request, without its query`() throws {
        let gateway = try TestGateway()
        #expect(gateway.send("GET", "/api/v2/sale/9?secret=1").status == .notFound)
        let line = try #require(gateway.log.entries.first).message.description
        #expect(line.wholeMatch(of: /GET \/api\/v2\/sale\/9 404 \d+ us/) != nil)
        #expect(gateway.log.entries.count == 1)
    }

    @Test func `withholds from the log what could be a card number in a path`() throws {
        let gateway = try TestGateway()
        #expect(gateway.send("GET", "/api/v2/sale/4012881888818888").status == .notFound)
        #expect(gateway.logText.hasPrefix("GET /api/v2/sale/(withheld) 404 "))
    }
}
