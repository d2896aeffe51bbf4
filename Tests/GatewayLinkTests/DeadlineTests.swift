import OwnThreads
import Testing
import Timeline
import Values

@testable import GatewayLink

/// How long a payment may stay unknown: the answer's deadline and two tries to read the resource.
///
/// The clock is moved by the gateway's steps; how long the test itself takes says nothing.
@Suite(.blocks) struct DeadlineTests {
    private typealias Step = ScriptedServer.Step

    @Test func `a doubt is told at most 65 seconds after the send`() throws {
        let silent: [Step] = [.handshake, .readRequest, .advance(10_001), .waitForEnd]
        let doubt = try pay([
            [
                .handshake, .readRequest, .advance(44_900), .write(Till.created), .readRequest,
                .advance(10_001), .waitForEnd,
            ], silent,
        ])
        #expect(doubt.outcome == .inDoubt(Doubt(.resourceUnreadable, transactionID: "7")))
        #expect(doubt.seconds <= 65)
        #expect(doubt.requests == [2, 1])
    }

    @Test func `an answer that does not come is told after 45 seconds, and not read for`() throws {
        let doubt = try pay([[.handshake, .readRequest, .advanceUntilEnd(45_001), .waitForEnd]])
        #expect(doubt.outcome == .inDoubt(Doubt(.timedOut)))
        #expect(doubt.requests == [1])
        let early = try pay([
            [
                .handshake, .readRequest, .advance(44_900), .write(Till.created), .readRequest,
                .write(Till.approved), .waitForEnd,
            ]
        ])
        #expect(Till.isApproved(early.outcome))
    }

    @Test func `a gateway that does not take the second link has no more than its time`() throws {
        let doubt = try pay([
            [
                .handshake, .readRequest, .write(Till.created), .readRequest, .advance(9_000),
                .finish, .waitForEnd,
            ], [.advance(5_001), .waitForEnd],
        ])
        #expect(doubt.outcome == .inDoubt(Doubt(.resourceUnreadable, transactionID: "7")))
        #expect(doubt.requests == [2, 0])
        #expect(doubt.seconds < 20)
    }

    @Test func `a bill elsewhere and its resource have the time of two reads together`() throws {
        let elsewhere = Till.created.replacing("/api/v2", with: "https://gateway.example/api/v2")
        let silent: [Step] = [.handshake, .readRequest, .advance(10_001), .waitForEnd]
        let doubt = try pay([
            [
                .handshake, .readRequest, .write(elsewhere), .readRequest, .advance(10_001),
                .waitForEnd,
            ], silent,
        ])
        #expect(doubt.outcome == .inDoubt(Doubt(.locationForeign, transactionID: "7")))
        #expect(doubt.requests == [2, 1])
        #expect(doubt.seconds <= 21)
    }

    @Test func `a resource that is late, but in time, is still read`() throws {
        let paid = try pay([
            [
                .handshake, .readRequest, .advance(44_900), .write(Till.created), .readRequest,
                .finish, .waitForEnd,
            ],
            [.handshake, .readRequest, .advance(9_000), .write(Till.approved), .waitForEnd],
        ])
        #expect(Till.isApproved(paid.outcome))
        #expect(paid.requests == [2, 1])
    }

    private struct Told {
        let outcome: Outcome
        /// By the clock of the test.
        let seconds: UInt64
        let requests: [Int]
    }

    private func pay(_ scripts: [[Step]]) throws -> Told {
        let time = ManualTime(today: 20_778)
        let server = try ScriptedServer(scripts, time: time)
        var till = try Till(server, time: time)
        try till.arm()
        let outcome = try till.swipe()
        let end = time.now()
        let seen = try server.finished()
        return Told(
            outcome: outcome, seconds: end.nanoseconds / 1_000_000_000,
            requests: seen.requestsOfEach)
    }
}
