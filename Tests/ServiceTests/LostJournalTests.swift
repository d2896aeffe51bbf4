import HostileClient
import Journal
import Lane
import LaneRig
import Testing
import Timeline
import Values

@testable import Service

/// What is told of a payment whose end cannot be written down.
@Suite struct LostJournalTests {
    @Test func `a payment that was sent on a full disk is told to be in doubt, not being sent`()
        throws
    {
        let shop = try Shop(RigBase())
        let journal = MemoryJournal()
        shop.journal = journal
        let rig = try LaneRig(shop)
        let board = LaneBoard { WallTime(milliseconds: 0) }
        let news = LaneClerk.NewsList()
        let clerk = LaneClerk(lane: rig.lane, journal: journal, board: board, news: news) {
            WallTime(milliseconds: 0)
        }
        let armed = try #require(try rig.lane.arm(Shop.demand("T1")))
        board.show(armed) { $0.phase = .sending }
        let before = rig.news.count
        journal.fail(after: 0)
        let sent = try #require(try rig.swipe())
        rig.news.dropFirst(before).forEach(news.add)
        clerk.submitted(
            sent, stages: StageTimes(), outcome: .inDoubt(Doubt(.timedOut)), warnings: [])
        #expect(shop.charges.count == 1, "the gateway has charged it")
        #expect(board.view.stop != nil)
        let kept = try #require(journal.attempt(armed.sequence))
        let words = PaymentWords(attempt: kept, live: board.view.live(armed.sequence))
        #expect(words.state == .inDoubt)
    }

    @Test func `a refund to a card whose answer was lost is in doubt, and may be cancelled`()
        async throws
    {
        try await ServiceRig.run { rig in
            let ticket = try #require(Ticket("R-1"))
            let refund = try rig.add(.init(.refund, try Amount(cents: 500), ticket: ticket))
            let told = try await rig.ask("GET", "/v1/payments/\(refund.reference)")
            #expect(told["state"] == "inDoubt")
            #expect(told.body.contains(#""can":["cancel"]"#), "\(told.body)")
        }
    }
}
