import Coverage
import Foundation
import PayHub
import Secrets
import Testing
import Values

/// What goes out: one head, one body, exact to the byte.
@Suite struct RequestWriterTests {
    static let reference = PaymentReference(lane: 1, journal: 2, sequence: 3)

    private func order(_ operation: PaymentOperation = .sale) throws -> PaymentOrder {
        PaymentOrder(
            operation: operation, merchant: Merchant(organizationID: 10002, terminalID: 2),
            amount: try Amount(cents: 1275), reference: Self.reference)
    }

    @Test(.covers("PH-R-005", "PH-R-008", "PH-R-041", "PH-R-042", "PH-I-010", "PH-I-013"))
    func `a sale with both tracks has the documented form`() throws {
        let request = try Written(
            try order(), track1: "B4111^A/B^30121010", track2: "4111=30121010")
        #expect(
            request.head == [
                "POST /api/v2/sale HTTP/1.1", "Host: localhost:8443",
                "Authorization: Bearer test-token", "Accept: application/json",
                "User-Agent: Swipeline", "Content-Type: application/json",
                "Content-Length: \(request.body.utf8.count)",
            ])
        #expect(
            request.body == """
                {"merchant":{"organization_id":10002,"terminal_id":2},"bill":{"base_amount":\
                {"amount":12.75,"currency":"USD"},"note":"\(Self.reference)",\
                "invoice_number":"\(Self.reference)"},"record_format":"CREDIT_CARD","card_data":\
                {"track1_data":"B4111^A/B^30121010","track2_data":"4111=30121010",\
                "card_expiry_date":"203012"}}
                """)
    }

    @Test(.covers("PH-I-002")) func `an authorisation is posted to authOnly`() throws {
        let request = try Written(try order(.authOnly), track1: nil, track2: "4111=30121010")
        #expect(request.head[0] == "POST /api/v2/authOnly HTTP/1.1")
        #expect(request.cardData.keys.sorted() == ["card_expiry_date", "track2_data"])
    }

    @Test func `the length counts the body's bytes, whatever its size`() throws {
        for length in [1, 9, 10, 99, 100, 255] {
            var order = try order()
            order.bill.purchaseOrderNumber = String(repeating: "é", count: length / 2)
            let request = try Written(order, track1: nil, track2: "4111=30121010")
            #expect(request.head.last == "Content-Length: \(request.body.utf8.count)")
        }
    }

    @Test(.covers("PH-R-032", "PH-I-006")) func `shipping and tax are amounts of two decimals`()
        throws
    {
        var order = try order()
        order.bill.shipping = try Amount(cents: 5)
        order.bill.tax = try Amount(cents: 110)
        let body = try Written(order, track1: nil, track2: "4111=30121010").body
        #expect(body.contains(#""shipping_amount":{"amount":0.05,"#))
        #expect(body.contains(#""tax_amount":{"amount":1.10,"#))
    }

    @Test(arguments: [
        ("quote \" and \\", #"quote \" and \\"#), ("line\nbreak", #"line\u000abreak"#),
        ("nul\u{0}", #"nul\u0000"#), ("delete\u{7F}", #"delete\u007f"#), ("señor", "señor"),
        ("</script>", "</script>"),
    ])
    func `text of the till is escaped`(text: String, written: String) throws {
        var order = try order()
        order.bill.purchaseOrderNumber = text
        let request = try Written(order, track1: nil, track2: "4111=30121010")
        #expect(request.body.contains("\"po_number\":\"\(written)\""))
        let bill = try #require(request.object["bill"] as? [String: Any])
        #expect(bill["po_number"] as? String == text)
    }

    @Test func `a quote or backslash on track 1 is escaped and comes back unchanged`() throws {
        let track = #"B4111^A"\B^30121010"#
        let request = try Written(try order(), track1: track, track2: nil)
        #expect(request.cardData["track1_data"] as? String == track)
    }

    @Test(
        .covers("PH-R-043", "PH-R-044", "PH-R-045"),
        arguments: [
            (EncryptedTrackForm.hexLower, "0280ff03"), (.hexUpper, "0280FF03"),
        ])
    func `an encrypted block goes out as hex of every byte`(
        form: EncryptedTrackForm, written: String
    ) throws {
        let request = try Written(try order(), secret: [2, 0x80, 0xFF, 3]) {
            CardData(
                .encryptedTrack($0, form: form, swiper: .init(brand: "IDTECH", model: "UNIMAGII")))
        }
        let block = try #require(request.cardData["encrypted_track_data"] as? [String: String])
        #expect(
            block == [
                "encrypted_track": written, "swiper_brand": "IDTECH", "swiper_model": "UNIMAGII",
            ])
        #expect(request.cardData.count == 1)
    }

    @Test(.covers("PH-R-043")) func `a typed block goes out as it was typed`() throws {
        let request = try Written(try order(), secret: Array("02A0%*4266?03".utf8)) {
            CardData(.encryptedTrack($0, form: .asTyped, swiper: .init()))
        }
        let block = try #require(request.cardData["encrypted_track_data"] as? [String: String])
        #expect(block["encrypted_track"] == "02A0%*4266?03")
    }

    @Test func `a keyed number and a token have their own members`() throws {
        let keyed = try Written(try order(), secret: Array("4111111111111111999".utf8)) { _ in
            CardData(
                .cardNumber(
                    ByteRange(start: 0, count: 16), cvv: ByteRange(start: 16, count: 3)))
        }
        #expect(keyed.cardData["card_number"] as? String == "4111111111111111")
        #expect(keyed.cardData["cvv_data"] as? String == "999")
        let token = try Written(try order(), secret: Array("9999000000001804".utf8)) {
            CardData(.token($0))
        }
        #expect(token.cardData["tokenized_card"] as? String == "9999000000001804")
    }

    @Test(.covers("PH-I-019")) func `a customer is named by the till, or by the card`() throws {
        var order = try order()
        order.customer = Customer(name: ("Ann", "Test"), emailAddress: "ann@example.com")
        let named = try Written(order, track1: nil, track2: "4111=30121010")
        #expect(
            named.object["customer"] as? [String: String] == [
                "first_name": "Ann", "last_name": "Test", "email_address": "ann@example.com",
            ])
        order.customer = Customer(phoneNumber: "4155551234")
        let byCard = try Written(order, secret: Array("CARD/TEST".utf8)) { _ in
            CardData(
                .tracks(track1: ByteRange(start: 0, count: 9), track2: nil),
                holder: (ByteRange(start: 5, count: 4), ByteRange(start: 0, count: 4)))
        }
        #expect(
            byCard.object["customer"] as? [String: String] == [
                "first_name": "TEST", "last_name": "CARD", "phone_number": "4155551234",
            ])
    }

    @Test(.covers("PH-I-019")) func `a walk-in swipe sends no customer`() throws {
        let request = try Written(try order(), track1: nil, track2: "4111=30121010")
        #expect(request.object["customer"] == nil)
    }

    @Test func `a swipe carries the order's address, a card in hand its own in its place`() throws {
        var order = try order()
        order.billing = BillingAddress()
        order.billing?.zip = "94901"
        let swiped = try Written(order, track1: nil, track2: "4111=30121010")
        #expect(swiped.cardData["billing_zip"] as? String == "94901")

        var billing = BillingAddress()
        billing.city = "San Rafael"
        let own = try Written(order, token: "9999000000000001", billing)
        #expect(own.cardData.keys.sorted() == ["billing_city", "tokenized_card"])
        let without = try Written(order, token: "9999000000000001", nil)
        #expect(without.cardData.keys.sorted() == ["billing_zip", "tokenized_card"])
    }

    @Test func `what cannot be written is refused by name`() throws {
        var order = try order()
        order.bill.purchaseOrderNumber = String(repeating: "x", count: 256)
        #expect(throws: RequestFault.breach(RuleBreach("bill.po_number", .textLength))) {
            try Written(order, track1: nil, track2: "4")
        }
        order.bill.purchaseOrderNumber = nil
        order.customer = Customer(name: ("Ann", "Test"))
        #expect(throws: RequestFault.breach(RuleBreach("customer", .mailOrPhone))) {
            try Written(order, track1: nil, track2: "4")
        }
        order.customer = nil
        #expect(throws: RequestFault.noCard) { try Written(order, track1: nil, track2: nil) }
    }

    @Test func `a card that does not fit leaves what was prepared`() throws {
        let arena = try SecretArena(blocks: 8)
        var token = try arena.take(capacity: 1)
        try token.append(UInt8(ascii: "t"))
        var buffer = try arena.take(capacity: 4096)
        var swipe = try arena.take(capacity: 4096)
        for _ in 0..<4096 { try swipe.append(1) }
        let prepared = try RequestWriter.prepare(
            try order(), for: try GatewayEndpoint(url: "https://localhost"), token: token,
            into: &buffer)
        let before = buffer.count
        let all = ByteRange(start: 0, count: swipe.count)
        var fault: RequestFault?
        do {
            try RequestWriter.complete(
                prepared, with: CardData(.token(all)), from: swipe, in: &buffer)
        } catch { fault = error }
        #expect(fault == .tooLarge)
        #expect(buffer.count == before)
    }

    @Test(.covers("PH-R-001")) func `a read names the resource and carries the token`() throws {
        let arena = try SecretArena(blocks: 4)
        var token = try arena.take(capacity: 16)
        for byte in "test-token".utf8 { try token.append(byte) }
        var buffer = try arena.take(capacity: 1024)
        let id = try #require(TransactionID("182349"))
        try RequestWriter.get(
            TransactionResource(.authOnly, id, part: .cardData),
            from: try GatewayEndpoint(url: "https://localhost:8443/api/v2"), token: token,
            into: &buffer)
        let text = buffer.withBytes { String(decoding: Array(copying: $0), as: UTF8.self) }
        #expect(
            text == """
                GET /api/v2/authonly/182349/card_data HTTP/1.1\r
                Host: localhost:8443\r
                Authorization: Bearer test-token\r
                Accept: application/json\r
                User-Agent: Swipeline\r
                \r\n
                """)
    }
}

