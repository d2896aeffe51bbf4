import GatewayLink
import Journal
import LaneRig
import OwnThreads
import PayHub
import Secrets
import Testing
import Timeline
import Values

@testable import Lane

/// A lane that runs for months: what it reads and what it holds do not grow with its years.
@Suite(.blocks) struct LongLifeTests {
    private static let day = 86_400_000

    @Test func `a sweep asks the report for the last nine days`() throws {
        let gateway = try ScriptedGateway([.answer(200, "[]")])
        let endpoint = try GatewayEndpoint(url: "https://localhost:\(gateway.port)")
        let setup = GatewayCaller.Setup(
            endpoint: endpoint, merchant: Merchant(organizationID: 20_001, terminalID: 1))
        let arena = try SecretArena()
        var token = try arena.take(capacity: 8)
        for byte in "token".utf8 { try token.append(byte) }
        let caller = try GatewayCaller(
            setup,
            context: LinkContext(
                endpoint: endpoint, trust: .file(path: gateway.authorityPath)),
            token: token, arena: arena, time: SystemTime())
        var calls = LaneCalls(caller, of: MemoryJournal())
        let since = WallTime(milliseconds: Int64(20 * Self.day + 3_723_000))
        #expect(calls.perform(.sweep(since: since, unswiped: false)) == .swept(.rows([])))
        let asked = try #require(gateway.requests.first?.body)
        #expect(asked.contains(#""trnDateFrom":"1970-01-21 01:02:03""#), "\(asked)")
    }

    @Test func `a payment that the sweep asks for no more is not missed`() throws {
        let rig = try LaneRig(Shop.with())
        for number in 1...5 {
            #expect(try rig.pay(Shop.demand("T\(number)"))?.state == .approved)
            rig.time.advance(milliseconds: 4 * Self.day)
            rig.sweep()
        }
        #expect(!rig.isAlarmed && rig.live.count == 5)
    }

    @Test func `a copy of last week is still found and taken back`() throws {
        let rig = try LaneRig(Shop.with())
        let paid = try #require(try rig.pay(Shop.demand("T1")))
        rig.sweep()
        rig.time.advance(milliseconds: 6 * Self.day)
        try Shop.charge(paid.reference.text, at: rig.shop.core)
        #expect(rig.live.count == 2)
        rig.sweep()
        #expect(rig.live.count == 1)
    }

    @Test func `what a lane holds in memory stays below a limit, and all can still be refunded`()
        throws
    {
        var waits = LaneRig.Waits()
        waits.heldMaximum = 40
        let rig = try LaneRig(Shop.with(), waits)
        let first = try #require(try rig.pay(Shop.demand("T1")))
        for number in 2...60 {
            rig.time.advance(milliseconds: LaneTimes().duplicate + 1)
            #expect(try rig.pay(Shop.demand("T\(number)"))?.state == .approved)
        }
        rig.sweep()
        #expect(rig.lane.heldCount <= 40)
        try rig.lane.followUp(.refund, of: first)
        rig.work()
        let family = try rig.shop.journal.attempts(AttemptQuery(.ticket(first.ticket)))
        #expect(family.contains { $0.operation == .refund && $0.state == .approved })
        rig.time.advance(milliseconds: LaneTimes().duplicate + 1)
        #expect(try rig.pay(Shop.demand("T61"))?.state == .approved)
        rig.time.advance(milliseconds: LaneTimes().betweenReads + 1)
        rig.sweep()
        #expect(!rig.isAlarmed && rig.wrong == [])
    }
}
