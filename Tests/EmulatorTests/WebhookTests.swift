import Emulator
import Testing

@Suite struct WebhookTests {
    private static let endpoint = "https://shop.example/hook"

    private static func gateway(more: String = "") throws -> TestGateway {
        let gateway = try TestGateway { $0.settlementTime = TimeOfDay("23:59") }
        try gateway.setWebhook(endpoint, more: more)
        return gateway
    }

    private static func messages(_ gateway: TestGateway) -> [JSONValue] {
        gateway.core.ledger.read { $0.deliveries }.map(\.message)
    }

    @Test func `tells of a sale in the form of the document's message`() throws {
        let gateway = try Self.gateway()
        _ = try gateway.make("sale", try #require(Body.keyed))
        #expect(
            Self.messages(gateway).map(\.text) == [
                #"{"endpoint":"https://shop.example/hook","eventType":"transaction","#
                    + #""event":{"type":{"transaction":{"transactionType":"Sale","#
                    + #""recurringBillId":"","responseText":"","source":"3rd Party API","#
                    + #""cardObscured":"XXXXXXXXXXXX8888","orgId":"20001","#
                    + #""transactionId":"1001","responseCode":"00"}}}}"#
            ])
    }

    @Test func `tells of authorizations, voids, refunds and declines, and of nothing else`() throws
    {
        let gateway = try Self.gateway()
        let body = try #require(Body.keyed)
        _ = try gateway.make("verify", body)
        let held = try gateway.make("authonly", body)
        #expect(gateway.follow("capture", held).status == .created)
        #expect(gateway.follow("refund", held, cents: 100).status == .created)
        let sale = try gateway.make("sale", body)
        #expect(gateway.follow("void", sale).status == .created)
        #expect(gateway.sale(body.with("card_data.cvv_data", .string("111"))).codes == ["82"])
        let path = "event.type.transaction."
        let told = Self.messages(gateway).map {
            "\($0.at(path + "transactionType")?.string ?? "") "
                + "\($0.at(path + "responseCode")?.string ?? "")"
        }
        #expect(
            told == ["Authorization Only 00", "Refund 00", "Sale 00", "Void 00", "Sale 82"])
    }

    @Test func `tells of a settled batch what it comes to`() throws {
        let gateway = try Self.gateway(more: #","api":false"#)
        let body = try #require(Body.keyed)
        let sale = try gateway.make("sale", body)
        let voided = try gateway.make("sale", body)
        #expect(gateway.follow("void", voided).status == .created)
        #expect(gateway.follow("refund", sale, cents: 225).status == .created)
        #expect(Self.messages(gateway).isEmpty)
        gateway.clock.advance(milliseconds: 24 * 3_600_000)
        gateway.core.catchUp()
        #expect(
            Self.messages(gateway).map(\.text) == [
                #"{"endpoint":"https://shop.example/hook","eventType":"batch_settled","#
                    + #""event":{"type":{"batch_settled":{"date":"Sat Nov 21 23:59:00 UTC 2026","#
                    + #""batch_id":"1","net_total":"10.50","#
                    + #""terminal":"Terminal 1 - 3rd Party API","trans_count":"2","#
                    + #""status":"Settled"}}}}"#
            ])
    }

    @Test(arguments: [
        #""webhookActive":false"#, #""webhookActive":true,"api":false,"batchIsActive":false"#,
    ])
    func `tells of nothing that is switched off`(switches: String) throws {
        let gateway = try TestGateway()
        let answer = gateway.patch(
            "adminSettings/webhookConfiguration",
            #"{"endPoint":"\#(Self.endpoint)",\#(switches)}"#)
        #expect(answer.status == .created)
        _ = try gateway.make("sale", try #require(Body.keyed))
        #expect(gateway.core.settle() == [1])
        #expect(Self.messages(gateway).isEmpty)
    }

    @Test func `is due at once, and again after longer and longer pauses`() throws {
        let gateway = try Self.gateway()
        _ = try gateway.make("sale", try #require(Body.keyed))
        var pauses: [Int] = []
        while let pause = gateway.core.millisecondsToDelivery {
            pauses.append(pause / 1000)
            #expect(pause == 0 || gateway.core.dueDeliveries().isEmpty)
            gateway.clock.advance(milliseconds: pause)
            let due = gateway.core.dueDeliveries()
            #expect(due.map(\.number) == [1])
            gateway.core.noteDelivery(1, status: nil, failure: "no connection")
        }
        #expect(pauses == [0, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600])
        let delivery = try #require(gateway.core.ledger.read { $0.deliveries }.first)
        #expect(delivery.attempts.count == WebhookDelivery.attemptsMaximum)
        #expect(delivery.json["state"] == .string("given up"))
    }

    @Test(arguments: [(200, true), (204, true), (301, false), (404, false), (500, false)])
    func `is taken by any status from 200 to 299`(status: Int, isTaken: Bool) throws {
        let gateway = try Self.gateway()
        _ = try gateway.make("sale", try #require(Body.keyed))
        gateway.core.noteDelivery(1, status: status, failure: nil)
        let delivery = try #require(gateway.core.ledger.read { $0.deliveries }.first)
        #expect(delivery.isTaken == isTaken)
        #expect(delivery.json["state"] == .string(isTaken ? "taken" : "waiting"))
        #expect((gateway.core.millisecondsToDelivery == nil) == isTaken)
    }

    @Test func `gives up what waits once its merchant wants no more`() throws {
        let gateway = try Self.gateway()
        _ = try gateway.make("sale", try #require(Body.keyed))
        gateway.patch("adminSettings/webhookConfiguration", #"{"webhookActive":false}"#)
        #expect(gateway.core.dueDeliveries().isEmpty)
        #expect(gateway.core.millisecondsToDelivery == nil)
        let delivery = try #require(gateway.core.ledger.read { $0.deliveries }.first)
        #expect(delivery.attempts.map(\.failure) == ["switched off"])
    }

    @Test func `tells of each batch once, when the clock jumps over several settlements`() throws {
        let gateway = try Self.gateway(more: #","api":false"#)
        _ = try gateway.make("sale", try #require(Body.keyed))
        gateway.clock.advance(milliseconds: 5 * 24 * 3_600_000)
        _ = try gateway.make("sale", try #require(Body.keyed))
        let batches = gateway.core.ledger.read { $0.batches }
        #expect(
            batches.map { $0.settledAt?.withoutZone } == ["2026-11-21 23:59:00", nil])
        #expect(Self.messages(gateway).count == 1)
    }

    @Test func `shows the operator what became of each`() throws {
        let gateway = try Self.gateway()
        _ = try gateway.make("sale", try #require(Body.keyed))
        gateway.core.noteDelivery(1, status: 503, failure: nil)
        let desk = OperatorDesk(gateway.core, clock: gateway.clock)
        let answer = desk.respond(to: GatewayRequest(method: "GET", target: "/webhooks"))
        let log = String(decoding: answer.body, as: UTF8.self)
        #expect(log.contains(#""event":"transaction","subject":"1001","state":"waiting""#))
        #expect(
            log.contains(
                #""attempts":[{"at":"2026-11-21T10:00:00.000+00:00","status":503,"failure":null}]"#)
        )
        #expect(log.contains(#""nextAt":"2026-11-21T10:00:10.000+00:00""#))
        #expect(!log.contains("4012881888818888"))
    }
}