/// A request, written in the two steps of a payment and taken apart again.
private struct Written {
    let head: [String]
    let body: String
    let object: [String: Any]

    var cardData: [String: Any] { object["card_data"] as? [String: Any] ?? [:] }

    init(_ order: PaymentOrder, track1: String?, track2: String?) throws {
        let first = Array((track1 ?? "").utf8)
        let second = Array((track2 ?? "").utf8)
        let one = track1.map { _ in ByteRange(start: 0, count: first.count) }
        let two = track2.map { _ in ByteRange(start: first.count, count: second.count) }
        // The expiry of all cards here is 3012.
        let expiry = Array("3012".utf8)
        let at = ByteRange(start: first.count + second.count, count: 4)
        try self.init(order, secret: first + second + expiry) { _ in
            CardData(.tracks(track1: one, track2: two), expiry: at)
        }
    }

    init(_ order: PaymentOrder, secret: [UInt8], card: (ByteRange) -> CardData) throws {
        let data = card(ByteRange(start: 0, count: secret.count))
        try self.init(order) { arena, prepared, buffer in
            var swipe = try arena.take(capacity: 4096)
            try swipe.append(secret.span)
            try RequestWriter.complete(prepared, with: data, from: swipe, in: &buffer)
        }
    }

    init(_ order: PaymentOrder, token text: String, _ billing: BillingAddress?) throws {
        try self.init(order) { arena, prepared, buffer in
            var token = try arena.take(capacity: 16)
            for byte in text.utf8 { try token.append(byte) }
            let card = try CardInHand(token: token, billing: billing)
            try RequestWriter.complete(prepared, with: card, in: &buffer)
        }
    }

    private init(
        _ order: PaymentOrder,
        complete: (SecretArena, RequestWriter.Prepared, inout SecretBytes) throws -> Void
    ) throws {
        let arena = try SecretArena(blocks: 4)
        var token = try arena.take(capacity: 16)
        for byte in "test-token".utf8 { try token.append(byte) }
        var buffer = try arena.take(capacity: 8192)
        let prepared = try RequestWriter.prepare(
            order, for: try GatewayEndpoint(url: "https://localhost:8443/api/v2"), token: token,
            into: &buffer)
        try complete(arena, prepared, &buffer)
        let text = buffer.withBytes { String(decoding: Array(copying: $0), as: UTF8.self) }
        let end = try #require(text.range(of: "\r\n\r\n"))
        head = text[..<end.lowerBound].components(separatedBy: "\r\n").map {
            $0.replacing(#/: +/#, with: ": ")
        }
        body = String(text[end.upperBound...])
        object = try #require(
            try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
    }
}

extension Array where Element == UInt8 {
    fileprivate init(copying bytes: Span<UInt8>) {
        self = []
        for index in bytes.indices { append(bytes[index]) }
    }
}
