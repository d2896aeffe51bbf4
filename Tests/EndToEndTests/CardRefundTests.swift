import Foundation
import OwnThreads
import Synchronization
import Testing
import TillPrograms

/// Money for a card that has paid nothing here, by the till's API.
@Suite(.blocks, .timeLimit(.minutes(3))) struct CardRefundTests {
    private static func rig(
        _ refunds: [String: Any], _ body: (RunningEmulator, RunningService) throws -> Void
    ) throws {
        let emulator = try RunningEmulator("--operator", "0")
        defer { emulator.stop() }
        let folder = try Scratch()
        let service = try RunningService(
            folder: folder.url.path,
            configuration: try emulator.configuration(["service": ["refunds": refunds]]))
        try service.setSupervisor()
        try body(emulator, service)
    }

    /// Asks for one.
    private static func refund(
        _ cents: Int, _ key: String, _ headers: [String: String], at service: RunningService
    ) throws -> [String: Any] {
        let customer = #"{"firstName":"Ada","lastName":"Test","email":"ada@shop.example"}"#
        let amount = #"{"cents":\#(cents),"currency":"USD"}"#
        return try service.ask(
            "POST", "/v1/payments",
            #"{"operation":"refund","amount":\#(amount),"customer":\#(customer)}"#,
            headers.merging(["Idempotency-Key": key]) { _, new in new })
    }

    @Test func `it is off by default, for the supervisor too`() throws {
        try Self.rig([:]) { emulator, service in
            for headers in [[:], try service.supervisor()] {
                let told = try Self.refund(100, "a", headers, at: service)
                #expect(told["code"] as? String == "unlinkedRefundOff")
            }
            #expect(try service.swipe()["code"] as? String == "noReader")
            #expect(try emulator.orders() == [])
        }
    }

    @Test func `the supervisor gives it to a swiped card, once and within the shop's limits`()
        throws
    {
        let limits: [String: Any] = [
            "unlinked": true, "perRefundCents": 500, "perDayCents": 800,
        ]
        try Self.rig(limits) { emulator, service in
            let nobody = try Self.refund(500, "a", [:], at: service)
            #expect(nobody["code"] as? String == "supervisorRequired")
            let supervisor = try service.supervisor()
            let over = try Self.refund(501, "a", supervisor, at: service)
            #expect(over["code"] as? String == "refundLimit")
            #expect(try Self.given(500, "a", supervisor, at: service) == "approved")
            // The same key is the same refund.
            let again = try Self.refund(500, "a", supervisor, at: service)
            #expect(again["state"] as? String == "approved")
            let late = try Self.refund(301, "b", supervisor, at: service)
            #expect(late["code"] as? String == "refundDayLimit")
            #expect(try Self.given(300, "c", supervisor, at: service) == "approved")
            #expect(try emulator.orders() == ["500 /api/v2/refund", "300 /api/v2/refund"])
            #expect(try Self.live(emulator) == [-500, -300])
        }
    }

    @Test func `the supervisor voids it while it is not settled, once`() throws {
        try Self.rig(["unlinked": true]) { emulator, service in
            let supervisor = try service.supervisor()
            #expect(try Self.given(500, "a", supervisor, at: service) == "approved")
            let refund = try #require(
                Self.refund(500, "a", supervisor, at: service)["reference"] as? String)
            let told = try service.ask("GET", "/v1/payments/\(refund)")
            #expect(told["can"] as? [String] == ["void"])
            let path = "/v1/payments/\(refund)/void"
            let key = ["Idempotency-Key": "v"]
            let nobody = try service.ask("POST", path, "{}", key)
            #expect(nobody["code"] as? String == "supervisorRequired")
            let headers = supervisor.merging(key) { _, new in new }
            let void = try #require(
                service.ask("POST", path, "{}", headers)["reference"] as? String)
            #expect(try service.follow(void).last == "approved")
            #expect(try service.follow(refund).last == "reversed")
            #expect(
                try service.ask("POST", path, "{}", headers)["reference"] as? String == void)
            let ended = try service.ask("GET", "/v1/payments/\(refund)")
            #expect(ended["can"] as? [String] == [])
            let orders = try emulator.orders()
            #expect(orders == ["500 /api/v2/refund", "500 /api/v2/void"], "\(orders)")
            #expect(try Self.live(emulator) == [])
        }
    }

    @Test func `once it is settled its void is refused, and it stands`() throws {
        try Self.rig(["unlinked": true]) { emulator, service in
            let supervisor = try service.supervisor()
            #expect(try Self.given(500, "a", supervisor, at: service) == "approved")
            let refund = try #require(
                Self.refund(500, "a", supervisor, at: service)["reference"] as? String)
            _ = try emulator.operate("POST", "settle", "{}")
            let void = try service.ask(
                "POST", "/v1/payments/\(refund)/void", "{}",
                supervisor.merging(["Idempotency-Key": "v"]) { _, new in new })
            let reference = try #require(void["reference"] as? String)
            #expect(try service.follow(reference).last == "rejected")
            #expect(try service.follow(refund).last == "approved")
            #expect(try Self.live(emulator) == [-500])
        }
    }

    /// What the gateway has charged and given, in cents, the least first.
    private static func live(_ emulator: RunningEmulator) throws -> [Int] {
        let ledger = try #require(emulator.operate("GET", "ledger") as? [String: Any])
        let rows = try #require(ledger["references"] as? [[String: Any]])
        return rows.compactMap { $0["liveCents"] as? Int }.filter { $0 != 0 }.sorted()
    }

    @Test func `a refund whose answer was lost is the same refund, though it reached the limit`()
        throws
    {
        try Self.rig(["perDayCents": 500]) { emulator, service in
            let sale = try service.paid(1000, key: "sale")
            let give = { (cents: Int, key: String) in
                try service.ask(
                    "POST", "/v1/payments/\(sale.reference)/refund",
                    #"{"amount":{"cents":\#(cents),"currency":"USD"}}"#,
                    try service.supervisor().merging(["Idempotency-Key": key]) { _, new in new })
            }
            let first = try #require(give(500, "r")["reference"] as? String)
            #expect(try give(500, "r")["reference"] as? String == first)
            #expect(try give(400, "r")["code"] as? String == "idempotencyMismatch")
            #expect(try give(1, "s")["code"] as? String == "refundDayLimit")
            #expect(try service.follow(first).last == "approved")
            #expect(try emulator.orders().count == 2)
        }
    }

    @Test func `refunds that come at once are no more than the day's limit`() throws {
        try Self.rig(["perDayCents": 500]) { emulator, service in
            let sale = try service.paid(1000, key: "sale")
            let supervisor = try service.supervisor()
            let made = Mutex<[String]>([])
            DispatchQueue.concurrentPerform(iterations: 8) { number in
                let answer = try? service.ask(
                    "POST", "/v1/payments/\(sale.reference)/refund",
                    #"{"amount":{"cents":300,"currency":"USD"}}"#,
                    supervisor.merging(["Idempotency-Key": "r\(number)"]) { _, new in new })
                guard let reference = answer?["reference"] as? String else { return }
                made.withLock { $0.append(reference) }
            }
            let references = made.withLock { $0 }
            #expect(references.count == 1)
            #expect(try service.follow(try #require(references.first)).last == "approved")
            #expect(try emulator.orders().count == 2)
        }
    }

    /// Asks for one and swipes the card; how it ends.
    private static func given(
        _ cents: Int, _ key: String, _ headers: [String: String], at service: RunningService
    ) throws -> String? {
        let made = try refund(cents, key, headers, at: service)
        #expect(made["state"] as? String == "waitingForCard", "\(made)")
        let reference = try #require(made["reference"] as? String)
        _ = try service.swipe()
        return try service.follow(reference).last
    }
}
