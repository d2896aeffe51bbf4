import Foundation
import GatewayLink
import PayHub
import Secrets
import Timeline
import Values

/// Links to a scripted server, and their buffers.
enum LinkFixture {
    static func context(
        _ server: ScriptedServer, host: String = "localhost", trust: TrustAnchors? = nil
    ) throws -> LinkContext {
        let endpoint = try GatewayEndpoint(url: "https://\(host):\(server.port)")
        let path = try TestAuthority.shared.get().path
        return try LinkContext(endpoint: endpoint, trust: trust ?? .file(path: path))
    }

    static func link(
        _ server: ScriptedServer, host: String = "localhost",
        deadlines: LinkDeadlines = LinkDeadlines()
    ) throws -> GatewayLink {
        GatewayLink(
            try context(server, host: host), time: SystemTime(), deadlines: deadlines)
    }

    static func bytes(_ text: String, in arena: SecretArena) throws -> SecretBytes {
        var bytes = try arena.take(capacity: max(1, text.utf8.count))
        for byte in text.utf8 { try bytes.append(byte) }
        return bytes
    }

    static func post(_ body: String = "{}") -> String {
        "POST /api/v2/sale HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    static let get = "GET /api/v2/sale/7 HTTP/1.1\r\nHost: localhost\r\n\r\n"

    static let created =
        "HTTP/1.1 201 Created\r\nLocation: https://localhost/api/v2/sale/7\r\n"
        + "Content-Length: 0\r\n\r\n"

    static let resource =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=UTF-8\r\n"
        + "Content-Length: 8\r\n\r\n{\"id\":7}"

    static func text(_ answer: borrowing SecretBytes, _ range: ByteRange) -> String {
        answer.withBytes(in: range) { bytes in
            var text: [UInt8] = []
            for index in bytes.indices { text.append(bytes[index]) }
            return String(decoding: text, as: UTF8.self)
        }
    }

    /// Asks until the link has seen what the server did: loopback, too, takes its time.
    static func waitUntilDead(_ link: inout GatewayLink) throws {
        let time = SystemTime()
        let deadline = time.now().adding(milliseconds: 30_000)
        while link.isAlive() {
            guard time.now() < deadline else { throw TestFailure.timedOut }
            sched_yield()
        }
    }

    /// The failure of a link's opening, `nil` when it opened.
    static func failureToOpen(_ link: inout GatewayLink) -> LinkFailure? {
        do throws(LinkFailure) {
            try link.open()
            return nil
        } catch {
            return error
        }
    }

    /// The failure of an exchange, `nil` when it was answered.
    static func failure(
        _ link: inout GatewayLink, _ request: String, kind: RequestKind = .money,
        answerBytes: Int = 16_384
    ) throws -> LinkFailure? {
        let arena = try SecretArena(blocks: 16)
        let request = try bytes(request, in: arena)
        var answer = try arena.take(capacity: answerBytes)
        do throws(LinkFailure) {
            _ = try link.exchange(request, kind: kind, into: &answer)
            return nil
        } catch {
            return error
        }
    }
}
