import GatewayLink
import PayHub
import Testing
import Timeline

@Suite struct OpeningTests {
    private static let once: [ScriptedServer.Step] = [
        .handshake, .readRequest, .write(LinkFixture.created), .waitForEnd,
    ]

    @Test(arguments: [ScriptedServer.Versions.modern, .tls12])
    func `resumes the session of the link before`(versions: ScriptedServer.Versions) throws {
        let server = try ScriptedServer([Self.once, Self.once], versions: versions)
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

    @Test func `tickets are read without a request, and resumed with`() throws {
        let idle: [ScriptedServer.Step] = [.handshake, .waitForEnd]
        let server = try ScriptedServer([idle, Self.once])
        var link = try LinkFixture.link(server)
        try link.open()
        try link.readTickets()
        link.close()
        try link.open()
        let wasResumed = link.wasResumed
        #expect(wasResumed)
        #expect(try LinkFixture.failure(&link, LinkFixture.post()) == nil)
        link.close()
        #expect(try server.finished().requests.count == 1)
    }

    @Test func `a link that ends while it waits for tickets is lost`() throws {
        let server = try ScriptedServer([[.handshake, .closeNotify, .finish, .report]])
        var link = try LinkFixture.link(server)
        var failure = LinkFixture.failureToOpen(&link)
        try server.waitForReport()
        if failure == nil {
            do { try link.readTickets() } catch { failure = error }
        }
        #expect(failure == LinkFailure(.connectionLost, sent: .nothing))
        let isOpen = link.isOpen
        #expect(!isOpen)
    }

    @Test func `a link of TLS 1_2 does not wait for tickets`() throws {
        let server = try ScriptedServer([Self.once], versions: .tls12)
        var link = try LinkFixture.link(server)
        try link.open()
        try link.readTickets()
        #expect(try LinkFixture.failure(&link, LinkFixture.post()) == nil)
        link.close()
        #expect(try server.finished().requests.count == 1)
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

    /// Codes of X509_verify_cert: 10 expired, 18 self-signed, 20 no issuer, 62 and 64 the wrong
    /// name or address.
    @Test(arguments: [
        (BadIdentity.wrongName, "localhost", 62), (.wrongName, "127.0.0.1", 64),
        (.nameOnlyInSubject, "localhost", 62), (.partialWildcard, "localhost", 62),
        (.expired, "localhost", 10), (.selfSigned, "localhost", 18),
        (.ofAnotherAuthority, "localhost", 20),
    ])
    func `refuses a certificate`(bad: BadIdentity, host: String, code: Int) throws {
        let server = try ScriptedServer([[.handshake, .readRequest]], identity: bad.make())
        var link = try LinkFixture.link(server, host: host)
        let failure = LinkFixture.failureToOpen(&link)
        #expect(failure == LinkFailure(.certificateRefused(code: code), sent: .nothing))
        #expect(try server.finished().requests.isEmpty)
    }

    @Test func `does not believe the system's authorities in the place of a file`() throws {
        let server = try ScriptedServer([[.handshake, .readRequest]])
        let context = try LinkFixture.context(server, trust: .system)
        var link = GatewayLink(context, time: SystemTime())
        let failure = LinkFixture.failureToOpen(&link)
        #expect(failure == LinkFailure(.certificateRefused(code: 20), sent: .nothing))
        #expect(try server.finished().requests.isEmpty)
    }

    @Test func `refuses a gateway that knows only TLS 1_1`() throws {
        let server = try ScriptedServer([[.handshake, .readRequest]], versions: .tls11)
        var link = try LinkFixture.link(server)
        let failure = LinkFixture.failureToOpen(&link)
        // The alert protocol_version (70) of the peer.
        #expect(failure == LinkFailure(.tlsFailed(reason: 1_070), sent: .nothing))
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

    @Test func `a handshake that stalls ends at the deadline`() throws {
        let server = try ScriptedServer([[.waitForEnd]])
        var link = try LinkFixture.link(
            server, deadlines: LinkDeadlines(connectMilliseconds: 100))
        let failure = LinkFixture.failureToOpen(&link)
        #expect(failure == LinkFailure(.connectTimedOut, sent: .nothing))
        #expect(try server.finished().connections == 1)
    }

    @Test func `a handshake that is reset loses the connection`() throws {
        let server = try ScriptedServer([[.takeRaw(5), .reset]])
        var link = try LinkFixture.link(server)
        let failure = LinkFixture.failureToOpen(&link)
        #expect(failure == LinkFailure(.connectionLost, sent: .nothing))
        #expect(try server.finished().connections == 1)
    }
}

/// Certificates that the link must refuse.
enum BadIdentity: CaseIterable {
    case wrongName
    case nameOnlyInSubject
    case partialWildcard
    case expired
    case selfSigned
    case ofAnotherAuthority

    func make() throws -> TestIdentity {
        let right = "DNS:localhost,IP:127.0.0.1"
        let authority = try TestAuthority.shared.get().authority
        switch self {
        case .wrongName:
            return try TestIdentity(
                name: "gateway", subjectNames: "DNS:other.example,IP:127.0.0.2",
                issuer: authority)
        case .nameOnlyInSubject:
            return try TestIdentity(
                name: "localhost", subjectNames: "email:till@example.com", issuer: authority)
        case .partialWildcard:
            return try TestIdentity(
                name: "gateway", subjectNames: "DNS:local*", issuer: authority)
        case .expired:
            return try TestIdentity(
                name: "gateway", subjectNames: right, validSeconds: 1_800, issuer: authority)
        case .selfSigned: return try TestIdentity(name: "gateway", subjectNames: right)
        case .ofAnotherAuthority:
            let other = try TestIdentity(name: "Another authority", subjectNames: nil)
            return try TestIdentity(name: "gateway", subjectNames: right, issuer: other)
        }
    }
}
