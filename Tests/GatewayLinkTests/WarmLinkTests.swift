import Foundation
import Glibc
import OwnThreads
import PayHub
import Secrets
import Synchronization
import Testing
import Timeline
import Values

@testable import GatewayLink
@testable import HotPath

/// A link that is armed: what is done before the swipe, so that nothing is left to do at it.
@Suite(.blocks) struct WarmLinkTests {
    private static let idle: [ScriptedServer.Step] = [.handshake, .waitForEnd]

    @Test func `tickets are read when the lane is armed, and resumed with, without a payment`()
        throws
    {
        let server = try ScriptedServer([Self.idle, Self.idle])
        var patient = LinkDeadlines()
        patient.ticketMilliseconds = 30_000
        var till = try Till(server, deadlines: patient)
        try till.arm()
        let firstWasResumed = till.path.linkWasResumed
        #expect(!firstWasResumed)
        let descriptor = till.path.link.connection?.descriptor
        #expect(try unreadBytes(#require(descriptor)) == 0)
        try till.arm()
        let secondWasResumed = till.path.linkWasResumed
        #expect(secondWasResumed)
        till.path.disarm()
        #expect(try server.finished().requestsOfEach == [0, 0])
    }

    @Test(arguments: [0, 1, 4])
    func `a gateway may send any number of tickets`(tickets: Int) throws {
        let server = try ScriptedServer([Self.idle], setup: ServerSetup(tickets: tickets))
        var link = try LinkFixture.link(server)
        try link.open()
        let isAlive = link.isAlive()
        #expect(isAlive)
        link.close()
        #expect(try server.finished().connections == 1)
    }

    @Test func `the options of the connection are set`() throws {
        let server = try ScriptedServer([
            [.handshake, .readRequest, .write(LinkFixture.created), .waitForEnd]
        ])
        var link = try LinkFixture.link(server)
        try link.open()
        let open = link.connection?.descriptor
        let descriptor = try #require(open)
        let tcp = Int32(IPPROTO_TCP)
        #expect(option(descriptor, tcp, TCP_NODELAY) != 0)
        #expect(option(descriptor, SOL_SOCKET, SO_KEEPALIVE) != 0)
        #expect(option(descriptor, tcp, TCP_KEEPIDLE) == 15)
        #expect(option(descriptor, tcp, TCP_KEEPINTVL) == 5)
        #expect(option(descriptor, tcp, TCP_USER_TIMEOUT) == 45_000)
        #expect(try LinkFixture.failure(&link, LinkFixture.post()) == nil)
        let flags = fcntl(descriptor, F_GETFL)
        #expect(flags & O_NONBLOCK != 0)
        let isClosedInChildren = fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0
        #expect(isClosedInChildren)
        link.close()
        #expect(try server.finished().requests.count == 1)
    }

    @Test func `a part of an answer is acknowledged at once, for the rest may wait for that`()
        throws
    {
        let cut = LinkFixture.created.index(LinkFixture.created.startIndex, offsetBy: 20)
        let server = try ScriptedServer([
            [
                .handshake, .readRequest, .write(String(LinkFixture.created[..<cut])), .report,
                .pause, .write(String(LinkFixture.created[cut...])), .waitForEnd,
            ]
        ])
        var link = try LinkFixture.link(server)
        try link.open()
        let open = link.connection?.descriptor
        let descriptor = try #require(open)
        let wasSeen = Mutex(false)
        let watcher = Thread {
            do { try server.waitForReport() } catch { return }
            // The option is off since the request went out.
            for _ in 0..<30_000_000 where !wasSeen.withLock({ $0 }) {
                let isOn = option(descriptor, Int32(IPPROTO_TCP), TCP_QUICKACK) == 1
                wasSeen.withLock { $0 = isOn }
                sched_yield()
            }
            server.proceed()
        }
        watcher.start()
        #expect(try LinkFixture.failure(&link, LinkFixture.post()) == nil)
        let isOn = wasSeen.withLock { $0 }
        #expect(isOn)
        link.close()
        #expect(try server.finished().requests.count == 1)
    }

    @Test func `the link of a payment is closed when its outcome has been told, or by arming`()
        throws
    {
        let paid: [ScriptedServer.Step] = [
            .handshake, .readRequest, .write(Till.created), .readRequest, .write(Till.approved),
            .waitForEnd,
        ]
        let server = try ScriptedServer([paid, paid])
        var till = try Till(server)
        try till.arm()
        #expect(isApproved(try till.submit()))
        let untold = leftBehind(till.path)
        #expect(untold == [true, false, true, true])
        try till.arm()
        #expect(isApproved(try till.submit()))
        till.path.rest()
        let told = leftBehind(till.path)
        #expect(told == [false, false, true, true])
        #expect(try server.finished().requestsOfEach == [2, 2])
    }

    @Test func `arming rehearses the whole way and leaves nothing of it`() throws {
        let server = try ScriptedServer([Self.idle])
        var till = try Till(server)
        try till.arm()
        let armed = till.path.armed
        let (prepared, today) = try (#require(armed).prepared, #require(armed).today)
        let request = ends(of: till.path.request)
        #expect(request.last == UInt8(ascii: "\""))
        let isEmpty = till.path.answer.count == 0 && till.path.inquiry.count == 0
        #expect(isEmpty)
        let isWhole = till.path.rehearse(prepared, today: today)
        #expect(isWhole)
        let written = ends(of: till.path.request)
        #expect(written != request)
        RequestWriter.forgetCard(prepared, in: &till.path.request)
        let kept = ends(of: till.path.request)
        #expect(kept == request)
        till.path.disarm()
        #expect(try server.finished().requests.isEmpty)
    }

    /// The last bytes of a request: of the record format when it ends before the card.
    private func ends(of request: borrowing SecretBytes) -> [UInt8] {
        request.withBytes { bytes in bytes.indices.suffix(16).map { bytes[$0] } }
    }

    private func isApproved(_ outcome: Outcome) -> Bool {
        if case .approved = outcome { true } else { false }
    }

    /// Whether the link is open and the path armed; whether request and answer are wiped.
    private func leftBehind(_ path: borrowing HotPath) -> [Bool] {
        [path.link.isOpen, path.isArmed, path.request.count == 0, path.answer.count == 0]
    }

    @Test func `a link that is replaced in a payment does not ask the resolver again`() throws {
        let server = try ScriptedServer([])
        var link = try LinkFixture.link(server)
        // Never opened: there is no address, and none is looked for.
        let failure = failureToReopen(&link)
        #expect(failure == LinkFailure(.notOpen, sent: .nothing))
        #expect(try server.finished().connections == 0)
    }

    private func failureToReopen(_ link: inout GatewayLink) -> LinkFailure? {
        do throws(LinkFailure) { try link.reopen() } catch { return error }
        return nil
    }

    private func option(_ descriptor: Int32, _ level: Int32, _ name: Int32) -> Int32 {
        var value: Int32 = -1
        var size = socklen_t(MemoryLayout<Int32>.size)
        _ = unsafe getsockopt(descriptor, level, name, &value, &size)
        return value
    }

    /// What the kernel holds for the process.
    private func unreadBytes(_ descriptor: Int32) throws -> Int32 {
        var count: Int32 = -1
        guard unsafe ioctl(descriptor, UInt(FIONREAD), &count) == 0 else { throw TestFailure.setUp }
        return count
    }
}
