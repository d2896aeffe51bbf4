import Coverage
import Glibc
import OwnThreads
import Secrets
import Testing
import Timeline
import Values

@testable import GatewayLink

@Suite(.blocks) struct ExchangeTests {
    @Test(.covers("PH-R-011")) func `posts and reads the resource on one connection`() throws {
        let server = try ScriptedServer([
            [
                .handshake, .readRequest, .write(LinkFixture.created), .readRequest,
                .write(LinkFixture.resource), .waitForEnd,
            ]
        ])
        var link = try LinkFixture.link(server)
        try link.open()
        let arena = try SecretArena()
        let post = try LinkFixture.bytes(LinkFixture.post(), in: arena)
        let get = try LinkFixture.bytes(LinkFixture.get, in: arena)
        var answer = try arena.take(capacity: 16_384)
        let isAlive = link.isAlive()
        #expect(isAlive)
        let created = try link.exchange(post, kind: .money, into: &answer)
        #expect(created.status == 201)
        #expect(created.keepsAlive)
        #expect(!created.isJSON)
        #expect(created.body.isEmpty)
        #expect(created.firstByteAt >= created.sentAt)
        let location = try #require(created.location)
        #expect(LinkFixture.text(answer, location) == "https://localhost/api/v2/sale/7")
        let resource = try link.exchange(get, kind: .read, into: &answer)
        #expect(resource.status == 200)
        #expect(resource.isJSON)
        #expect(LinkFixture.text(answer, resource.body) == "{\"id\":7}")
        link.close()
        let seen = try server.finished()
        #expect(seen.connections == 1)
        #expect(seen.requests == [LinkFixture.post(), LinkFixture.get])
    }

    @Test(arguments: [1, 600, 16_384])
    func `sends a request as one TLS record in one write`(bodyBytes: Int) throws {
        let server = try ScriptedServer([
            [.handshake, .readRequest, .write(LinkFixture.created), .waitForEnd]
        ])
        var link = try LinkFixture.link(server)
        try link.open()
        let arena = try SecretArena()
        let whole = LinkFixture.post(String(repeating: "x", count: bodyBytes))
        let surplus = max(0, whole.utf8.count - Limits.requestBytesMaximum)
        let text = LinkFixture.post(String(repeating: "x", count: bodyBytes - surplus))
        let request = try LinkFixture.bytes(text, in: arena)
        var answer = try arena.take(capacity: 4_096)
        let before = link.traffic
        _ = try link.exchange(request, kind: .money, into: &answer)
        let after = link.traffic
        #expect(after.sends - before.sends == 1)
        // RFC 8446, section 5.2: header 5, content type 1, tag 16.
        #expect(after.bytesSent - before.bytesSent == text.utf8.count + 22)
        link.close()
        #expect(try server.finished().requests == [text])
    }

    @Test(arguments: [
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "4;x=y\r\nWiki\r\n5\r\npedia\r\n0\r\nTrailer: 1\r\n\r\n", "Wikipedia", true
        ),
        ("HTTP/1.1 100 Continue\r\n\r\n" + LinkFixture.resource, "{\"id\":7}", true),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200", "ok", false),
        ("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok", false),
        ("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 2\r\n\r\nno", "no", true),
    ])
    func `reads an answer`(text: String, body: String, keepsAlive: Bool) throws {
        let server = try ScriptedServer([[.handshake, .readRequest, .write(text), .waitForEnd]])
        var link = try LinkFixture.link(server)
        try link.open()
        let arena = try SecretArena()
        let request = try LinkFixture.bytes(LinkFixture.post(), in: arena)
        var answer = try arena.take(capacity: 4_096)
        let result = try link.exchange(request, kind: .money, into: &answer)
        #expect(LinkFixture.text(answer, result.body) == body)
        #expect(result.keepsAlive == keepsAlive)
        #expect(answer.count == result.body.end)
        let isOpen = link.isOpen
        #expect(isOpen == keepsAlive)
        link.close()
        #expect(try server.finished().connections == 1)
    }

    @Test func `reads to the end of a connection that closes in order`() throws {
        let text = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end"
        let server = try ScriptedServer([
            [.handshake, .readRequest, .write(text), .closeNotify, .waitForEnd]
        ])
        var link = try LinkFixture.link(server)
        try link.open()
        let arena = try SecretArena()
        let request = try LinkFixture.bytes(LinkFixture.get, in: arena)
        var answer = try arena.take(capacity: 4_096)
        let result = try link.exchange(request, kind: .read, into: &answer)
        #expect(LinkFixture.text(answer, result.body) == "to the end")
        #expect(!result.keepsAlive)
        link.close()
        #expect(try server.finished().requests.count == 1)
    }

    @Test func `refuses a second request that moves money, and still reads`() throws {
        let server = try ScriptedServer([
            [
                .handshake, .readRequest, .write(LinkFixture.created), .readRequest,
                .write(LinkFixture.resource), .waitForEnd,
            ]
        ])
        var link = try LinkFixture.link(server)
        try link.open()
        #expect(try LinkFixture.failure(&link, LinkFixture.post()) == nil)
        let second = try LinkFixture.failure(&link, LinkFixture.post())
        #expect(second == LinkFailure(.alreadyUsed, sent: .nothing))
        #expect(try LinkFixture.failure(&link, LinkFixture.get, kind: .read) == nil)
        link.close()
        #expect(try server.finished().requests == [LinkFixture.post(), LinkFixture.get])
    }

    @Test func `refuses to send on a link that is not open`() throws {
        let server = try ScriptedServer([])
        var link = try LinkFixture.link(server)
        let failure = try LinkFixture.failure(&link, LinkFixture.post())
        #expect(failure == LinkFailure(.notOpen, sent: .nothing))
        let isAlive = link.isAlive()
        #expect(!isAlive)
    }

    @Test(arguments: [0, Limits.requestBytesMaximum + 1])
    func `refuses a request of an impossible size`(count: Int) throws {
        let server = try ScriptedServer([[.handshake, .waitForEnd]])
        var link = try LinkFixture.link(server)
        try link.open()
        let failure = try LinkFixture.failure(&link, String(repeating: "x", count: count))
        #expect(failure == LinkFailure(.requestTooLarge, sent: .nothing))
        let isOpen = link.isOpen
        #expect(isOpen)
        link.close()
        #expect(try server.finished().requests.isEmpty)
    }

    @Test func `does not take what came between two exchanges for an answer`() throws {
        let server = try ScriptedServer([
            [
                .handshake, .readRequest, .write(LinkFixture.created), .pause,
                .write(LinkFixture.resource), .report, .waitForEnd,
            ]
        ])
        var link = try LinkFixture.link(server)
        try link.open()
        #expect(try LinkFixture.failure(&link, LinkFixture.post()) == nil)
        server.proceed()
        try server.waitForReport()
        let deadline = SystemTime().now().adding(milliseconds: 30_000)
        let hasCome = link.connection?.wait(for: POLLIN, until: deadline)
        #expect(hasCome == true)
        let failure = try LinkFixture.failure(&link, LinkFixture.get, kind: .read)
        #expect(failure == LinkFailure(.connectionLost, sent: .nothing))
        #expect(try server.finished().requests == [LinkFixture.post()])
    }
}
