import Emulator
import Journal
import Lane
import LaneRig
import OwnThreads
import Testing
import Timeline
import Values

/// The sweep against the gateway's second book, its lists.
@Suite(.blocks) struct ListTests {
    private var late: Int { LaneTimes().betweenReads + 1 }

    private func alarms(_ rig: LaneRig) -> [LaneAlarm.Code] {
        rig.news.compactMap { if case .alarm(let alarm) = $0 { alarm.code } else { nil } }
    }

    @Test func `a second charge that the report hides is found in the list and taken back`() throws
    {
        let rig = try LaneRig(Shop.with(once(.duplicateDelivery), FaultRule(.reportEmpty)))
        #expect(try rig.pay(Shop.demand("T1"))?.state == .approved)
        #expect(rig.live.count == 2)
        rig.time.advance(milliseconds: late)
        rig.sweep()
        #expect(rig.live.count == 1 && rig.wrong == [])
        #expect(alarms(rig).contains(.reportEmpty))
    }

    @Test func `a payment that neither book shows is an alarm that says so`() throws {
        let rig = try LaneRig(Shop.with(FaultRule(.reportEmpty), FaultRule(.listEmpty)))
        #expect(try rig.pay(Shop.demand("T1"))?.state == .approved)
        rig.time.advance(milliseconds: late)
        rig.sweep()
        #expect(alarms(rig).contains(.inNeitherBook))
    }

    @Test func `a list that cannot be read leaves the report's word`() throws {
        let rig = try LaneRig(
            Shop.with(FaultRule(.reportHidesAuthorizations), FaultRule(.listError)))
        #expect(try rig.pay(Shop.demand("T1", .authOnly))?.state == .approved)
        rig.time.advance(milliseconds: late)
        rig.sweep()
        #expect(alarms(rig).contains(.notReported))
    }

    @Test func `what the list has and the report lacks is told as that`() throws {
        let rig = try LaneRig(Shop.with(FaultRule(.reportHidesAuthorizations)))
        #expect(try rig.pay(Shop.demand("T1"))?.state == .approved)
        #expect(try rig.pay(Shop.demand("T2", .authOnly), .masterCard)?.state == .approved)
        rig.time.advance(milliseconds: late)
        rig.sweep()
        #expect(alarms(rig).contains(.listedNotReported))
        #expect(rig.live.count == 2)
    }

    @Test func `books that agree raise no alarm, in whatever order the list comes`() throws {
        let rig = try LaneRig(Shop.with(FaultRule(.listReversed)))
        for number in 1...3 {
            rig.time.advance(milliseconds: LaneTimes().duplicate + 1)
            #expect(try rig.pay(Shop.demand("T\(number)"))?.state == .approved)
        }
        _ = try Shop.charge("another lane", at: rig.shop.core)
        rig.time.advance(milliseconds: late)
        rig.sweep()
        #expect(!rig.isAlarmed && rig.live.count == 4)
    }
}

/// The look at each approved payment once the report must show it.
@Suite(.blocks) struct LookTests {
    private func look(_ rig: LaneRig) {
        rig.time.advance(milliseconds: LaneTimes().betweenReads + 1)
        while let next = rig.lane.nextWork, next <= rig.time.now(), rig.lane.workOnce() {}
    }

    @Test func `a second charge is taken back within half a minute`() throws {
        let rig = try LaneRig(Shop.with(once(.duplicateDelivery)))
        #expect(try rig.pay(Shop.demand("T1"))?.state == .approved)
        #expect(rig.live.count == 2)
        look(rig)
        #expect(rig.live.count == 1 && rig.isAlarmed && rig.wrong == [])
    }

    @Test func `another amount at the gateway stops the lane`() throws {
        let rig = try LaneRig(Shop.with(FaultRule(.rowAmountTimes100)))
        #expect(try rig.pay(Shop.demand("T1"))?.state == .approved)
        #expect(rig.lane.stop == nil)
        look(rig)
        #expect(rig.lane.stop != nil && rig.isAlarmed)
    }

    @Test func `a payment under another's transaction is told, and takes no void`() throws {
        let rig = try LaneRig(Shop.with())
        let other = try Shop.charge("another lane", at: rig.shop.core)
        rig.shop.core.faults.add([once(.locationOfAnother)])
        let paid = try #require(try rig.pay(Shop.demand("T1")))
        #expect(paid.facts.transactionID == other)
        look(rig)
        #expect(rig.isAlarmed)
        try rig.lane.followUp(.void, of: paid)
        #expect(rig.refusals == [.notPossible(.approved)])
        #expect(rig.live.count == 2, "the other's charge stands")
    }
}
