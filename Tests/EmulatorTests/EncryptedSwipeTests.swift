import Coverage
import DUKPT
import Emulator
import SealedFrames
import Testing
import Values

/// What the gateway makes of a block: it opens it, and answers by the card inside.
@Suite struct EncryptedSwipeTests {
    static let opened: [(String, SealedFrame)] = [
        ("enhanced", .standard),
        ("original", SealedFrame.standard.changed { $0.isOriginal = true }),
        ("typed", SealedFrame.standard.changed { $0.isTyped = true }),
        ("AES", SealedFrame.standard.changed { $0.usesAES = true }),
        ("PIN variant", SealedFrame.standard.changed { $0.use = .pin }),
        ("hashed", SealedFrame.standard.changed { $0.hashBytes = 20 }),
        ("nothing shown", SealedFrame.standard.changed { $0.shownNumber = "************" }),
    ]

    @Test(.covers("PH-R-043"), arguments: opened) func `approves a block by the card inside`(
        row: (name: String, frame: SealedFrame)
    ) throws {
        let gateway = try TestGateway()
        #expect(gateway.sale(try Body.encrypted(row.frame)).status == .created, "\(row.name)")
        let card = try #require(gateway.core.ledger.entries.first?.card)
        #expect(card.entry == .encryptedTracks && card.expiry?.text == "202912")
        #expect(card.identity.prefix == "4012")
        #expect(card.identity.maskedPAN.description == "************8888")
    }

    static let closed: [(String, String, SealedFrame)] = [
        (
            "wrong key", "holds no track",
            SealedFrame.standard.changed { $0.baseKey = [UInt8](repeating: 0x11, count: 16) }
        ),
        ("garbage", "holds no track", SealedFrame.standard.changed { $0.isBlank = true }),
        (
            "wrong hash", "hash",
            SealedFrame.standard.changed {
                $0.hashBytes = 20
                $0.hash = .wrong
            }
        ),
        (
            "AES that is none", "holds no track",
            SealedFrame.standard.changed {
                $0.usesAES = true
                $0.isBlank = true
            }
        ),
    ]

    @Test(arguments: closed) func `declines a block that it cannot open`(
        row: (name: String, reason: String, frame: SealedFrame)
    ) throws {
        let gateway = try TestGateway()
        let response = gateway.sale(try Body.encrypted(row.frame))
        #expect(response.status == .badRequest && response.codes == ["81"], "\(row.name)")
        #expect(gateway.logText.contains(row.reason), "\(row.name)")
        let entry = try #require(gateway.core.ledger.entries.first)
        #expect(entry.answer.responseCode == "81" && entry.card?.token == nil)
    }

    @Test func `tells a block that it cannot open by a resource where declines are so told`() throws
    {
        let gateway = try TestGateway { $0.declineStyle = .created201 }
        let response = gateway.sale(
            try Body.encrypted(SealedFrame.standard.changed { $0.isBlank = true }))
        #expect(response.status == .created)
        let sale = try gateway.resource(of: response)
        #expect(sale.at("saleResponse.responseCode") == .string("81"))
        #expect(sale.at("saleResponse.billingReferences.tokenizedCard") == .null)
        #expect(sale.at("_links.card_data") == nil)
        let part = try gateway.resource(of: response, "/card_data")
        #expect(part.at("tokenized_card") == nil)
    }

    static let refused: [(String, SealedFrame, String)] = [
        (
            "another number shown",
            SealedFrame.standard.changed { $0.shownNumber = "4013********" }, "4516"
        ),
        ("a month that is over", .of("4012881888818888", expiry: "2610"), "4025"),
        ("no month", .of("4012881888818888", expiry: "2613"), "4025"),
        ("a wrong check digit", .of("4012881888818889"), "4022"),
        (
            "another number on track 2",
            SealedFrame(track1: Body.track1, track2: "5466410004374507=29121011"), "4516"
        ),
        (
            "another month on track 2",
            SealedFrame(track1: Body.track1, track2: "4012881888818888=30011011"), "4516"
        ),
    ]

    @Test(arguments: refused) func `refuses a card inside that breaks a rule`(
        row: (name: String, frame: SealedFrame, code: String)
    ) throws {
        let gateway = try TestGateway()
        let response = gateway.sale(try Body.encrypted(row.frame))
        #expect(response.status == .badRequest && Set(response.codes) == [row.code])
        #expect(gateway.core.ledger.entries.isEmpty)
    }

    @Test func `keeps no number, no track and no key of a block`() throws {
        let gateway = try TestGateway()
        for (_, frame) in Self.opened { _ = gateway.sale(try Body.encrypted(frame)) }
        for (_, _, frame) in Self.closed { _ = gateway.sale(try Body.encrypted(frame)) }
        let kept = gateway.core.ledger.json.text + "\(gateway.core.ledger.entries)"
        let count = Self.opened.count + Self.closed.count
        #expect(gateway.core.ledger.entries.count == count)
        for secret in ["4012881888818888", Body.track1, "0123456789ABCDEF", "FFFF98765432"] {
            #expect(!kept.uppercased().contains(secret))
            #expect(!gateway.logText.uppercased().contains(secret))
        }
        #expect(kept.contains("8888"))
    }
}
