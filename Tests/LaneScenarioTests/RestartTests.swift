import Coverage
import Emulator
import Foundation
import Journal
import Lane
import LaneRig
import OwnThreads
import Testing
import Timeline
import Values

/// What a lane says of what an earlier process left open.
@Suite(.blocks) struct RestartTests {
    @Test func `what was armed only is told as not sent after a restart`() throws {
        let folder = try TemporaryFolder()
        let shop = try Shop.with(once(.dropAfterCommit))
        shop.latch = try Latch.open(folder.path, bootID: "one")
        var rig = try LaneRig(shop)
        let sent = try #require(try rig.pay(Shop.demand("T1")))
        let armed = try #require(try rig.lane.arm(Shop.demand("T2")))
        shop.latch = try Latch.open(folder.path, bootID: "one")
        rig = try LaneRig(shop)
        #expect(rig.ends == [.notSent])
        #expect(try rig.kept(armed)?.facts.settledBy == .latch)
        #expect(rig.lane.inDoubt.map(\.reference) == [sent.reference])
        #expect(shop.base.gateway.connectionCount > 0)
        rig.work()
        #expect(try rig.kept(sent)?.state == .approved)
        #expect(rig.live.count == 1 && rig.wrong == [])
    }

    @Test(.covers("PH-I-097")) func `what was armed before a reboot is in doubt and asked about`()
        throws
    {
        let folder = try TemporaryFolder()
        let shop = try Shop.with()
        shop.latch = try Latch.open(folder.path, bootID: "one")
        var rig = try LaneRig(shop)
        let armed = try #require(try rig.lane.arm(Shop.demand("T1")))
        shop.latch = try Latch.open(folder.path, bootID: "two")
        rig = try LaneRig(shop)
        let restarted = rig.time.now()
        #expect(rig.ends == [])
        #expect(rig.lane.inDoubt.map(\.reference) == [armed.reference])
        rig.work()
        #expect(rig.ends == [.notCharged] && rig.wrong == [])
        #expect(rig.time.now() >= restarted.adding(milliseconds: 230_000))
    }

    @Test func `without an earlier payment to compare with it stays in doubt and says why`() throws
    {
        let rig = try LaneRig(Shop.with(once(.dropBeforeCommit), hasSold: false))
        let sent = try #require(try rig.pay(Shop.demand("T1")))
        rig.work(minutes: 60)
        #expect(rig.ends == [])
        let kept = try #require(try rig.kept(sent))
        #expect(kept.facts.reason?.contains("no earlier payment") == true)
        #expect(rig.isAlarmed)
        #expect(try rig.lane.arm(Shop.demand("T1")) == nil)
    }

    @Test func `a sale that never was is told as not charged after 230 seconds`() throws {
        let rig = try LaneRig(Shop.with(once(.dropBeforeCommit)))
        let start = rig.time.now()
        try rig.pay(Shop.demand("T1"))
        rig.work()
        #expect(rig.ends == [.notCharged] && rig.wrong == [] && !rig.isAlarmed)
        let took = rig.time.now().since(start) / 1_000_000_000
        #expect((230...240).contains(took))
    }

    @Test func `a charge is known within five seconds of the gateway's return`() throws {
        let rig = try LaneRig(Shop.with(once(.dropAfterCommit)))
        try rig.pay(Shop.demand("T1"))
        rig.shop.core.faults.add([FaultRule(.resetOnAccept)])
        rig.work(minutes: 20)
        #expect(rig.ends == [])
        rig.shop.core.faults.removeAll()
        let back = rig.time.now()
        rig.work()
        #expect(rig.ends == [.approved] && rig.wrong == [])
        #expect(rig.time.now() < back.adding(milliseconds: 5000))
    }

    @Test func `an operator's word ends a doubt and is kept`() throws {
        for isCharged in [true, false] {
            let fault: FaultName = isCharged ? .dropAfterCommit : .dropBeforeCommit
            let shop = try Shop.with(once(fault), FaultRule(.reportEmpty), hasSold: false)
            let rig = try LaneRig(shop)
            let sent = try #require(try rig.pay(Shop.demand("T1")))
            rig.work(minutes: 5)
            #expect(rig.ends == [])
            let id = rig.live.first?.id ?? ""
            rig.lane.settle(
                sent,
                isCharged ? .charged(transactionID: id) : .notCharged(reason: "looked up"))
            #expect(rig.ends == [isCharged ? .approved : .notCharged] && rig.wrong == [])
            #expect(try rig.kept(sent)?.facts.settledBy == .person)
            let changes = try #require(shop.journal as? MemoryJournal).changes
            #expect(
                changes.contains {
                    if case .remark(let remark) = $0 {
                        remark.kind == .operatorDecision && remark.attempt == sent.sequence
                    } else {
                        false
                    }
                })
        }
    }

    @Test func `an operator cannot settle what is at its end`() throws {
        let rig = try LaneRig(Shop.with())
        let paid = try #require(try rig.pay(Shop.demand("T1")))
        rig.lane.settle(paid, .notCharged(reason: "no"))
        #expect(rig.refusals == [.notPossible(.approved)])
        #expect(try rig.kept(paid)?.state == .approved)
    }

    @Test func `nothing of the card is in the journal's folder`() throws {
        let folder = try TemporaryFolder()
        let shop = try Shop.with(once(.dropAfterCommit))
        let journal = try Journal.open(folder.path, lane: 1)
        shop.journal = journal
        shop.latch = try Latch.open(folder.path, bootID: "one")
        let rig = try LaneRig(shop)
        let first = try #require(try rig.pay(Shop.demand("T1")))
        rig.work()
        try rig.pay(Shop.demand("T2"), .masterCard)
        var isReferenceFound = false
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)"))
            let needles = [
                "4012881888818888", "5454545454545454", "TEST/CARD", "49121010", "8888=4912",
                "NDAxMjg4MTg4ODgxODg4OA",
            ]
            for needle in needles {
                #expect(bytes.range(of: Data(needle.utf8)) == nil, "\(name)")
            }
            let reference = Data(first.reference.text.utf8)
            if bytes.range(of: reference) != nil { isReferenceFound = true }
        }
        #expect(isReferenceFound, "the search finds what is there")
    }
}
