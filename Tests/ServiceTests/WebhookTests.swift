import Foundation
import HostileClient
import Journal
import LaneRig
import Settings
import Testing

@testable import Service

/// Webhooks are hints: they can make the lane look, and nothing else.
@Suite(.serialized) struct WebhookTests {
    private static func message(_ id: Int, code: String = "00") -> String {
        #"{"endpoint":"https://shop.example/h","eventType":"transaction","event":{"type":"#
            + #"{"transaction":{"transactionType":"Sale","recurringBillId":"","responseText":"#
            + #""SUCCESS","source":"3rd Party API","cardObscured":"411111******1111","orgId":"#
            + #""20001","transactionId":"\#(id)","responseCode":"\#(code)"}}}}"#
    }

    private static func post(_ body: String, to rig: ServiceRig, path: String? = nil) async -> Int {
        let url = rig.webhook
        let parts = url.dropFirst("http://".count).split(separator: "/", maxSplits: 1)
        let host = String(parts.first ?? "")
        let request = ServiceRig.Request("POST", path ?? "/\(parts.last ?? "")", body, [:])
        let said = await RawClient.exchange(
            request.bytes(host: host), with: RawClient.Place("http://\(host)"))
        return Answer(said)?.status ?? 0
    }

    @Test func `a message makes the lane look, and the same one again does not`() async throws {
        try await ServiceRig.run {
            $0.settings.webhook.enabled = true
        } _: { rig in
            #expect(await Self.post(Self.message(1001), to: rig) == 200)
            #expect(await Self.post(Self.message(1001), to: rig) == 200)
            #expect(await rig.asked == [.sweep])
            #expect(await Self.post(Self.message(1002), to: rig) == 200)
            #expect(await rig.asked == [.sweep, .sweep])
        }
    }

    @Test func `a thousand forged messages change nothing`() async throws {
        try await ServiceRig.run {
            $0.settings.webhook.enabled = true
        } _: { rig in
            let sale = try rig.sold(1275)
            let before = rig.journal.changes
            var statuses: [Int: Int] = [:]
            for number in 0..<1000 {
                let status = await Self.post(
                    Self.message(number, code: number.isMultiple(of: 2) ? "00" : "05"), to: rig)
                statuses[status, default: 0] += 1
            }
            // The clock of the rig stands, so this was all in one second.
            #expect(statuses == [200: 10, 429: 990])
            #expect(rig.journal.changes == before)
            #expect(rig.journal.attempt(sale.sequence) == sale)
            #expect(await rig.asked == Array(repeating: .sweep, count: 10))
        }
    }

    @Test(arguments: [
        ("{}", 400), ("[]", 400), ("{\"eventType\":\"transaction\"}", 400),
        (String(repeating: " ", count: 16_385), 413), ("not JSON", 400),
        ("{\"endpoint\":\"x\",\"eventType\":\"other\",\"event\":{}}", 400),
    ])
    func `what is no message is turned away`(body: String, status: Int) async throws {
        try await ServiceRig.run {
            $0.settings.webhook.enabled = true
        } _: { rig in
            #expect(await Self.post(body, to: rig) == status)
            #expect(await rig.asked == [])
        }
    }

    @Test(arguments: ["/", "/webhook", "/v1/lane", "/webhook/guess", "/session"])
    func `nothing else is served there`(path: String) async throws {
        try await ServiceRig.run {
            $0.settings.webhook.enabled = true
        } _: { rig in
            #expect(await Self.post(Self.message(1), to: rig, path: path) == 404)
            #expect(await rig.asked == [])
        }
    }

    @Test func `it is off until it is switched on`() async throws {
        try await ServiceRig.run { rig in #expect(rig.webhook == "") }
    }
}
