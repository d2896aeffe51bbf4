import Emulator
import Testing

/// What a client sees of one small scene, as a text: with a fault and without it.
struct FaultTrial: Sendable {
    let rule: FaultRule
    let scene: @Sendable (TestGateway) throws -> String
    let expected: String

    init(
        _ name: FaultName, _ scene: @escaping @Sendable (TestGateway) throws -> String,
        _ expected: String, with change: (inout FaultRule) -> Void = { _ in }
    ) {
        rule = FaultRule(name, change)
        self.scene = scene
        self.expected = expected
    }
}

/// The scenes.
enum Scene {
    static let base = "https://localhost:8443/api/v2"

    /// A sale, and how many charges are live then.
    @Sendable static func sale(_ gateway: TestGateway) throws -> String {
        _ = try gateway.make("sale", Body.noted("SW-0"))
        return try post(gateway, "sale", Body.noted("SW-1")) + live(gateway)
    }

    /// The first sale of a gateway.
    @Sendable static func first(_ gateway: TestGateway) throws -> String {
        try post(gateway, "sale", Body.noted("SW-1")) + live(gateway)
    }

    /// A sale, and what is live after the answer and two seconds later.
    @Sendable static func later(_ gateway: TestGateway) throws -> String {
        let now = try first(gateway)
        gateway.clock.advance(milliseconds: 2000)
        gateway.core.catchUp()
        return now + live(gateway)
    }

    /// A sale that a test card declines.
    @Sendable static func decline(_ gateway: TestGateway) throws -> String {
        let body = try #require(Body.card("5454545454545454", amount: "0.20"))
        return try post(gateway, "sale", body)
    }

    /// A second void, or a second refund, of one sale.
    static func second(_ kind: String) -> @Sendable (TestGateway) throws -> String {
        { gateway in
            let id = try gateway.make("sale", Body.noted("SW-1"))
            #expect(gateway.follow(kind, id).status == .created)
            return try post(gateway, kind, Body.following(id))
        }
    }

    /// A void of what is settled.
    @Sendable static func lateVoid(_ gateway: TestGateway) throws -> String {
        let id = try gateway.make("sale", Body.noted("SW-1"))
        #expect(gateway.core.settle() == [1])
        return try post(gateway, "void", Body.following(id))
    }

    /// A void of an authorization.
    @Sendable static func reversal(_ gateway: TestGateway) throws -> String {
        let id = try gateway.make("authonly", Body.noted("SW-1"))
        return try post(gateway, "void", Body.following(id))
    }

    /// A refund before settlement.
    @Sendable static func earlyRefund(_ gateway: TestGateway) throws -> String {
        let id = try gateway.make("sale", Body.noted("SW-1"))
        return try post(gateway, "refund", Body.following(id))
    }

    /// What a resource says at a path of members, or what an answer is in its place.
    static func resource(
        _ part: String, _ member: String
    ) -> @Sendable (TestGateway) throws -> String {
        { gateway in
            let id = try gateway.make("sale", Body.noted("SW-1"))
            let response = gateway.send("GET", "/api/v2/sale/\(id)\(part)")
            guard response.status == .ok else { return "\(response.status.rawValue)" }
            let text = String(decoding: response.body, as: UTF8.self)
            let count = text.ranges(of: "\"responseCode\"").count
            let value = try JSONValue(text).at(member)?.text ?? "none"
            return part.isEmpty && member.hasSuffix("responseCode") ? "\(value) x\(count)" : value
        }
    }

    /// What a report shows of some sales, a void, a decline, an authorization and a capture.
    static func report(
        _ filter: String, _ member: String = "transactionID"
    ) -> @Sendable (TestGateway) throws -> String {
        { gateway in
            try fill(gateway)
            let response = gateway.send(
                "POST", "/api/v2/report/transactionReport", Array(filter.utf8))
            guard response.status == .ok else { return "\(response.status.rawValue)" }
            guard let rows = try? response.json.elements else {
                return String(decoding: response.body.prefix(7), as: UTF8.self)
            }
            return rows.compactMap { $0[member]?.string }.joined(separator: " ")
        }
    }

