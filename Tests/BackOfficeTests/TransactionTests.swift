import BackOffice
import Coverage
import Emulator
import LaneRig
import PayHub
import Secrets
import Testing
import Values

/// Transactions as the back office reads them from the emulator, over real TLS.
@Suite struct TransactionTests {
    private static let card =
        #""card_data":{"track1_data":"B4012881888818888^HOLDER/TEST^49121011000000000000","#
        + #""track2_data":"4012881888818888=49121011000000000"}"#

    private static let keyedCard =
        #""card_data":{"card_number":"4012881888818888","card_expiry_date":"204912","#
        + #""cvv_data":"999","billing_address_1":"1 Main St","billing_city":"San Rafael","#
        + #""billing_state":"CA","billing_zip":"94901"}"#

    static func customer(_ contact: String) -> String {
        #""customer":{"first_name":"Ann","last_name":"Test",\#(contact)}"#
    }

    /// Posts past the back office, as a lane would have; the new id.
    @discardableResult static func post(
        _ rig: OfficeRig, _ path: String, cents: Int = 1275, note: String = "n",
        _ parts: String...
    ) throws -> TransactionID {
        let amount = "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
        let body =
            #"{"merchant":{"organization_id":20001,"terminal_id":1},"bill":{"base_amount":"#
            + #"{"amount":\#(amount)},"note":"\#(note)","invoice_number":"17"},"#
            + parts.joined(separator: ",") + "}"
        let answer = rig.core.respond(
            to: GatewayRequest(
                method: "POST", target: "/api/v2/\(path)",
                headers: [
                    "authorization": "Bearer \(OfficeRig.token)",
                    "content-type": "application/json",
                ], body: Array(body.utf8)))
        let id = answer.header("Location")?.split(separator: "/").last.map(String.init) ?? ""
        return try #require(
            TransactionID(id), "\(answer.status) \(String(decoding: answer.body, as: UTF8.self))")
    }

    private static func followed(_ id: TransactionID) -> String {
        #""transaction_id":"\#(id.text)""#
    }

    @Test(.covers("PH-K-001")) func `a sale and its parts are read whole`() async throws {
        let rig = try OfficeRig()
        let contact = #""email_address":"ann@example.com","phone_number":"(415) 555 1234""#
        let id = try Self.post(rig, "sale", note: "SW-1", Self.keyedCard, Self.customer(contact))
        let sale = try await rig.desk.transaction(id, Sale.self)
        #expect(sale.envelope.id == id)
        #expect(sale.answer.responseCode.isApproval)
        #expect(sale.settlementStatus == "Not settled")
        #expect(
            sale.envelope.links?.addresses.keys.sorted()
                == ["bill", "card_data", "customer", "merchant", "self"])
        let bill = try await rig.desk.bill(of: id, Sale.self)
        #expect(bill.totalCents == 1275)
        #expect(bill.note?.text == "SW-1")
        #expect(bill.invoiceNumber == "17")
        let customer = try await rig.desk.customer(of: id, Sale.self)
        #expect(customer.firstName == "Ann")
        #expect(customer.number == 1)
        let merchant = try await rig.desk.merchant(of: id, Sale.self)
        #expect(merchant.merchant == Office.merchant)
        let card = try await rig.desk.card(of: id, Sale.self)
        #expect(card.token == sale.answer.token)
        #expect(card.expiry?.count == 6)
        #expect(card.number == nil && card.track1 == nil && card.securityCode == nil)
        #expect(card.billingCity == "San Rafael")
        #expect(rig.office.unknownMembers == [])
    }

    @Test(.covers("PH-K-001")) func `every kind of transaction is read and listed`() async throws {
        let rig = try OfficeRig()
        let sale = try Self.post(rig, "sale", Self.card)
        let held = try Self.post(rig, "authOnly", Self.card)
        let verified = try Self.post(rig, "verify", Self.card)
        let captured = try Self.post(rig, "capture", cents: 1000, Self.followed(held))
        let refunded = try Self.post(rig, "refund", cents: 100, Self.followed(sale))
        let voided = try Self.post(rig, "void", Self.followed(refunded))
        let desk = rig.desk
        #expect(try await desk.transaction(held, Authorization.self).answer.transactionID == held)
        #expect(try await desk.transaction(verified, Verification.self).id == verified)
        #expect(try await desk.transaction(captured, Capture.self).transactionID == held)
        let refund = try await desk.transaction(refunded, Refund.self)
        #expect(refund.transactionID == sale)
        #expect(refund.organizationID == 20_001)
        #expect(refund.answer.lastFour?.text == "8888")
        let void = try await desk.transaction(voided, VoidedTransaction.self)
        #expect(void.transactionID == refunded)
        #expect(try await desk.bill(of: captured, Capture.self).totalCents == 1000)
        #expect(try await ids(desk.transactions(Sale.self)) == [sale])
        #expect(try await ids(desk.transactions(Authorization.self)) == [held])
        #expect(try await ids(desk.transactions(Verification.self)) == [verified])
        #expect(try await ids(desk.transactions(Capture.self)) == [captured])
        #expect(try await ids(desk.transactions(Refund.self)) == [refunded])
        #expect(try await ids(desk.transactions(VoidedTransaction.self)) == [voided])
        #expect(rig.office.unknownMembers == [])
    }

    private func ids<Content: TransactionContent>(
        _ list: GatewayList<GatewayTransaction<Content>>
    ) async throws -> [TransactionID?] {
        var ids: [TransactionID?] = []
        for try await transaction in list { ids.append(transaction.envelope.id) }
        return ids
    }

    @Test func `a part that a kind does not have is refused before it is asked for`() async throws {
        let rig = try OfficeRig()
        let sale = try Self.post(rig, "sale", Self.card)
        let before = rig.gateway.connectionCount
        await #expect(throws: BackOfficeFault.self) {
            try await rig.desk.bill(of: sale, VoidedTransaction.self)
        }
        await #expect(throws: BackOfficeFault.self) {
            try await rig.desk.card(of: sale, Refund.self)
        }
        await #expect(throws: BackOfficeFault.self) {
            try await rig.desk.bill(of: sale, Verification.self)
        }
        #expect(rig.gateway.connectionCount == before)
    }

    @Test func `what is not there is told apart from what cannot be read`() async throws {
        let rig = try OfficeRig()
        let id = try Self.post(rig, "sale", Self.card)
        do throws(BackOfficeFault) {
            _ = try await rig.desk.transaction(id, Refund.self)
            Issue.record("a sale was read as a refund")
        } catch { #expect(error.isNotFound) }
        do throws(BackOfficeFault) {
            _ = try await rig.desk.customer(of: id, Sale.self)
            Issue.record("a walk-in has a customer")
        } catch { #expect(error.isNotFound) }
    }

    @Test(arguments: [1, 2, 7, 100])
    func `a list is gone through page by page, whatever their size`(size: Int) async throws {
        let rig = try OfficeRig()
        var made: [TransactionID] = []
        for cents in 1...5 { made.append(try Self.post(rig, "sale", cents: cents, Self.card)) }
        let forward = rig.desk.transactions(Sale.self, size: size)
        #expect(try await ids(forward) == made)
        let back = rig.desk.transactions(Sale.self, sort: .newestFirst, size: size)
        #expect(try await ids(back) == made.reversed())
    }

    @Test func `a list is sorted by a member of the top level`() async throws {
        let rig = try OfficeRig()
        let first = try Self.post(rig, "sale", Self.card)
        let second = try Self.post(rig, "sale", Self.card)
        _ = rig.core.settle()
        let third = try Self.post(rig, "sale", Self.card)
        let up = rig.desk.transactions(Sale.self, sort: ListSort("settlementStatus"), size: 2)
        #expect(try await ids(up) == [third, first, second])
        let down = rig.desk.transactions(
            Sale.self, sort: ListSort("settlementStatus", descending: true), size: 2)
        #expect(try await ids(down) == [first, second, third])
    }

    @Test func `a list that is empty, or of another size, is told as it is`() async throws {
        let rig = try OfficeRig()
        #expect(try await ids(rig.desk.transactions(Sale.self)) == [])
        await #expect(throws: BackOfficeFault.refusedByUs(.badPage)) {
            for try await _ in rig.desk.transactions(Sale.self, size: 101) {}
        }
    }

    @Test(.covers("PH-R-007", "PH-U-006"))
    func `searches find what belongs to a merchant and to a customer`() async throws {
        let rig = try OfficeRig()
        let contact = #""email_address":"ann@example.com""#
        let first = try Self.post(rig, "sale", Self.card, Self.customer(contact))
        let second = try Self.post(rig, "sale", Self.card)
        let desk = rig.desk
        #expect(try await ids(desk.transactions(Sale.self, of: 20_001)) == [first, second])
        #expect(try await ids(desk.transactions(Sale.self, of: 20_002)) == [])
        #expect(try await ids(desk.transactions(Sale.self, ofCustomer: 1)) == [first])
        #expect(try await ids(desk.transactions(Sale.self, ofCustomer: 0)) == [])
    }

    @Test(.covers("PH-U-005")) func `what a program keeps with a resource is told again`()
        async throws
    {
        let rig = try OfficeRig()
        let contact = #""email_address":"ann@example.com""#
        let id = try Self.post(rig, "sale", Self.card, Self.customer(contact))
        let kept = JSONTree.object(["till": .number(JSONNumber(3)), "tags": .array([.text("a")])])
        try await rig.desk.keep(kept, with: .sale, id)
        try await rig.desk.keep(.text("plain"), with: .bill, id)
        try await rig.desk.keep(.boolean(true), with: .customer, id)
        #expect(try await rig.desk.transaction(id, Sale.self).envelope.metaData == kept)
        #expect(try await rig.desk.bill(of: id, Sale.self).envelope.metaData == .text("plain"))
        #expect(
            try await rig.desk.customer(of: id, Sale.self).envelope.metaData == .boolean(true))
        await #expect { try await rig.desk.keep(.null, with: .refund, id) } throws: {
            ($0 as? BackOfficeFault)?.isNotFound == true
        }
        try await rig.desk.keep(.null, with: .sale, id)
        #expect(try await rig.desk.transaction(id, Sale.self).envelope.metaData == nil)
    }

    @Test(.covers("PH-U-005")) func `what is kept with a card is kept by its token`() async throws {
        let rig = try OfficeRig()
        let first = try Self.post(rig, "sale", Self.card)
        let second = try Self.post(rig, "authonly", Self.card)
        let kept = JSONTree.object(["loyal": .boolean(true)])
        try await rig.desk.keep(kept, withCardOf: first, Sale.self)
        #expect(try await rig.desk.card(of: second, Authorization.self).envelope.metaData == kept)
        try await rig.desk.keep(.null, withCardOf: second, Authorization.self)
        #expect(try await rig.desk.card(of: first, Sale.self).envelope.metaData == nil)
        let missing = try #require(TransactionID("9999"))
        await #expect { try await rig.desk.keep(kept, withCardOf: missing, Sale.self) } throws: {
            ($0 as? BackOfficeFault)?.isNotFound == true
        }
    }

    @Test func `a token that could mean another path is sent nowhere`() async throws {
        let strange = #"{"tokenized_card":"99/../7?a=1","id":"x"}"#
        let gateway = try ScriptedGateway([.answer(200, strange)])
        let office = try Office(gateway)
        let id = try #require(TransactionID("7"))
        await #expect(
            throws: BackOfficeFault.refusedByUs(
                .breach(RuleBreach("card_data.tokenized_card", .token)))
        ) { try await office.desk.keep(.null, withCardOf: id, Sale.self) }
        #expect(gateway.requests.map(\.line) == ["GET /api/v2/sale/7/card_data HTTP/1.1"])
    }

    @Test func `links as a list are read like the others`() async throws {
        let rig = try OfficeRig()
        let id = try Self.post(rig, "sale", Self.card)
        rig.core.faults.add([FaultRule(.linksAsList)])
        let sale = try await rig.desk.transaction(id, Sale.self)
        #expect(sale.envelope.id == id)
        #expect(sale.envelope.links?.addresses.count == 4)
        #expect(rig.office.unknownMembers.isEmpty)
    }

    @Test func `a list that always claims another page is left`() async throws {
        let rig = try OfficeRig()
        for _ in 0..<3 { try Self.post(rig, "sale", Self.card) }
        rig.core.faults.add([FaultRule(.listEndless)])
        var seen = 0
        let list = rig.desk.transactions(Sale.self, size: 2)
        await #expect(throws: BackOfficeFault.transport(.endlessList(pages: 2))) {
            for try await _ in list { seen += 1 }
        }
        #expect(seen == 2)
    }

    @Test(.covers("PH-U-021"))
    func `customers, merchants, bills and cards are listed by themselves`() async throws {
        let rig = try OfficeRig()
        try Self.post(rig, "sale", Self.card, Self.customer(#""email_address":"a@example.com""#))
        try Self.post(rig, "sale", Self.card, Self.customer(#""email_address":"A@example.com""#))
        try Self.post(rig, "sale", Self.card, Self.customer(#""email_address":"b@example.com""#))
        var customers: [Int?] = []
        for try await customer in rig.desk.customers() { customers.append(customer.number) }
        #expect(customers == [1, 2])
        var merchants: [Merchant] = []
        for try await merchant in rig.desk.merchants() { merchants.append(merchant.merchant) }
        #expect(merchants == [Office.merchant])
        var bills = 0
        for try await bill in rig.desk.bills() { bills += bill.totalCents ?? 0 }
        #expect(bills == 3 * 1275)
        var tokens: [Int?] = []
        for try await card in rig.desk.cards() { tokens.append(card.token?.count) }
        #expect(tokens == [16])
        #expect(rig.office.unknownMembers == [])
    }
}

/// Which customer a transaction is linked to.
@Suite struct CustomerLinkTests {
    @Test(
        .covers("PH-L-004", "PH-L-005", "PH-L-006"),
        arguments: [
            // Mail decides, in any case.
            ([#""email_address":"a@x.org""#, #""email_address":"A@X.ORG""#], [1, 1]),
            ([#""email_address":"a@x.org""#, #""email_address":"b@x.org""#], [1, 2]),
            // Mail decides over phone.
            (
                [
                    #""email_address":"a@x.org","phone_number":"4155551234""#,
                    #""email_address":"b@x.org","phone_number":"4155551234""#,
                ], [1, 2]
            ),
            // Without mail the phone decides, by its digits.
            ([#""phone_number":"(415) 555 1234""#, #""phone_number":"415-555-1234""#], [1, 1]),
            ([#""phone_number":"4155551234""#, #""phone_number":"4155551235""#], [1, 2]),
            // The account that uses the number may have been made by its mail.
            (
                [
                    #""email_address":"a@x.org","phone_number":"4155551234""#,
                    #""phone_number":"(415) 555-1234""#,
                ], [1, 1]
            ),
            // A mail that is new makes an account, though the number is known.
            (
                [
                    #""phone_number":"4155551234""#,
                    #""email_address":"a@x.org","phone_number":"4155551234""#,
                    #""phone_number":"4155551234""#, #""email_address":"a@x.org""#,
                ], [1, 2, 1, 2]
            ),
        ] as [([String], [Int])])
    func `mail decides, and without it the phone`(contacts: [String], numbers: [Int]) async throws {
        let rig = try OfficeRig()
        var linked: [Int?] = []
        for contact in contacts {
            let card = #""card_data":{"track2_data":"4012881888818888=49121011000000000"}"#
            let id = try TransactionTests.post(
                rig, "sale", card, TransactionTests.customer(contact))
            let sale = try await rig.desk.transaction(id, Sale.self)
            linked.append(sale.answer.customerReference?.customerID)
        }
        #expect(linked == numbers)
    }
}
