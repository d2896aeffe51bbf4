import GatewayLink
import OwnThreads
import Testing

/// What a link says when the gateway fails it, and how often the gateway saw the request.
@Suite(.blocks) struct FailureTests {
    private typealias Step = ScriptedServer.Step

    @Test func `closed in order after the request is no answer`() throws {
        try check(
            [.handshake, .readRequest, .closeNotify, .waitForEnd], .closedBeforeAnswer, requests: 1)
    }

    @Test func `FIN after the request is no answer`() throws {
        try check(
            [.handshake, .readRequest, .finish, .waitForEnd], .closedBeforeAnswer, requests: 1)
    }

    @Test func `a reset after the request loses the connection`() throws {
        try check([.handshake, .readRequest, .reset], .connectionLost, requests: 1)
    }

    @Test func `FIN after a part of the request leaves all of it sent`() throws {
        try check(
            [.handshake, .takeRaw(40), .finish, .waitForEnd], .closedBeforeAnswer, requests: 0)
    }

    @Test func `a reset after a part of the request leaves all of it sent`() throws {
        try check([.handshake, .takeRaw(40), .reset], .connectionLost, requests: 0)
    }

    @Test(arguments: [
        "HTTP/1.1 201 Cre", "HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nno close_notify",
        "HTTP/1.1 100 Continue\r\n\r\n",
    ])
    func `FIN within the answer breaks it off`(text: String) throws {
        try check(
            [.handshake, .readRequest, .write(text), .finish, .waitForEnd], .closedInAnswer,
            requests: 1)
    }

    @Test func `an answer that breaks HTTP is named`() throws {
        try check(
            [.handshake, .readRequest, .write("SMTP 1\r\n"), .waitForEnd], .badAnswer(.notHTTP),
            requests: 1)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + String(repeating: "x", count: 5_000),
    ])
    func `an answer over its room is refused`(text: String) throws {
        try check(
            [.handshake, .readRequest, .write(text), .waitForEnd], .answerTooLarge, requests: 1)
    }

    @Test func `silence ends at the deadline`() throws {
        try check(
            [.handshake, .readRequest, .waitForEnd], .answerTimedOut, requests: 1,
            deadlines: LinkDeadlines(answerMilliseconds: 100))
    }

    @Test func `a trickle does not move the deadline`() throws {
        let text = "HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 3_000)
        try check(
            [.handshake, .readRequest, .trickle(text)], .answerTimedOut, requests: 1,
            deadlines: LinkDeadlines(answerMilliseconds: 100))
    }

    @Test(arguments: [true, false])
    func `a connection that the gateway ended is not alive`(inOrder: Bool) throws {
        let end: [Step] = inOrder ? [.closeNotify, .finish] : [.reset]
        let server = try ScriptedServer([[.handshake, .pause] + end + [.report]])
        var link = try LinkFixture.link(server)
        try link.open()
        let before = link.isAlive()
        #expect(before)
        server.proceed()
        try server.waitForReport()
        try LinkFixture.waitUntilDead(&link)
        let failure = try LinkFixture.failure(&link, LinkFixture.post())
        #expect(failure == LinkFailure(.notOpen, sent: .nothing))
        #expect(try server.finished().requests.isEmpty)
    }

    @Test func `bytes that nobody asked for end a link`() throws {
        let server = try ScriptedServer([
            [.handshake, .pause, .write("HTTP/1.1 408 Late\r\n\r\n"), .report, .waitForEnd]
        ])
        var link = try LinkFixture.link(server)
        try link.open()
        server.proceed()
        try server.waitForReport()
        try LinkFixture.waitUntilDead(&link)
        #expect(try server.finished().requests.isEmpty)
    }

    /// One payment over one script: the cause, all sent, one connection, so many requests.
    private func check(
        _ script: [Step], _ cause: LinkFailure.Cause, requests: Int,
        deadlines: LinkDeadlines = LinkDeadlines()
    ) throws {
        let server = try ScriptedServer([script])
        var link = try LinkFixture.link(server, deadlines: deadlines)
        try link.open()
        let failure = try LinkFixture.failure(&link, LinkFixture.post(), answerBytes: 4_096)
        #expect(failure == LinkFailure(cause, sent: .all))
        let isOpen = link.isOpen
        #expect(!isOpen)
        let seen = try server.finished()
        #expect(seen.connections == 1)
        #expect(seen.requests.count == requests)
    }
}
