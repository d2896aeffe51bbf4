import Emulator
import HotPath
import Journal
import Lane
import LaneRig
import OwnThreads
import PayHub
import Secrets
import Testing
import Timeline
import Values

/// Money to a card without a payment: an attempt like a sale, with money going the other way.
@Suite(.blocks) struct UnlinkedRefundTests {
    /// The gateway asks for a customer with each of them.
    private static let details = {
        var details = OrderDetails()
        details.customer = Customer(name: ("Ann", "Test"), emailAddress: "ann@example.com")
        return details
    }()

    private func arm(_ rig: LaneRig, _ ticket: String = "R1") throws -> Attempt? {
        try rig.lane.arm(Shop.demand(ticket, .refund), Self.details)
    }

    @discardableResult
    private func give(_ rig: LaneRig, _ ticket: String = "R1") throws -> Attempt? {
        _ = try #require(try arm(rig, ticket))
        return try rig.swipe()
    }

    /// Cents that cards have got at the gateway.
    private func given(_ rig: LaneRig) -> [Int] {
        rig.shop.charges.filter { $0.kind == .refund && $0.liveCents != 0 }.map { -$0.liveCents }
    }

    @Test func `a swiped card gets the money, once, under the attempt's reference`() throws {
        let rig = try LaneRig(Shop.with())
        let done = try #require(try give(rig))
        #expect(done.state == .approved && done.isUnlinkedRefund)
        #expect(rig.ends == [.approved] && given(rig) == [1275] && rig.wrong == [])
        let posts = rig.shop.core.posts.all.filter { $0.reference == done.reference.text }
        #expect(posts.count == 1)
        #expect(try arm(rig) == nil)
        #expect(rig.refusals == [.ticketPaid(done.reference)])
    }

    @Test(arguments: ["keyed", "token"])
    func `a card that is not swiped gets it as well`(entry: String) throws {
        let rig = try LaneRig(Shop.with())
        var demand = try Shop.demand("R1", .refund)
        demand.entry = entry
        _ = try #require(try rig.lane.arm(demand, Self.details))
        var bytes = try rig.shop.base.arena.take(capacity: 32)
        let text = entry == "token" ? "9999000000000001" : "4012881888818888"
        for byte in text.utf8 { try bytes.append(byte) }
        var expiry = try rig.shop.base.arena.take(capacity: 4)
        for byte in "4912".utf8 { try expiry.append(byte) }
        let card =
            entry == "token"
            ? try CardInHand(token: bytes)
            : try CardInHand(
                keyed: KeyedCard(number: bytes, expiry: expiry, cvv: nil),
                on: CivilDate(year: 2026, month: 1, day: 15), billing: nil)
        let done = rig.lane.submit(card, inHand: rig.time.now())
        #expect(done?.attempt.state == .approved && given(rig) == [1275])
        rig.sweep()
        #expect(!rig.isAlarmed)
    }

    @Test func `without a customer the lane is not armed, and nothing is sent`() throws {
        let rig = try LaneRig(Shop.with())
        #expect(try rig.lane.arm(Shop.demand("R1", .refund)) == nil)
        #expect(rig.ends == [.notSent] && given(rig) == [])
    }

    @Test(arguments: [FaultName.dropAfterCommit, .dropBeforeCommit, .errorAfterCommit])
    func `a lost answer is found out by the reference, and it is never sent again`(
        fault: FaultName
    ) throws {
        let rig = try LaneRig(Shop.with())
        try give(rig, "R0")
        rig.time.advance(milliseconds: LaneTimes().duplicate + 1)
        rig.shop.core.faults.add([once(fault, "refund")])
        let lost = try #require(try give(rig))
        #expect(lost.state == .intent && rig.lane.inDoubt.map(\.reference) == [lost.reference])
        #expect(try arm(rig) == nil)
        #expect(rig.refusals == [.ticketInDoubt(lost.reference)])
        rig.work()
        let isDone = fault != .dropBeforeCommit
        #expect(try rig.kept(lost)?.state == (isDone ? .approved : .notCharged))
        #expect(given(rig) == (isDone ? [1275, 1275] : [1275]) && rig.wrong == [])
        let posts = rig.shop.core.posts.all.filter { $0.reference == lost.reference.text }
        #expect(posts.count == 1)
    }

    @Test func `without an earlier one to compare with it stays in doubt and says why`() throws {
        let rig = try LaneRig(Shop.with(once(.dropBeforeCommit, "refund")))
        let lost = try #require(try give(rig))
        rig.work(minutes: 60)
        let kept = try #require(try rig.kept(lost))
        #expect(kept.state == .intent && rig.isAlarmed)
        #expect(kept.facts.reason?.contains("no earlier payment") == true)
    }

    @Test func `a cancel after the sending voids the refund`() throws {
        let rig = try LaneRig(Shop.with(once(.dropAfterCommit, "refund")))
        let lost = try #require(try give(rig))
        rig.lane.cancel(lost.ticket)
        #expect(rig.news.last == .willBeCancelled(lost.ticket))
        rig.work()
        #expect(try rig.kept(lost)?.state == .reversed)
        #expect(given(rig) == [] && rig.wrong == [])
    }

    @Test func `the till takes it back by a void, not by a refund`() throws {
        let rig = try LaneRig(Shop.with())
        let done = try #require(try give(rig))
        try rig.lane.followUp(.refund, of: done)
        #expect(rig.refusals == [.notPossible(.approved)])
        try rig.lane.followUp(.void, of: done)
        rig.work()
        #expect(try rig.kept(done)?.state == .reversed)
        #expect(given(rig) == [])
    }

    @Test func `what is settled cannot be taken back, and the till hears that it stands`() throws {
        let rig = try LaneRig(Shop.with())
        let done = try #require(try give(rig))
        _ = rig.shop.core.settle()
        try rig.lane.followUp(.void, of: done)
        rig.work()
        #expect(try rig.kept(done)?.state == .approved && rig.ends.last == .rejected)
        #expect(given(rig) == [1275])
    }

    @Test func `money that went out twice is taken back once by the sweep`() throws {
        let rig = try LaneRig(Shop.with(once(.duplicateDelivery, "refund")))
        try give(rig)
        #expect(given(rig) == [1275, 1275])
        rig.sweep()
        #expect(given(rig) == [1275] && rig.isAlarmed && rig.wrong == [])
    }

    @Test func `a sale and its refund to the same card are no duplicate swipe`() throws {
        let rig = try LaneRig(Shop.with())
        #expect(try rig.pay(Shop.demand("T1"))?.state == .approved)
        #expect(try give(rig)?.state == .approved)
        _ = try arm(rig, "R2")
        try rig.swipe()
        #expect(rig.news.contains { if case .duplicateSwipe = $0 { true } else { false } })
    }
}
