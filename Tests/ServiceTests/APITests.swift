import Foundation
import HostileClient
import Journal
import LaneRig
import Logging
import Settings
import Testing
import Values

@testable import Service

/// The local API as its description says; each answer is held to it.
@Suite(.serialized) struct APITests {
    private static let sale =
        #"{"operation":"sale","amount":{"cents":1275,"currency":"USD"},"ticket":"T-17"}"#

    @Test func `every route is described, and everything described is a route`() async throws {
        try await ServiceRig.run { rig in
            var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            logger.logLevel = .critical
            let routes = ServiceServer(rig.desk, logger: logger).routes
                .map { $0.replacingOccurrences(of: "**", with: "{path}") }
            let described = try OpenAPI().operations
            #expect(Set(routes) == Set(described))
        }
    }

    @Test func `every problem's code is described`() throws {
        #expect(Set(try OpenAPI().problemCodes) == Set(Problem.Code.allCases.map(\.rawValue)))
    }

    @Test func `the checker of answers finds what is wrong`() throws {
        let description = try OpenAPI()
        let money: [String: Any] = ["$ref": "#/components/schemas/Money"]
        #expect(description.check(["cents": 1, "currency": "USD"], money, "") == [])
        let wrong: [[String: Any]] = [
            ["cents": 1], ["cents": 1.5, "currency": "USD"], ["cents": -1, "currency": "USD"],
            ["cents": 1, "currency": "EUR"], ["cents": 1, "currency": "USD", "tip": 1],
        ]
        for value in wrong { #expect(description.check(value, money, "") != [], "\(value)") }
    }

    @Test func `a payment is made once for a key`() async throws {
        try await ServiceRig.run { rig in
            let key = ["Idempotency-Key": "order-1"]
            let first = try await rig.ask("POST", "/v1/payments", Self.sale, key)
            #expect(first.status == 201)
            let reference = try #require(first["reference"])
            #expect(first.headers["location"] == "/v1/payments/\(reference)")
            #expect(first["state"] == "waitingForCard")
            let again = try await rig.ask("POST", "/v1/payments", Self.sale, key)
            #expect((again.status, again["reference"]) == (200, reference))
            let other = Self.sale.replacingOccurrences(of: "1275", with: "1276")
            let mismatch = try await rig.ask("POST", "/v1/payments", other, key)
            #expect((mismatch.status, mismatch["code"]) == (422, "idempotencyMismatch"))
            #expect(rig.journal.changes.count == 1)
        }
    }

    @Test func `a request whose members stand in another order is the same request`() async throws {
        try await ServiceRig.run { rig in
            let key = ["Idempotency-Key": "order-1"]
            let turned =
                #"{"ticket":"T-17","amount":{"currency":"USD","cents":1275},"operation":"sale"}"#
            let first = try await rig.ask("POST", "/v1/payments", Self.sale, key)
            let again = try await rig.ask("POST", "/v1/payments", turned, key)
            #expect(again.status == 200)
            #expect(again["reference"] == first["reference"])
        }
    }

    @Test(arguments: [
        "/v1/lane", "/v1/readers", "/v1/latency", "/v1/health", "/v1/payments",
        "/v1/configuration", "/v1/openapi.json", "/metrics", "/v1/payments?state=approved&limit=1",
        "/v1/payments?day=2026-11-21", "/v1/payments?since=2026-11-21T00:00:00Z",
        "/v1/payments/SW000000000000000000", "/v1/payments?limit=0", "/v1/payments?color=red",
    ])
    func `is read as described`(path: String) async throws {
        try await ServiceRig.run { rig in
            try rig.sold(1275)
            let answer = try await rig.ask("GET", path)
            #expect(answer.headers["cache-control"] == "no-store")
        }
    }

    @Test func `a known path with another method is told which methods it takes`() async throws {
        try await ServiceRig.run { rig in
            let doors = Dictionary(grouping: try OpenAPI().operations) { operation in
                String(operation.split(separator: " ")[1])
            }.filter { $0.key.hasPrefix("/v1/") || $0.key == "/metrics" }
            #expect(doors.count > 15)
            for (path, operations) in doors {
                let asked = path.replacing(/\{[a-z]+\}/, with: "x")
                let answer = try await rig.askRaw("PUT", asked)
                #expect(answer.status == 405, "\(path)")
                #expect(answer["code"] == "methodNotAllowed")
                let methods = operations.map { String($0.split(separator: " ")[0]) }.sorted()
                #expect(answer.headers["allow"] == methods.joined(separator: ", "), "\(path)")
            }
            let strange = try await rig.askRaw("PUT", "/v1/nothing")
            #expect(strange.status == 404)
            #expect(strange.headers["allow"] == nil)
        }
    }

    @Test func `no answer names a secret`() async throws {
        try await ServiceRig.run { rig in
            let answer = try await rig.ask("GET", "/v1/configuration")
            #expect(answer.status == 200)
            #expect(!answer.body.contains(ServiceRig.token))
            #expect(!answer.body.contains(ServiceRig.code))
        }
    }

    @Test(arguments: [("en", "APPROVED"), ("es", "APROBADO")])
    func `a payment speaks the cashier's language`(language: String, word: String) async throws {
        try await ServiceRig.run { rig in
            let sale = try rig.sold(1275)
            let answer = try await rig.ask(
                "GET", "/v1/payments/\(sale.reference)", nil, ["Accept-Language": language])
            let advice = try #require(answer.json["advice"] as? [String: Any])
            #expect(advice["word"] as? String == word)
        }
    }

    @Test func `the day's totals are sums of whole cents`() async throws {
        try await ServiceRig.run { rig in
            for number in 1...3 { try rig.sold(1001 * number, ticket: "T-\(number)") }
            let first = try await rig.ask("GET", "/v1/payments?limit=2")
            let totals = try #require(first.json["totals"] as? [String: Any])
            #expect((totals["approved"] as? [String: Any])?["cents"] as? Int == 6006)
            let next = try #require(first["next"])
            let rest = try await rig.ask("GET", "/v1/payments?limit=2&before=\(next)")
            #expect((rest.json["payments"] as? [Any])?.count == 1)
            #expect(rest.json["next"] is NSNull)
        }
    }

    @Test func `the configuration is changed by the supervisor and the change is kept`()
        async throws
    {
        try await ServiceRig.run { rig in
            let body = #"{"language":"es","shop":{"name":"Tienda"},"refunds":{"perDayCents":7}}"#
            let answer = try await rig.ask(
                "PATCH", "/v1/configuration", body, try await rig.supervisor())
            #expect(answer.status == 200)
            #expect(rig.desk.settings.shop.name == "Tienda")
            #expect(rig.desk.settings.refunds.perDayCents == 7)
            #expect(await rig.remarks.contains(.configuration))
        }
    }

    @Test func `the page is served under a strict policy, and only while it is switched on`()
        async throws
    {
        try await ServiceRig.run { rig in
            let answer = try await rig.askLoopback("GET", "/")
            #expect(answer.status == 200)
            let policy = try #require(answer.headers["content-security-policy"])
            #expect(policy.contains("default-src 'none'; script-src 'self'"))
            #expect(!policy.contains("unsafe"))
        }
        try await ServiceRig.run {
            $0.settings.page.enabled = false
        } _: { rig in
            let answer = try await rig.askLoopback("GET", "/")
            #expect(answer.status == 401)
        }
    }

    @Test func `tills are refused on TCP while that is switched off`() async throws {
        try await ServiceRig.run {
            $0.settings.tcp = false
        } _: { rig in
            let till = ["Authorization": "Bearer \(ServiceRig.token)"]
            let answer = try await rig.askLoopback("GET", "/v1/lane", nil, till)
            #expect(answer.status == 401)
        }
    }

    @Test func `a payment that is being started is no doubt, and one from before stays one`()
        async throws
    {
        try await ServiceRig.run { rig in
            func intent(_ ticket: String) throws -> Attempt {
                let name = try #require(Ticket(ticket))
                return try rig.add(.init(.sale, try Amount(cents: 1275), ticket: name))
            }
            func state(_ attempt: Attempt) async throws -> String? {
                try await rig.ask("GET", "/v1/payments/\(attempt.reference)")["state"]
            }
            let old = try intent("T-1")
            rig.board.change { ($0.inDoubt, $0.isArming) = ([old], true) }
            let new = try intent("T-2")
            #expect(try await state(old) == "inDoubt")
            #expect(try await state(new) == "arming")
            #expect(try await rig.ask("GET", "/v1/lane")["state"] == "arming")
            rig.board.change { $0.isArming = false }
            #expect(try await state(new) == "inDoubt")
        }
    }
}
