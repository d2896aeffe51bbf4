import COpenSSL
import GatewayLink
import OwnThreads
import PayHub
import Testing
import Timeline

@Suite(.blocks) struct OpeningTests {
    private static let once: [ScriptedServer.Step] = [
        .handshake, .readRequest, .write(LinkFixture.created), .waitForEnd,
    ]

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `resumes the session of the link before`(version: Int32) throws {
        let server = try ScriptedServer(
            [Self.once, Self.once], setup: ServerSetup(versions: version...version))
        let context = try LinkFixture.context(server)
        var first = GatewayLink(context, time: SystemTime())
        try first.open()
        #expect(try LinkFixture.failure(&first, LinkFixture.post()) == nil)
        let firstWasResumed = first.wasResumed
        #expect(!firstWasResumed)
        first.close()
        var second = GatewayLink(context, time: SystemTime())
        try second.open()
        let secondWasResumed = second.wasResumed
        #expect(secondWasResumed)
        #expect(try LinkFixture.failure(&second, LinkFixture.post()) == nil)
        second.close()
        #expect(try server.finished().requests.count == 2)
    }

    @Test func `resumes after a link that broke`() throws {
        let broken: [ScriptedServer.Step] = [.handshake, .readRequest, .reset]
        let server = try ScriptedServer([Self.once, broken, Self.once])
        var link = try LinkFixture.link(server)
        var resumed: [Bool] = []
        for _ in 0..<3 {
            try link.open()
            resumed.append(link.wasResumed)
            _ = try LinkFixture.failure(&link, LinkFixture.post())
        }
        link.close()
        #expect(resumed == [false, true, true])
        #expect(try server.finished().requests.count == 3)
    }

    @Test func `a new link moves money again`() throws {
        let server = try ScriptedServer([Self.once, Self.once])
        var link = try LinkFixture.link(server)
        for _ in 0..<2 {
            try link.open()
            #expect(try LinkFixture.failure(&link, LinkFixture.post()) == nil)
        }
        link.close()
        #expect(try server.finished().connections == 2)
    }

    @Test(arguments: ["localhost", "127.0.0.1"])
    func `accepts a certificate for the host`(host: String) throws {
        let server = try ScriptedServer([Self.once])
        var link = try LinkFixture.link(server, host: host)
        #expect(LinkFixture.failureToOpen(&link) == nil)
        link.close()
        #expect(try server.finished().connections == 1)
    }

    @Test func `does not believe the system's authorities in the place of a file`() throws {
        let server = try ScriptedServer([[.handshake, .readRequest]])
        let context = try LinkFixture.context(server, trust: .system)
        var link = GatewayLink(context, time: SystemTime())
        let failure = LinkFixture.failureToOpen(&link)
        #expect(failure == LinkFailure(.certificateRefused(code: 20), sent: .nothing))
        #expect(try server.finished().requests.isEmpty)
    }

    @Test(arguments: ["/nonexistent/authority.pem", "/dev/null"])
    func `refuses an authority's file without certificates`(path: String) throws {
        let endpoint = try GatewayEndpoint(url: "https://localhost")
        #expect(throws: LinkFailure(.trustFileUnreadable, sent: .nothing)) {
            _ = try LinkContext(endpoint: endpoint, trust: .file(path: path))
        }
    }

    @Test func `tells a port where nobody listens`() throws {
        let server = try ScriptedServer([])
        #expect(try server.finished().connections == 0)
        var link = try LinkFixture.link(server)
        let failure = LinkFixture.failureToOpen(&link)
        #expect(failure == LinkFailure(.connectionRefused, sent: .nothing))
    }

    @Test func `tells a host that does not exist`() throws {
        let server = try ScriptedServer([])
        var link = try LinkFixture.link(server, host: "gateway.invalid")
        let failure = LinkFixture.failureToOpen(&link)
        #expect(failure == LinkFailure(.unknownHost, sent: .nothing))
    }
}