    private static func fill(_ gateway: TestGateway) throws {
        _ = try gateway.make("sale", Body.noted("Reference-1"))
        _ = try gateway.make("sale", Body.noted("Reference-12"))
        #expect(gateway.follow("void", "1002").status == .created)
        _ = try decline(gateway)
        _ = try gateway.make("authonly", Body.noted("Hold"))
        #expect(gateway.follow("capture", "1005").status == .created)
        let other = try Body.noted("Other").with("merchant.organization_id", .number("10002"))
            .with("merchant.terminal_id", .number("2"))
        let response = gateway.send(
            "POST", "/api/v2/sale", other.bytes, token: TestGateway.otherToken)
        #expect(response.status == .created)
    }

    /// A list of two sales.
    @Sendable static func list(_ gateway: TestGateway) throws -> String {
        _ = try gateway.make("sale", Body.noted("A"))
        _ = try gateway.make("sale", Body.noted("B"))
        let response = gateway.send("GET", "/api/v2/sale")
        guard response.status == .ok else { return "\(response.status.rawValue)" }
        let json = try JSONValue(parsing: response.body)
        guard let rows = json.at("_embedded.sales")?.elements else { return "empty" }
        return rows.compactMap { $0.at("saleResponse.saleId")?.string }.joined(separator: " ")
    }

    /// The second page of a list of two sales, one a page, and how many pages it claims.
    @Sendable static func secondPage(_ gateway: TestGateway) throws -> String {
        _ = try list(gateway)
        let page = try gateway.get("sale/?page=1&size=1")
        guard let rows = page.at("_embedded.sales")?.elements else { return "empty" }
        let ids = rows.compactMap { $0.at("saleResponse.saleId")?.string }
        return ids.joined() + " of \(page.at("page.totalPages")?.text ?? "")"
    }

    /// What a connection meets.
    @Sendable static func connection(_ gateway: TestGateway) throws -> String {
        gateway.core.connect()?.rawValue ?? "accepted"
    }

    /// What happens on the wire after a POST.
    static func post(
        _ gateway: TestGateway, _ kind: String, _ body: JSONValue
    ) throws -> String {
        let request = GatewayRequest(
            method: "POST", target: "/api/v2/\(kind)",
            headers: [
                "authorization": "Bearer \(TestGateway.token)",
                "content-type": "application/json",
            ], body: body.bytes)
        let events = gateway.core.exchange(request)
        let told = events.count > 4 ? "\(events.count) events" : nil
        return told ?? events.map(tell).joined(separator: ", ")
    }

    private static func tell(_ event: WireEvent) -> String {
        switch event {
        case .pause(let milliseconds): "pause \(milliseconds)"
        case .interim(let status): "interim \(status)"
        case .answer(let response): tell(response)
        case .bytes(let bytes): tell(bytes)
        case .close: "close"
        case .drop: "drop"
        case .reset: "reset"
        case .stall: "stall"
        }
    }

    private static func tell(_ response: GatewayResponse) -> String {
        let locations = response.headers.filter { $0.name == "Location" }.map {
            $0.value.count > 100
                ? "\($0.value.count) characters" : $0.value.replacing(base, with: "")
        }
        let codes = response.codes.isEmpty ? [] : [response.codes.joined(separator: " ")]
        let kind = response.body.first == UInt8(ascii: "<") ? ["HTML"] : []
        let chunked = response.isChunked ? ["in chunks"] : []
        return (["\(response.status.rawValue)"] + locations + codes + kind + chunked)
            .joined(separator: " ")
    }

    private static func tell(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        let marks = [
            ("\0", "NUL"), ("Connection: close", "closing"), ("\r\n\r\n", "whole"),
        ]
        return marks.filter { text.contains($0.0) }.map(\.1).joined(separator: " ")
            + (text.hasPrefix("HTTP/1.1 201") ? " 201" : "")
    }

    private static func live(_ gateway: TestGateway) -> String {
        "; \(gateway.core.ledger.charges.count(where: \.isLive)) live"
    }
}
