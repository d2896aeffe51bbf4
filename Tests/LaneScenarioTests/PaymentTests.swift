import Emulator
import HotPath
import Journal
import Lane
import LaneRig
import OwnThreads
import Readers
import SealedFrames
import Synchronization
import Testing
import Timeline
import Values

/// A payment on a lane, from the decision to the word that the till hears.
@Suite(.blocks) struct PaymentTests {
    @Test func `the intent is durable when the request reaches the gateway`() throws {
        let shop = try Shop.with()
        let rig = try LaneRig(shop)
        let seen = Mutex<AttemptState?>(nil)
        let (journal, first) = (shop.journal, shop.firstSequence)
        shop.base.gateway.whenPosted {
            let state = try? journal.attempt(first)?.state
            seen.withLock { $0 = state }
        }
        #expect(try rig.pay(Shop.demand("T1"))?.state == .approved)
        #expect(seen.withLock { $0 } == .intent)
        #expect(rig.live.count == 1 && rig.wrong == [])
    }

    @Test func `without a durable intent no link is opened`() throws {
        let shop = try Shop.with()
        let journal = MemoryJournal()
        shop.journal = journal
        let rig = try LaneRig(shop)
        journal.fail(after: 0)
        #expect(try rig.lane.arm(Shop.demand("T1")) == nil)
        #expect(rig.lane.stop != nil)
        #expect(shop.base.gateway.connectionCount == 0)
    }

    @Test func `a bad read leaves the lane armed for the same reference`() throws {
        let rig = try LaneRig(Shop.with())
        let armed = try #require(try rig.lane.arm(Shop.demand("T1")))
        #expect(try rig.swipe(.unreadable)?.state == .intent)
        #expect(rig.lane.armed?.reference == armed.reference)
        guard case .swipeAgain(_, .badRead)? = rig.news.last else {
            Issue.record("the till is not told to swipe again")
            return
        }
        let paid = try rig.swipe()
        #expect(paid?.reference == armed.reference && paid?.state == .approved)
    }

    @Test func `a cancel while armed is durable and told, and nothing is sent`() throws {
        let shop = try Shop.with()
        let rig = try LaneRig(shop)
        let armed = try #require(try rig.lane.arm(Shop.demand("T1")))
        rig.lane.cancel(armed.ticket)
        #expect(rig.ends == [.cancelled])
        #expect(try rig.kept(armed)?.state == .cancelled)
        #expect(rig.lane.armed == nil)
        #expect(shop.core.posts.all.filter { $0.reference == armed.reference.text } == [])
    }

    @Test func `a cancel after the sending is a wish, and ends with the money given back`() throws {
        let rig = try LaneRig(Shop.with(once(.dropAfterCommit)))
        let sent = try #require(try rig.pay(Shop.demand("T1")))
        #expect(sent.state == .intent && rig.live.count == 1)
        rig.lane.cancel(sent.ticket)
        #expect(rig.news.last == .willBeCancelled(sent.ticket))
        #expect(try rig.shop.journal.wishes() == [sent.ticket])
        rig.work()
        #expect(try rig.kept(sent)?.state == .reversed)
        #expect(rig.live == [] && rig.wrong == [])
        #expect(try rig.lane.arm(Shop.demand("T1")) == nil)
        #expect(rig.refusals == [.ticketCancelled])
    }

    @Test func `the same card and amount again is asked about, and goes on a word`() throws {
        let rig = try LaneRig(Shop.with())
        #expect(try rig.pay(Shop.demand("T1"))?.state == .approved)
        let second = try #require(try rig.lane.arm(Shop.demand("T2")))
        try rig.swipe()
        #expect(rig.news.contains(.duplicateSwipe(second)))
        #expect(rig.live.count == 1 && rig.lane.armed != nil)
        rig.lane.confirmDuplicate()
        #expect(try rig.swipe()?.state == .approved)
        #expect(rig.live.count == 2)
    }

    @Test func `the same card is not asked about after the window, nor another amount`() throws {
        let rig = try LaneRig(Shop.with())
        #expect(try rig.pay(Shop.demand("T1"))?.state == .approved)
        #expect(try rig.pay(Shop.demand("T2", cents: 1276))?.state == .approved)
        rig.time.advance(milliseconds: LaneTimes().duplicate + 1)
        #expect(try rig.pay(Shop.demand("T3"))?.state == .approved)
    }

