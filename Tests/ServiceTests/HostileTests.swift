import Foundation
import HostileClient
import Journal
import LaneRig
import Logging
import Settings
import Testing
import Timeline
import Values

@testable import Service

/// What a hostile page, program or network sends is refused, and nothing comes of it.
@Suite(.serialized) struct HostileTests {
    /// The names of all of them, as the table shows them; a door's port is known only later.
    private static let names = HostileRequest.all(host: "127.0.0.1:8480").map(\.name)

    @Test func `there are at least sixty of them`() { #expect(Set(Self.names).count >= 60) }

    @Test(arguments: Array(names.indices))
    func `is refused and changes nothing`(index: Int) async throws {
        try await ServiceRig.run {
            // A request that stops half way is waited for so long.
            $0.limits.requestMilliseconds = 300
            $0.settings.refunds.perRefundCents = 50_000
        } _: { rig in
            let sale = try rig.sold(60_000)
            let before = rig.journal.changes
            let request = HostileRequest.all(host: rig.host)[index]
            let bytes = request.filled(try await Self.words(for: request, rig, sale))
            let said = await RawClient.exchange(bytes, with: rig.loopback)
            let status = Answer(said)?.status ?? 0
            #expect(request.refusals.contains(status), "\(request.name): \(status)")
            #expect(await rig.asked == [], "\(request.name)")
            #expect(rig.journal.changes == before, "\(request.name)")
            let text = String(decoding: said, as: UTF8.self)
            #expect(!text.lowercased().contains("access-control-allow"))
            #expect(!text.contains("4111111111111111"))
        }
    }

    /// Good credentials for what a request names.
    private static func words(
        for request: HostileRequest, _ rig: ServiceRig, _ sale: Attempt
    ) async throws -> HostileWords {
        let text = String(decoding: request.bytes, as: UTF8.self)
        let session =
            text.contains("SESSION")
            ? try #require(rig.desk.sessions.pair(rig.desk.newPairingCode())) : ""
        let supervisor =
            text.contains("SUPERVISOR") ? try await rig.supervisor()["Supervisor"] ?? "" : ""
        return HostileWords(
            session: session, supervisor: supervisor, sale: sale.reference.text,
            token: ServiceRig.token)
    }

    @Test func `the same requests with nothing wrong are taken`() async throws {
        try await ServiceRig.run { rig in
            let maker = HostileMaker(host: rig.host)
            let sale = try rig.sold(1000)
            let good = [
                maker.post("a till", [201]),
                maker.post(
                    "a till's void", [201], try await rig.supervisor(), body: "{}",
                    to: "POST /v1/payments/\(sale.reference)/void"),
            ]
            for (index, request) in good.enumerated() {
                let text = String(decoding: request.bytes, as: UTF8.self)
                    .replacingOccurrences(of: "TOKEN", with: ServiceRig.token)
                    .replacingOccurrences(of: "k1", with: "key-\(index)")
                let said = await RawClient.exchange(Array(text.utf8), with: rig.loopback)
                #expect(Answer(said)?.status == 201, "\(request.name)")
            }
            #expect(await rig.asked.count == 2)
        }
    }

    @Test func `the socket of a service that listens is not taken from it`() async throws {
        try await ServiceRig.run { rig in
            let other = ServiceServer(rig.desk, logger: Logger(label: "other"))
            let place = "unix:\(rig.folder)/api.sock"
            #expect(throws: ServiceFault.notListening(place: place, errno: EADDRINUSE)) {
                _ = try other.services { _ in }
            }
            let answer = try await rig.ask("GET", "/v1/lane")
            #expect(answer.status == 200)
        }
    }

    @Test func `a pairing code is burnt by five wrong tries`() async throws {
        try await ServiceRig.run { rig in
            let code = rig.desk.newPairingCode()
            for _ in 0..<5 {
                let wrong = code == "000000" ? "000001" : "000000"
                let answer = try await rig.askLoopback(
                    "POST", "/session", #"{"code":"\#(wrong)"}"#)
                #expect(answer.status == 403)
            }
            let late = try await rig.askLoopback("POST", "/session", #"{"code":"\#(code)"}"#)
            #expect(late.status == 403)
            #expect(late["code"] == "pairingRefused")
        }
    }

    @Test func `a pairing code is good once and for five minutes`() async throws {
        try await ServiceRig.run { rig in
            let body = #"{"code":"\#(rig.desk.newPairingCode())"}"#
            let first = try await rig.askLoopback("POST", "/session", body)
            #expect(first.status == 204)
            let cookie = first.headers["set-cookie"] ?? ""
            #expect(cookie.contains("HttpOnly; SameSite=Strict"))
            #expect(try await rig.askLoopback("POST", "/session", body).status == 403)
            let old = #"{"code":"\#(rig.desk.newPairingCode())"}"#
            rig.time.advance(milliseconds: 300_000)
            #expect(try await rig.askLoopback("POST", "/session", old).status == 403)
            #expect(await rig.remarks.contains(.refusedPeer))
        }
    }

    @Test func `five wrong supervisor's codes lock the right one out for five minutes`()
        async throws
    {
        try await ServiceRig.run { rig in
            for number in 0..<5 {
                let answer = try await rig.ask(
                    "POST", "/v1/supervisor", #"{"code":"00000\#(number)"}"#)
                #expect(answer["code"] == "supervisorRefused")
            }
            let right = #"{"code":"\#(ServiceRig.code)"}"#
            let locked = try await rig.ask("POST", "/v1/supervisor", right)
            #expect(locked.status == 429)
            rig.time.advance(milliseconds: 300_000)
            #expect(try await rig.ask("POST", "/v1/supervisor", right).status == 200)
            #expect(await rig.remarks.count { $0 == .supervisor } == 7)
        }
    }

    @Test func `the supervisor's token is over after five minutes`() async throws {
        try await ServiceRig.run { rig in
            let sale = try rig.sold(1000)
            var headers = try await rig.supervisor()
            headers["Idempotency-Key"] = "v1"
            rig.time.advance(milliseconds: 300_000)
            let path = "/v1/payments/\(sale.reference)/void"
            let answer = try await rig.ask("POST", path, "{}", headers)
            #expect(answer["code"] == "supervisorRequired")
            #expect(await rig.asked == [])
        }
    }

    @Test func `refunds stop at the day's limit`() async throws {
        try await ServiceRig.run {
            $0.settings.refunds.perDayCents = 1500
        } _: { rig in
            let sale = try rig.sold(5000)
            let path = "/v1/payments/\(sale.reference)/refund"
            var headers = try await rig.supervisor()
            for (key, cents, status) in [("a", 1000, 201), ("b", 501, 422), ("c", 500, 201)] {
                headers["Idempotency-Key"] = key
                let body = #"{"amount":{"cents":\#(cents),"currency":"USD"}}"#
                #expect(try await rig.ask("POST", path, body, headers).status == status)
            }
            #expect(await rig.asked.count == 2)
            headers["Idempotency-Key"] = "a"
            let again = try await rig.ask(
                "POST", path, #"{"amount":{"cents":1000,"currency":"USD"}}"#, headers)
            #expect(again.status == 200, "a refund that was made is told, not the limit")
        }
    }
}
