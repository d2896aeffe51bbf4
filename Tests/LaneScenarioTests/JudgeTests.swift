import Emulator
import Journal
import Lane
import LaneRig
import Testing
import Values

/// The judge of `make faults` sees what it is there to see, and a sample of its cases is right.
@Suite struct JudgeTests {
    @Test func `a charge that nobody knows of is a violation`() throws {
        let rig = try LaneRig(Shop.with())
        let paid = try #require(try rig.pay(Shop.demand("T1")))
        #expect(try Verdict(rig) == .right)
        try Shop.charge(paid.reference.text, at: rig.shop.core)
        #expect(try Verdict(rig) == .violation("2 live charges of one payment"))
        rig.sweep()
        #expect(try Verdict(rig) == .right)
    }

    @Test func `a payment whose charge is gone is a violation`() throws {
        let rig = try LaneRig(Shop.with())
        let paid = try #require(try rig.pay(Shop.demand("T1")))
        let thief = try LaneRig(rig.shop)
        try thief.lane.followUp(.void, of: paid)
        thief.work()
        rig.shop.journal = MemoryJournal(
            holding: JournalBook(attempts: [paid], nextSequence: paid.sequence + 1))
        #expect(
            try Verdict(rig) == .violation("approved, and 0 cents in place of 1275"))
    }

    @Test func `a doubt that nobody was told of is a violation`() throws {
        let rig = try LaneRig(Shop.with(once(.dropAfterCommit)))
        try rig.pay(Shop.demand("T1"))
        #expect(
            try Verdict(rig) == .violation("in doubt, and nobody was called: sale"))
    }

    @Test func `a sample of faults at bytes ends right`() throws {
        var tally = Tally()
        try ByteSurvey(stride: 500).run(SceneRunner(RigBase()), into: &tally) { _ in }
        #expect(tally.violations == [])
        #expect(tally.total.cases > 50 && tally.total.right > 50)
    }
}
