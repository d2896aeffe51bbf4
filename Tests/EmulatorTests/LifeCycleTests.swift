import Coverage
import Emulator
import Testing

/// What may follow a transaction, and what it leaves in the ledger.
@Suite struct LifeCycleTests {
    @Test(.covers("PH-R-055", "PH-U-002")) func `verifies a card and moves no money`() throws {
        let gateway = try TestGateway()
        let body = try #require(Body.swiped).with("bill", nil)
        let id = try gateway.make("verify", body)
        let json = try gateway.get("verify/\(id)")
        #expect(json["id"]?.string == id)
        #expect(json.at("verifyResponse.verifyId")?.string == id)
        #expect(json.at("verifyResponse.responseCode") == .string("00"))
        #expect(json.at("verifyResponse.responseText")?.string?.hasPrefix("APPROVAL ") == true)
        #expect(json.at("merchant.organization_id") == .number("20001"))
        #expect(json["customer"] == .null)
        let token = try #require(json.at("verifyResponse.tokenizedCard"))
        #expect(json.at("card_data.tokenized_card") == token)
        #expect(json["_links"]?.members?.map(\.name) == ["self", "merchant", "card_data"])
        #expect(gateway.core.ledger.entries.allSatisfy { $0.chargedCents == nil })
        let sale = try #require(Body.keyed).with(
            "card_data", .members(["tokenized_card": token]))
        #expect(gateway.sale(sale).status == .created)
    }

    @Test(.covers("PH-I-032", "PH-I-007")) func `ignores the bill of nulls of a verification`()
        throws
    {
        let gateway = try TestGateway()
        let body = try #require(Body.keyed).with("bill.base_amount.amount", .null)
        #expect(gateway.sale(body, to: "/api/v2/verify").status == .created)
    }

    @Test(.covers("PH-R-059", "PH-R-060", "PH-I-023", "PH-I-026"))
    func `captures an authorization once, for at most its amount`() throws {
        let gateway = try TestGateway()
        let id = try gateway.make("authonly", Body.noted("A"))
        #expect(gateway.core.ledger.entry(id: id)?.chargedCents == nil)
        #expect(gateway.follow("capture", id, cents: 1276).codes == ["4075"])
        let response = gateway.follow("capture", id, cents: 1000)
        let json = try gateway.resource(of: response)
        #expect(json["id"] == .string("1002"))
        #expect(json["transaction_id"] == .number(id))
        #expect(json.at("lastCaptureResponse.transactionId") == .string(id))
        #expect(json.at("bill.totalAmount.amount") == .number("10.00"))
        #expect(json["_links"]?.members?.map(\.name) == ["self", "merchant", "bill"])
        #expect(gateway.core.ledger.entry(id: id)?.chargedCents == 1000)
        #expect(gateway.follow("capture", id).codes == ["4075"])
        #expect(try gateway.get("authonly/\(id)")["version"] == .number("1"))
    }

    @Test func `captures all of an authorization without a bill`() throws {
        let gateway = try TestGateway()
        let id = try gateway.make("authonly", Body.noted("A"))
        let json = try gateway.resource(of: gateway.follow("capture", id))
        #expect(json["bill"] == .null)
        #expect(gateway.core.ledger.entry(id: id)?.chargedCents == 1275)
    }

    @Test(.covers("PH-I-001"), arguments: ["/api/v2/void", "/v2/api/void", "/api/v2/void/"])
    func `voids by either spelling of the path`(path: String) throws {
        let gateway = try TestGateway()
        let id = try gateway.make("sale", Body.noted("A"))
        let response = gateway.sale(Body.following(id), to: path)
        #expect(response.header("Location") == "https://localhost:8443/api/v2/void/1002")
        let json = try gateway.resource(of: response)
        #expect(json["transaction_id"] == .string(id))
        #expect(json.at("lastVoidResponse.saleTransactionId") == .string(id))
        #expect(json.at("lastVoidResponse.voidTransactionId") == .string("1002"))
        #expect(json["merchantOrganizationId"] == .number("20001"))
        #expect(gateway.send("GET", path + (path.last == "/" ? "1002" : "/1002")).status == .ok)
        #expect(gateway.core.ledger.entry(id: id)?.chargedCents == nil)
        #expect(gateway.sale(Body.following(id), to: path).codes == ["4069"])
    }

    @Test(.covers("PH-R-067", "PH-I-036")) func `refunds in parts up to what was charged`() throws {
        let gateway = try TestGateway()
        let id = try gateway.make("sale", Body.noted("A"))
        let first = gateway.follow("refund", id, cents: 275)
        let json = try gateway.resource(of: first)
        #expect(json["transaction_id"] == .number(id))
        #expect(json.at("lastRefundResponse.saleTransactionId") == .string(id))
        #expect(json.at("lastRefundResponse.responseText") == .string("OFFLINE APPROVAL"))
        #expect(json.at("lastRefundResponse.approvalCode") == .string("      "))
        #expect(
            json.at("lastRefundResponse.billingReferences.cardObscured")
                == .string("XXXXXXXXXXXX8888"))
        #expect(gateway.follow("refund", id, cents: 1001).codes == ["4074"])
        #expect(gateway.follow("refund", id, cents: 1000).status == .created)
        #expect(gateway.follow("refund", id, cents: 1).codes == ["4072"])
        #expect(gateway.follow("refund", id).codes == ["4072"])
        #expect(gateway.follow("void", id).codes == ["4073"])
    }

    @Test func `lets a voided refund be refunded again`() throws {
        let gateway = try TestGateway()
        let id = try gateway.make("sale", Body.noted("A"))
        let refund = try #require(gateway.follow("refund", id).header("Location"))
        let refundID = String(refund.split(separator: "/").last ?? "")
        #expect(gateway.follow("void", refundID).status == .created)
        #expect(gateway.follow("refund", id).status == .created)
    }

    @Test func `refunds to a card without a transaction`() throws {
        let gateway = try TestGateway()
        let id = try gateway.make("refund", Body.noted("R"))
        let json = try gateway.get("refund/\(id)")
        #expect(json["transaction_id"] == .null)
        #expect(json.at("lastRefundResponse.saleTransactionId") == .string(""))
    }

    @Test(.covers("PH-R-074", "PH-R-063"))
    func `settles a batch, and then refuses voids and allows refunds`() throws {
        let gateway = try TestGateway()
        let sale = try gateway.make("sale", Body.noted("A"))
        let held = try gateway.make("authonly", Body.noted("B"))
        #expect(gateway.core.settle() == [1])
        #expect(try gateway.get("sale/\(sale)")["settlementStatus"] == .string("Settled"))
        #expect(try gateway.get("authonly/\(held)")["settlementStatus"] == .string("Not settled"))
        #expect(gateway.follow("void", sale).codes == ["4073"])
        #expect(gateway.follow("refund", sale).status == .created)
        #expect(gateway.follow("capture", held).status == .created)
        #expect(gateway.core.ledger.entry(id: held)?.batch == 2)
        #expect(gateway.core.settle() == [2])
        #expect(gateway.core.settle().isEmpty)
    }

    @Test func `settles at the terminal's time of day`() throws {
        let gateway = try TestGateway { $0.settlementTime = TimeOfDay("10:30") }
        let id = try gateway.make("sale", Body.noted("A"))
        gateway.clock.advance(milliseconds: 29 * 60_000)
        #expect(try gateway.get("sale/\(id)")["settlementStatus"] == .string("Not settled"))
        gateway.clock.advance(milliseconds: 60_000)
        #expect(try gateway.get("sale/\(id)")["settlementStatus"] == .string("Settled"))
        let next = try gateway.make("sale", Body.noted("B"))
        #expect(try gateway.get("sale/\(next)").at("saleResponse.batchId") == .string("2"))
    }

    static let refusals: [(String, String, String)] = [
        ("void", #"null"#, "4049"), ("void", #""""#, "4049"), ("void", #""12a""#, "4024"),
        ("void", #"{}"#, "4024"), ("void", #""77""#, "4068"), ("capture", "77", "4068"),
        ("refund", "77", "4068"), ("capture", #"null"#, "4049"), ("void", "1002", "4061"),
        ("refund", "1002", "4061"), ("capture", "1001", "4075"), ("void", "1003", "4073"),
        ("refund", "1003", "4074"), ("capture", "1003", "4075"), ("refund", "1004", "4074"),
    ]

    @Test(arguments: refusals)
    func `refuses what a transaction's life does not allow`(
        kind: String, id: String, code: String
    ) throws {
        let gateway = try TestGateway { $0.declineStyle = .created201 }
        _ = try gateway.make("sale", Body.noted("A"))
        _ = try gateway.make("verify", Body.noted("B"))
        _ = try gateway.make(
            "sale", try #require(Body.card("5454545454545454", amount: "0.20")))
        _ = try gateway.make("authonly", Body.noted("C"))
        let body = Body.following("").with("transaction_id", try JSONValue(id))
        #expect(gateway.sale(body, to: "/api/v2/\(kind)").codes == [code])
    }

    @Test(.covers("PH-R-002")) func `gives no transaction of another organization to follow`()
        throws
    {
        let gateway = try TestGateway()
        let id = try gateway.make("sale", Body.noted("A"))
        let body = Body.following(id).with("merchant.organization_id", .number("10002"))
            .with("merchant.terminal_id", .number("2"))
        let response = gateway.send(
            "POST", "/api/v2/void", body.bytes, token: TestGateway.otherToken)
        #expect(response.codes == ["4068"])
    }
}
