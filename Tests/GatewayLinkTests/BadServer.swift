import COpenSSL
import GatewayLink
import Testing

/// A server that the link must refuse, with the cause and words of it.
struct BadServer: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let cause: LinkFailure.Cause
    let words: String
    var host = "localhost"
    var deadlines = LinkDeadlines()
    var script: [ScriptedServer.Step] = [.handshake, .readRequest]
    var setup: @Sendable () throws -> ServerSetup = { ServerSetup() }

    /// A server that differs from a bad one in the fault alone.
    struct Neighbour: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let setup: @Sendable () throws -> ServerSetup
    }

    static let all = names + times + issuers + keys + versions + ciphers + strangers

    private static let right = "DNS:localhost,IP:127.0.0.1"

    /// A certificate of the trusted authority, wrong in one thing.
    private static func certificate(
        _ subjectNames: String = right, named name: String = "gateway",
        _ traits: IdentityTraits = IdentityTraits()
    ) throws -> ServerSetup {
        let authority = try TestAuthority.shared.get().authority
        return ServerSetup(
            identity: try TestIdentity(
                name: name, subjectNames: subjectNames, issuer: authority, traits: traits))
    }

    /// A row of a certificate that is refused with a code of X509_verify_cert.
    private static func refused(
        _ name: String, _ code: Int, _ words: String, host: String = "localhost",
        _ setup: @escaping @Sendable () throws -> ServerSetup
    ) -> BadServer {
        BadServer(
            testDescription: name, cause: .certificateRefused(code: code), words: words,
            host: host, setup: setup)
    }
}

extension BadServer {
    private static let names: [BadServer] = [
        refused("wrong name", 62, "another host") { try certificate("DNS:other.example") },
        refused("wrong address", 64, "another host", host: "127.0.0.1") {
            try certificate("DNS:localhost,IP:127.0.0.2")
        },
        refused("address for a name", 62, "another host") { try certificate("IP:127.0.0.1") },
        refused("name for an address", 64, "another host", host: "127.0.0.1") {
            try certificate("DNS:127.0.0.1")
        },
        refused("name in the subject only", 62, "another host") {
            try certificate("email:till@example.com", named: "localhost")
        },
        refused("name behind a prefix", 62, "another host") {
            try certificate("DNS:x.localhost,DNS:localhost.example")
        },
        refused("wildcard for part of a label", 62, "another host") {
            try certificate("DNS:local*")
        },
        refused("wildcard alone", 62, "another host") { try certificate("DNS:*") },
        refused("wildcard for the domain itself", 62, "another host") {
            try certificate("DNS:*.localhost")
        },
    ]

    private static let times: [BadServer] = [
        refused("expired", 10, "has expired") {
            try certificate(right, IdentityTraits(validSeconds: -7_200 ... -3_600))
        },
        refused("not yet valid", 9, "not valid yet") {
            try certificate(right, IdentityTraits(validSeconds: 3_600...7_200))
        },
    ]

    private static let issuers: [BadServer] = [
        refused("self-signed", 18, "nobody who is trusted") {
            ServerSetup(identity: try TestIdentity(name: "gateway", subjectNames: right))
        },
        refused("unknown authority", 20, "issuer is not known") {
            let other = try TestIdentity(name: "Another authority", subjectNames: nil)
            return ServerSetup(
                identity: try TestIdentity(name: "gateway", subjectNames: right, issuer: other))
        },
        refused("unknown authority that is sent along", 19, "nobody who is trusted") {
            let other = try TestIdentity(name: "Another authority", subjectNames: nil)
            let identity = try TestIdentity(name: "gateway", subjectNames: right, issuer: other)
            return ServerSetup(identity: identity, chain: [other])
        },
        refused("authority of the same name with another key", 7, "signature") {
            let other = try TestIdentity(name: "Test authority", subjectNames: nil)
            return ServerSetup(
                identity: try TestIdentity(name: "gateway", subjectNames: right, issuer: other))
        },
        refused("intermediate missing", 20, "intermediate certificate is missing") {
            var setup = try chained()
            setup.chain = []
            return setup
        },
        refused("issuer that is no authority", 79, "no certificate authority") {
            try chained(names: "DNS:customer.example")
        },
        refused("issuer that says CA:FALSE", 79, "no certificate authority") {
            try chained(
                names: "DNS:customer.example",
                issuer: IdentityTraits(extensions: [(NID_basic_constraints, "CA:FALSE")]))
        },
        refused("made for clients", 26, "not made for servers") {
            try certificate(
                right, IdentityTraits(extensions: [(NID_ext_key_usage, "clientAuth")]))
        },
        refused("made for signing code", 26, "not made for servers") {
            try certificate(
                right, IdentityTraits(extensions: [(NID_ext_key_usage, "codeSigning")]))
        },
    ]

    /// A gateway's certificate of an intermediate, which is sent along.
    private static func chained(
        names: String? = nil, issuer traits: IdentityTraits = IdentityTraits(),
        _ own: IdentityTraits = IdentityTraits()
    ) throws -> ServerSetup {
        let root = try TestAuthority.shared.get().authority
        let middle = try TestIdentity(
            name: "Middle", subjectNames: names, issuer: root, traits: traits)
        let identity = try TestIdentity(
            name: "gateway", subjectNames: right, issuer: middle, traits: own)
        return ServerSetup(identity: identity, chain: [middle])
    }