    @Test func `an encrypted block whose number does not rise is refused`() throws {
        let rig = try LaneRig(Shop.with())
        let frames = try ["2", "2", "1", "3"].map { digit in
            var frame = SealedFrame(
                track1: "B4012881888818888^TEST/CARD^49121010000000000000",
                track2: "4012881888818888=49121010000000001")
            frame.keySerialNumber = "FFFF9876543210E0000" + digit
            return try frame.bytes()
        }
        let profile = try #require(
            ReaderCatalogue.rows.first { $0.identity.model == "UNIMAGII" })
        var states: [AttemptState?] = []
        for (index, bytes) in frames.enumerated() {
            if rig.lane.armed == nil { _ = try rig.lane.arm(Shop.demand("T\(index)")) }
            let swipe = try TestCard.swipe(bytes, profile, in: rig.shop.base.arena)
            states.append(rig.lane.submit(swipe, inHand: rig.time.now())?.attempt.state)
        }
        #expect(states == [.approved, .intent, .intent, .approved])
        let refused = rig.news.count {
            if case .swipeAgain(_, .refused(.replayedBlock)) = $0 { true } else { false }
        }
        #expect(refused == 2 && rig.live.count == 2)
    }

    @Test func `a ticket in doubt takes no second swipe while other tickets go on`() throws {
        let rig = try LaneRig(Shop.with(once(.dropAfterCommit)))
        let doubtful = try #require(try rig.pay(Shop.demand("T1")))
        #expect(rig.lane.inDoubt.map(\.reference) == [doubtful.reference])
        #expect(try rig.lane.arm(Shop.demand("T1")) == nil)
        #expect(rig.refusals == [.ticketInDoubt(doubtful.reference)])
        #expect(try rig.pay(Shop.demand("T2"), .masterCard)?.state == .approved)
        rig.work()
        #expect(try rig.kept(doubtful)?.state == .approved)
        #expect(rig.live.count == 2 && rig.wrong == [])
    }

    @Test func `the transaction of another payment is no answer to this one`() throws {
        let rig = try LaneRig(Shop.with())
        let sent = try #require(try rig.pay(Shop.demand("T1", cents: 900)))
        #expect(sent.state == .approved)
        rig.shop.core.faults.add([once(.locationOfAnother)])
        let second = try #require(try rig.pay(Shop.demand("T2")))
        #expect(second.state == .intent)
        rig.work()
        rig.sweep()
        let kept = try #require(try rig.kept(second))
        #expect(kept.state == .approved)
        #expect(rig.live.map(\.id).contains(kept.facts.transactionID ?? ""))
        #expect(rig.live.count == 2 && rig.wrong == [])
    }

    @Test func `the sweep takes nothing back that the gateway has under another name`() throws {
        let rig = try LaneRig(Shop.with())
        let other = try Shop.charge("another lane", at: rig.shop.core)
        rig.shop.core.faults.add([once(.locationOfAnother)])
        #expect(try rig.pay(Shop.demand("T1"))?.facts.transactionID == other)
        rig.sweep()
        #expect(rig.isAlarmed)
        #expect(rig.live.count == 2)
    }

    @Test func `a paid ticket is refused`() throws {
        let rig = try LaneRig(Shop.with())
        let paid = try #require(try rig.pay(Shop.demand("T1")))
        #expect(try rig.lane.arm(Shop.demand("T1")) == nil)
        #expect(rig.refusals == [.ticketPaid(paid.reference)])
    }

    @Test func `a declined ticket may be paid with another card`() throws {
        let rig = try LaneRig(Shop.with())
        #expect(try rig.pay(Shop.demand("T1", cents: 20), .declining)?.state == .declined)
        #expect(try rig.pay(Shop.demand("T1", cents: 20))?.state == .approved)
        #expect(rig.live.count == 1 && rig.wrong == [])
    }

    @Test(arguments: [FaultName.resourceAmountTimes100, .rowAmountTimes100])
    func `an amount that the gateway tells a hundredfold stops the lane`(_ fault: FaultName) throws
    {
        // The bill is read when the sale's own resource could not be.
        let unread: FaultName =
            fault == .rowAmountTimes100 ? .dropAfterCommit : .resourceError
        let rig = try LaneRig(Shop.with(FaultRule(fault), once(unread)))
        try rig.pay(Shop.demand("T1"))
        rig.work(minutes: 5)
        guard case .mismatch? = rig.lane.stop else {
            Issue.record("the lane goes on")
            return
        }
        #expect(rig.isAlarmed)
        #expect(try rig.lane.arm(Shop.demand("T3")) == nil)
    }

    @Test func `a failed write shows the answer and stops the lane; the next start knows it`()
        throws
    {
        let shop = try Shop.with()
        let journal = try #require(shop.journal as? MemoryJournal)
        var rig = try LaneRig(shop)
        #expect(try rig.lane.arm(Shop.demand("T1")) != nil)
        journal.fail(after: 0)
        let swipe = try TestCard.visa.swipe(in: shop.base.arena)
        let answer = rig.lane.submit(swipe, inHand: rig.time.now())
        guard case .approved? = answer?.report.outcome else {
            Issue.record("the answer is lost")
            return
        }
        #expect(rig.ends == [])
        #expect(try rig.lane.arm(Shop.demand("T2")) == nil)
        guard case .stopped? = rig.refusals.last else {
            Issue.record("the lane sells on")
            return
        }
        journal.fail(after: .max)
        rig = try LaneRig(shop)
        #expect(rig.lane.inDoubt.count == 1)
        rig.work()
        #expect(rig.ends == [.approved] && rig.live.count == 1 && rig.wrong == [])
    }
}
