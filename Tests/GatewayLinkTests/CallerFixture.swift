import Foundation
import GatewayLink
import PayHub
import Secrets
import Timeline
import Values

/// Callers at a scripted server, and what it says.
enum CallerFixture {
    static let merchant = Merchant(organizationID: 10002, terminalID: 2)
    static let reference = PaymentReference(lane: 1, journal: 2, sequence: 3)

    static func caller(
        _ server: ScriptedServer, deadlines: LinkDeadlines = LinkDeadlines()
    ) throws -> GatewayCaller {
        let endpoint = try GatewayEndpoint(url: "https://localhost:\(server.port)")
        let arena = try SecretArena(blocks: 2)
        let token = try LinkFixture.bytes("test-token", in: arena)
        var setup = GatewayCaller.Setup(endpoint: endpoint, merchant: merchant)
        setup.deadlines = deadlines
        return try GatewayCaller(
            setup, context: try LinkFixture.context(server), token: token, arena: arena,
            time: SystemTime())
    }

    /// An answer with a body of JSON.
    static func answer(_ status: Int, _ body: String, location: String? = nil) -> String {
        "HTTP/1.1 \(status) Status\r\nContent-Type: application/json\r\n"
            + (location.map { "Location: \($0)\r\n" } ?? "")
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    static func created(_ path: String) -> String {
        answer(201, "", location: "/api/v2/\(path)")
    }

    static func refusal(_ code: String, status: Int = 400) -> String {
        answer(status, #"{"errors":[{"code":"\#(code)"}]}"#)
    }

    /// The first line of a request.
    static func line(_ request: String) -> String {
        request.components(separatedBy: "\r\n")[0]
    }
}
