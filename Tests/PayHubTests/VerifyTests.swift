import PayHub
import Secrets
import Testing
import Values

/// A verification: no bill, no note, no money.
@Suite struct VerifyTests {
    private func order(_ operation: PaymentOperation) throws -> PaymentOrder {
        PaymentOrder(
            operation: operation, merchant: Merchant(organizationID: 10002, terminalID: 2),
            amount: try Amount(cents: 1275),
            reference: PaymentReference(lane: 1, journal: 2, sequence: 3))
    }

    @Test func `it sends merchant and card, and of the bill nothing`() throws {
        let arena = try SecretArena(blocks: 4)
        var token = try arena.take(capacity: 1)
        try token.append(UInt8(ascii: "t"))
        var swipe = try arena.take(capacity: 64)
        for byte in "4111=30121010".utf8 { try swipe.append(byte) }
        var buffer = try arena.take(capacity: 4096)
        let prepared = try RequestWriter.prepare(
            try order(.verify), for: try GatewayEndpoint(url: "https://localhost:8443"),
            token: token, into: &buffer)
        let card = CardData(
            .tracks(track1: nil, track2: ByteRange(start: 0, count: swipe.count)),
            expiry: ByteRange(start: 5, count: 4))
        try RequestWriter.complete(prepared, with: card, from: swipe, in: &buffer)
        let text = buffer.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
        #expect(text.hasPrefix("POST /api/v2/verify HTTP/1.1\r\n"))
        #expect(
            text.hasSuffix(
                """
                \r\n\r\n{"merchant":{"organization_id":10002,"terminal_id":2},"card_data":\
                {"track2_data":"4111=30121010","card_expiry_date":"203012"}}
                """))
    }

    @Test func `it moves no money, and all others do`() {
        #expect(PaymentOperation.allCases.filter(\.movesMoney) == [.sale, .authOnly, .refund])
        #expect(ResourceKind.allCases.filter(\.hasBill) == [.sale, .authOnly, .capture])
    }

    @Test func `its resource is read like a sale's`() throws {
        var reader = BodyReader()
        let id = try #require(TransactionID("182364"))
        let body = Array(
            """
            {"id":"182364","merchant":{"organization_id":10002,"terminal_id":2},\
            "verifyResponse":{"verifyId":"182364","approvalCode":"VTLMC1","responseCode":"00"}}
            """.utf8)
        let read = reader.resource(body.span, of: .verify, id: id)
        let resource = try #require(read)
        #expect(
            resource.outcome
                == .approved(
                    Approval(
                        transactionID: "182364", responseCode: resource.responseCode,
                        approvalCode: "VTLMC1")))
        #expect(resource.organizationID == 10002)
        #expect(resource.mismatch(with: try order(.verify)) == nil)
        let asSale = reader.resource(body.span, of: .sale, id: id)
        #expect(asSale == nil)
        let other = reader.resource(body.span, of: .verify, id: try #require(TransactionID("1")))
        #expect(other == nil)
    }

    @Test func `its location is its own`() throws {
        let endpoint = try GatewayEndpoint(url: "https://localhost:8443")
        let id = try #require(TransactionID("9"))
        #expect(Location(Array("/api/v2/verify/9".utf8).span, .verify, at: endpoint) == .own(id))
        #expect(Location(Array("/api/v2/sale/9".utf8).span, .verify, at: endpoint) == .foreign(id))
    }
}

/// What comes back otherwise than it was ordered.
@Suite struct MismatchTests {
    private func mismatch(
        _ members: String, _ operation: PaymentOperation = .sale
    ) throws -> ResourceMismatch? {
        var order = PaymentOrder(
            operation: operation, merchant: Merchant(organizationID: 10002, terminalID: 2),
            amount: try Amount(cents: 1275),
            reference: PaymentReference(lane: 1, journal: 2, sequence: 3))
        order.bill.tax = try Amount(cents: 25)
        let body =
            #"{"\#(ResourceKind(operation).rawValue == "verify" ? "verify" : "sale")Response":"#
            + #"{"responseCode":"00"},\#(members)}"#
        var reader = BodyReader()
        let read = reader.resource(
            Array(body.utf8).span, of: operation, id: try #require(TransactionID("1")))
        let resource = try #require(read)
        return resource.mismatch(with: order)
    }

    @Test(arguments: [
        #""x":1"#, #""bill":null"#, #""createdBy":"10002""#, #""createdBy":"somebody""#,
        #""merchantOrganizationId":"10002","createdBy":"7""#,
        #""merchant":{"organization_id":10002},"createdBy":"7""#,
        #""bill":{"base_amount":{"amount":12.75},"tax_amount":{"amount":"0.25"}}"#,
        #""bill":{"base_amount":{"amount":13.0,"currency":"USD"},"tax_amount":null}"#,
    ])
    func `what agrees, or says nothing, is no mismatch`(members: String) throws {
        #expect(try mismatch(members) == nil)
    }

    @Test(arguments: [
        (
            #""bill":{"base_amount":{"amount":12.75}}"#,
            ResourceMismatch.ToldAmount.different(cents: 1275)
        ),
        (#""bill":{"base_amount":{"amount":"1300"}}"#, .different(cents: 130_000)),
        (#""bill":{"base_amount":{"amount":13.00,"currency":"EUR"}}"#, .unreadable),
        (#""bill":{"base_amount":{"amount":13.001}}"#, .unreadable),
        (#""bill":{"base_amount":{"amount":13},"tax_amount":{"amount":"x"}}"#, .unreadable),
        (#""bill":{}"#, .unreadable),
    ])
    func `another amount is told`(members: String, amount: ResourceMismatch.ToldAmount) throws {
        let mismatch = try #require(try mismatch(members))
        #expect(mismatch.amount == amount)
        #expect(mismatch.organizationID == nil)
    }

    @Test(arguments: [
        #""createdBy":"10003""#, #""merchant":{"organization_id":"10003"}"#,
        #""merchantOrganizationId":10003,"createdBy":"10002""#,
    ])
    func `another merchant is told`(members: String) throws {
        let mismatch = try #require(try mismatch(members))
        #expect(mismatch.amount == nil)
        #expect(mismatch.organizationID == 10003)
    }

    @Test func `a verification has no amount to compare, but a merchant`() throws {
        let bill = #""bill":{"base_amount":{"amount":0.00}}"#
        #expect(try mismatch(bill, .verify) == nil)
        #expect(try mismatch(bill + #","createdBy":"5""#, .verify)?.organizationID == 5)
    }
}
