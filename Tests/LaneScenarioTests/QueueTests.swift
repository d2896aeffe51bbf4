import Emulator
import Journal
import Lane
import LaneRig
import OwnThreads
import Testing
import Timeline
import Values

/// One payment in the foreground, one that waits, and cancels from another thread.
@Suite(.blocks) struct QueueTests {
    @Test func `a second payment waits, durable and not sendable, and has its turn`() throws {
        let rig = try LaneRig(Shop.with())
        _ = try #require(try rig.lane.arm(Shop.demand("T1")))
        let second = try #require(try rig.lane.arm(Shop.demand("T2", cents: 900)))
        #expect(second.state == .queued && rig.lane.queued == second)
        #expect(try rig.kept(second)?.state == .queued)
        #expect(rig.news.contains(.queued(second)))
        #expect(try rig.lane.arm(Shop.demand("T3")) == nil)
        #expect(rig.refusals == [.busy])
        #expect(try rig.swipe()?.state == .approved)
        #expect(rig.lane.armed == nil, "the first outcome does not wait for the second's link")
        #expect(rig.lane.nextWork == rig.time.now())
        _ = rig.lane.takeCall()
        #expect(rig.lane.armed?.reference == second.reference && rig.lane.queued == nil)
        #expect(try rig.swipe(.masterCard)?.state == .approved)
        #expect(rig.live.count == 2 && rig.wrong == [])
    }

    @Test func `a payment that waits is cancelled like any, and leaves room for another`() throws {
        let rig = try LaneRig(Shop.with())
        _ = try #require(try rig.lane.arm(Shop.demand("T1")))
        let second = try #require(try rig.lane.arm(Shop.demand("T2")))
        rig.lane.cancel(second.ticket)
        #expect(rig.ends == [.cancelled])
        #expect(try rig.kept(second)?.state == .cancelled)
        #expect(try rig.lane.arm(Shop.demand("T3"))?.state == .queued)
        #expect(rig.lane.armed?.ticket.text == "T1")
    }

    @Test func `the ticket in the foreground cannot wait as well`() throws {
        let rig = try LaneRig(Shop.with())
        let first = try #require(try rig.lane.arm(Shop.demand("T1")))
        #expect(try rig.lane.arm(Shop.demand("T1")) == nil)
        #expect(rig.refusals == [.ticketInDoubt(first.reference)])
    }

    @Test func `what waited is told as not sent after a restart, whatever the latch says`() throws {
        let folder = try TemporaryFolder()
        let shop = try Shop.with()
        shop.latch = try Latch.open(folder.path, bootID: "one")
        var rig = try LaneRig(shop)
        _ = try #require(try rig.lane.arm(Shop.demand("T1")))
        let second = try #require(try rig.lane.arm(Shop.demand("T2")))
        shop.latch = try Latch.open(folder.path, bootID: "two")
        rig = try LaneRig(shop)
        #expect(rig.ends == [.notSent])
        #expect(try rig.kept(second)?.facts.settledBy == .latch)
        #expect(rig.lane.inDoubt.map(\.ticket.text) == ["T1"])
    }

    @Test func `a full disk while a payment waits stops the lane, and nothing waits`() throws {
        let shop = try Shop.with()
        let journal = MemoryJournal()
        shop.journal = journal
        let rig = try LaneRig(shop)
        _ = try #require(try rig.lane.arm(Shop.demand("T1")))
        journal.fail(after: 0)
        #expect(try rig.lane.arm(Shop.demand("T2")) == nil)
        #expect(rig.lane.stop != nil && rig.lane.queued == nil)
    }

    @Test func `a cancel from another thread before the claim sends nothing`() throws {
        let shop = try Shop.with()
        let rig = try LaneRig(shop)
        let armed = try #require(try rig.lane.arm(Shop.demand("T1")))
        rig.lane.cancelling.ask(armed.ticket)
        #expect(try rig.swipe()?.state == .cancelled)
        #expect(rig.ends == [.cancelled] && rig.live == [])
        #expect(shop.core.posts.all.filter { $0.reference == armed.reference.text } == [])
    }

    @Test func `a cancel from another thread while it is sent is a wish, and money goes back`()
        throws
    {
        let shop = try Shop.with()
        let rig = try LaneRig(shop)
        let armed = try #require(try rig.lane.arm(Shop.demand("T1")))
        let cancelling = rig.lane.cancelling
        shop.base.gateway.whenPosted { cancelling.ask(armed.ticket) }
        #expect(try rig.swipe()?.state == .reversing)
        #expect(rig.news.contains(.willBeCancelled(armed.ticket)))
        rig.work()
        #expect(try rig.kept(armed)?.state == .reversed)
        #expect(rig.live == [] && rig.wrong == [])
    }

    @Test func `a cancel that comes too late is not taken, and the ticket's next payment stands`()
        throws
    {
        let rig = try LaneRig(Shop.with(once(.declineWithCode)))
        let declined = try #require(try rig.pay(Shop.demand("T1")))
        #expect(declined.state == .declined)
        rig.lane.cancelling.ask(declined.ticket)
        #expect(try rig.pay(Shop.demand("T1"), .masterCard)?.state == .approved)
        #expect(rig.live.count == 1 && rig.wrong == [])
    }

    @Test func `a cancel for which no swipe comes any more is taken at once`() throws {
        let rig = try LaneRig(Shop.with())
        let armed = try #require(try rig.lane.arm(Shop.demand("T1")))
        #expect(try rig.swipe(.unreadable)?.state == .intent)
        rig.lane.cancelling.ask(armed.ticket)
        #expect(rig.lane.nextWork == rig.time.now())
        _ = rig.lane.takeCall()
        #expect(rig.ends == [.cancelled] && rig.lane.armed == nil)
        #expect(!rig.lane.cancelling.ask(armed.ticket))
    }

    @Test func `a call may be out while the lane sells, and its result comes when it comes`() throws
    {
        let rig = try LaneRig(Shop.with(once(.dropAfterCommit)))
        let doubtful = try #require(try rig.pay(Shop.demand("T1")))
        rig.time.advance(milliseconds: 2000)
        let call = try #require(rig.lane.takeCall())
        #expect(rig.lane.takeCall() == nil, "one call is out at a time")
        #expect(try rig.pay(Shop.demand("T2"), .masterCard)?.state == .approved)
        rig.lane.called(call, .unknown)
        rig.work()
        #expect(try rig.kept(doubtful)?.state == .approved)
        #expect(rig.live.count == 2 && rig.wrong == [])
    }
}
