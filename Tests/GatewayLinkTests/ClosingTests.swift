import Foundation
import OwnThreads
import PayHub
import Secrets
import Testing
import Timeline
import Values

@testable import GatewayLink
@testable import HotPath

/// A gateway that closes the connection: the request is seen once at most, and what is told of
/// it agrees with what the server has seen. A thousand closes in all.
@Suite(.blocks) struct ClosingTests {
    static let closesOfALink = 450
    static let closesOfAPath = 450
    static let closesInTheSendBuffer = 100

    @Test func `a link tells nothing or all sent, and the server sees one request at most`() throws
    {
        let closings = Closing.some(Self.closesOfALink)
        let server = try ScriptedServer(closings.map(\.script))
        var link = try LinkFixture.link(server)
        let post = LinkFixture.post(String(repeating: "x", count: 600))
        for closing in closings {
            try link.open()
            if closing.point == .idle { try Self.letClose(server, link.connection) }
            let failure = try LinkFixture.failure(&link, post)
            let expected: SentExtent = closing.point == .idle ? .nothing : .all
            #expect(failure?.sent == expected, "\(closing.testDescription)")
            let isOpen = link.isOpen
            #expect(!isOpen)
        }
        let seen = try server.finished()
        #expect(seen.requestsOfEach == closings.map(\.requests))
    }

    @Test func `a path replaces a link that died idle, and no other, and pays once`() throws {
        let closings = Closing.some(Self.closesOfAPath)
        let sound: [ScriptedServer.Step] = [
            .handshake, .readRequest, .write(Till.created), .readRequest,
            .write(Till.approved), .waitForEnd,
        ]
        let scripts = closings.flatMap {
            $0.point == .idle ? [$0.script, sound] : [$0.script]
        }
        let server = try ScriptedServer(scripts)
        var till = try Till(server)
        for closing in closings {
            try till.arm()
            if closing.point == .idle { try Self.letClose(server, till.path.link.connection) }
            let outcome = try till.swipe()
            if closing.point == .idle {
                #expect(Till.isApproved(outcome), "\(closing.testDescription)")
            } else {
                let doubt = Outcome.inDoubt(Doubt(.connectionClosed))
                #expect(outcome == doubt, "\(closing.testDescription)")
            }
        }
        let seen = try server.finished()
        // The sound connection sees the POST and the GET of its resource.
        let expected = closings.flatMap { $0.point == .idle ? [0, 2] : [$0.requests] }
        #expect(seen.requestsOfEach == expected)
        let posts = seen.requests.filter { $0.hasPrefix("POST ") }
        #expect(posts.count == closings.filter { $0.point == .idle || $0.requests == 1 }.count)
        #expect(Set(posts).count == posts.count)
    }

    @Test func `what the kernel has not taken whole was not sent, and is never seen`() throws {
        let request = [UInt8](repeating: UInt8(ascii: "x"), count: 16_384)
        for index in 0..<Self.closesInTheSendBuffer {
            let pair = try SocketPair()
            pair.shrink()
            let before = pair.client.traffic
            let server = pair.closeInBackground(after: index * 37 % 4_000)
            #expect(throws: LinkFailure.Cause.connectionLost) {
                try pair.client.write(request.span, within: 30_000)
            }
            server.wait()
            let extent = pair.client.extent(since: before)
            #expect(extent == .part)
            let outcome = LinkFailure(.connectionLost, sent: extent).outcomeOfPost
            #expect(outcome == .notSent(.connectionLost))
        }
    }

    @Test func `there are a thousand of them, of each kind`() {
        let all = Closing.some(Self.closesOfALink) + Closing.some(Self.closesOfAPath)
        #expect(all.count + Self.closesInTheSendBuffer == 1_000)
        for way in Closing.Way.allCases {
            #expect(all.filter { $0.way == way && $0.point == .idle }.count >= 50)
            #expect(all.filter { $0.way == way && $0.point == .behind }.count >= 50)
        }
    }

    /// Lets the server close, and waits until the client's kernel knows.
    private static func letClose(_ server: ScriptedServer, _ connection: TLSConnection?) throws {
        server.proceed()
        try server.waitForReport()
        let limit = SystemTime().now().adding(milliseconds: 30_000)
        guard let connection, connection.wait(for: POLLIN, until: limit) else {
            throw TestFailure.timedOut
        }
    }
}