    private static let keys: [BadServer] = [
        refused("RSA key of 1024 bits", 66, "too weak") {
            try certificate(right, IdentityTraits(rsaBits: 1_024))
        },
        refused("signed with SHA-1", 68, "digest that is too weak") {
            try certificate(right, IdentityTraits(digest: "SHA1"))
        },
        refused("signed with MD5", 68, "digest that is too weak") {
            try chained(issuer: IdentityTraits(rsaBits: 2_048), IdentityTraits(digest: "MD5"))
        },
        refused("issuer with an RSA key of 1024 bits", 67, "too weak") {
            try chained(issuer: IdentityTraits(rsaBits: 1_024))
        },
    ]

    static let soundNeighbours = [
        Neighbour(testDescription: "certificate of the authority") { try certificate() },
        Neighbour(testDescription: "intermediate sent along") { try chained() },
        Neighbour(testDescription: "made for servers") {
            try certificate(
                right, IdentityTraits(extensions: [(NID_ext_key_usage, "serverAuth")]))
        },
        Neighbour(testDescription: "RSA key of 2048 bits") {
            try certificate(right, IdentityTraits(rsaBits: 2_048))
        },
        Neighbour(testDescription: "TLS 1.2") {
            ServerSetup(versions: TLS1_2_VERSION...TLS1_2_VERSION)
        },
        Neighbour(testDescription: "TLS 1.2 with RSA and ephemeral keys") {
            var setup = try certificate(right, IdentityTraits(rsaBits: 2_048))
            setup.versions = TLS1_2_VERSION...TLS1_2_VERSION
            setup.ciphers = "ECDHE-RSA-AES256-GCM-SHA384"
            return setup
        },
    ]
}

extension BadServer {
    /// The peer's alert protocol_version (70).
    private static let versions: [BadServer] = [
        ("TLS 1.1", TLS1_1_VERSION), ("TLS 1.0", TLS1_VERSION),
    ].map { name, version in
        BadServer(
            testDescription: name, cause: .tlsFailed(reason: 1_070), words: "1.2 or 1.3"
        ) { ServerSetup(versions: version...version) }
    }

    /// The peer's alert handshake_failure (40).
    private static let ciphers: [BadServer] = [
        ("no encryption", "ECDHE-RSA-NULL-SHA"), ("no certificate", "ADH-AES256-GCM-SHA384"),
        ("no forward secrecy", "AES256-GCM-SHA384"), ("no AEAD", "ECDHE-RSA-AES256-SHA384"),
        ("pre-shared key", "PSK-AES256-GCM-SHA384"),
    ].map { name, suite in
        BadServer(
            testDescription: "cipher with \(name)", cause: .tlsFailed(reason: 1_040),
            words: "no strong cipher"
        ) {
            var setup = try certificate(right, IdentityTraits(rsaBits: 2_048))
            setup.versions = TLS1_2_VERSION...TLS1_2_VERSION
            setup.ciphers = suite
            return setup
        }
    }

    private static let hello = 5

    /// What is no sound server of TLS at all.
    private static let strangers: [BadServer] = [
        BadServer(
            testDescription: "demands a certificate in TLS 1.3", cause: .certificateDemanded,
            words: "certificate of the till"
        ) { ServerSetup(demandsCertificate: true) },
        BadServer(
            testDescription: "demands a certificate in TLS 1.2", cause: .certificateDemanded,
            words: "certificate of the till"
        ) { ServerSetup(versions: TLS1_2_VERSION...TLS1_2_VERSION, demandsCertificate: true) },
        BadServer(
            testDescription: "plain HTTP", cause: .tlsFailed(reason: 267),
            words: "does not speak TLS",
            script: [
                .takeRaw(hello), .writeRaw(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)),
                .waitForEnd,
            ]),
        BadServer(
            testDescription: "a mail server", cause: .tlsFailed(reason: 267),
            words: "does not speak TLS",
            script: [.writeRaw(Array("220 mail.example ESMTP\r\n".utf8)), .waitForEnd]),
        BadServer(
            testDescription: "garbage", cause: .tlsFailed(reason: 267),
            words: "does not speak TLS",
            script: [
                .takeRaw(hello), .writeRaw([UInt8](repeating: 0xA5, count: 600)), .waitForEnd,
            ]),
        BadServer(
            testDescription: "closes before the handshake", cause: .closedInHandshake,
            words: "before TLS was made", script: [.finish, .waitForEnd]),
        BadServer(
            testDescription: "closes in mid-handshake", cause: .closedInHandshake,
            words: "before TLS was made",
            script: [.takeRaw(hello), .writeRaw([0x16, 3, 3, 0, 0x7A, 2]), .finish, .waitForEnd]),
        BadServer(
            testDescription: "resets in mid-handshake", cause: .connectionLost,
            words: "broke", script: [.takeRaw(hello), .reset]),
        BadServer(
            testDescription: "stalls before the handshake", cause: .connectTimedOut,
            words: "in time", deadlines: LinkDeadlines(connectMilliseconds: 100),
            script: [.waitForEnd]),
        BadServer(
            testDescription: "stalls in mid-handshake", cause: .connectTimedOut,
            words: "in time", deadlines: LinkDeadlines(connectMilliseconds: 100),
            script: [.takeRaw(hello), .writeRaw([0x16, 3, 3, 0, 0x7A, 2]), .waitForEnd]),
    ]
}
