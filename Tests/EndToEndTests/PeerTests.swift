import Foundation
import OwnThreads
import Testing
import TillPrograms

/// Whom the unix socket lets in by the kernel's word, tried by processes of users that are others.
@Suite(
    .blocks, .timeLimit(.minutes(3)),
    .enabled(if: geteuid() == 0, "only root can run a till as another user: run the tests as root"))
struct PeerTests {
    /// A user and a group that every Debian has.
    struct Peer: Sendable {
        let user: Int
        let group: Int

        static let nobody = Peer(user: 65_534, group: 65_534)
        static let daemon = Peer(user: 1, group: 1)
        static let nobodyAtGames = Peer(user: 65_534, group: 60)

        /// Asks for a payment as this user.
        func pay(_ cents: Int, _ service: RunningService) throws -> Programs.Result {
            try Programs.run(
                "/usr/bin/setpriv",
                [
                    "--reuid=\(user)", "--regid=\(group)", "--clear-groups", "/usr/bin/curl", "-sS",
                    "--max-time", "30", "--unix-socket", service.socket, "-H",
                    "Idempotency-Key: by-\(user)-\(group)", "--json",
                    #"{"operation":"sale","amount":{"cents":\#(cents),"currency":"USD"}}"#,
                    "http://localhost/v1/payments",
                ])
        }
    }

    private static func rig(
        _ settings: [String: Any], _ body: (RunningEmulator, RunningService) throws -> Void
    ) throws {
        let emulator = try RunningEmulator("--operator", "0")
        defer { emulator.stop() }
        let folder = try Scratch()
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: folder.url.path)
        let service = try RunningService(
            folder: folder.url.path,
            configuration: try emulator.configuration(["service": settings]))
        try body(emulator, service)
    }

    @Test func `where nobody else is allowed, another user does not even reach the socket`()
        throws
    {
        try Self.rig([:]) { emulator, service in
            let refused = try Peer.nobody.pay(1275, service)
            #expect(refused.status == 7, "\(refused.complaint)")
            #expect(refused.output.isEmpty)
            #expect(try service.paid(100, key: "own").state == "approved")
            #expect(try emulator.orders() == ["100 /api/v2/sale"])
            let mode = try FileManager.default.attributesOfItem(atPath: service.socket)
            #expect(mode[.posixPermissions] as? Int == 0o660)
            #expect(service.end() == 0)
            #expect(try !service.audit().joined().contains("refusedPeer"))
        }
    }

    @Test func `where some are allowed, others are cut off without effect, and the chain says who`()
        throws
    {
        let allowed = ["allowedUsers": ["daemon"], "allowedGroups": ["games"]]
        try Self.rig(allowed) { emulator, service in
            let refused = try Peer.nobody.pay(1275, service)
            // The end of the connection, which curl meets while it connects, sends or reads.
            #expect([7, 52, 55, 56].contains(refused.status), "\(refused.complaint)")
            #expect(refused.output.isEmpty)
            for (peer, cents) in [(Peer.daemon, 201), (.nobodyAtGames, 202)] {
                let taken = try peer.pay(cents, service)
                #expect(taken.lines.first?["state"] as? String == "waitingForCard", "\(peer)")
                let reference = try #require(taken.lines.first?["reference"] as? String)
                _ = try service.swipe()
                #expect(try service.follow(reference).last == "approved")
            }
            #expect(try emulator.orders() == ["201 /api/v2/sale", "202 /api/v2/sale"])
            #expect(service.end() == 0)
            let told = try service.audit().filter { $0.contains("refusedPeer") }
            #expect(told.count == 1, "\(told)")
            #expect(told.first?.contains("user 65534") == true)
        }
    }
}
