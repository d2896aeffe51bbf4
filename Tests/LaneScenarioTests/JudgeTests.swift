import Emulator
import Journal
import Lane
import LaneRig
import OwnThreads
import Testing
import Values

/// The judge of `make faults` sees what it is there to see, and a sample of its cases is right.
@Suite(.blocks) struct JudgeTests {
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
        let runner = SceneRunner(try RigBase())
        var tally = Tally()
        for fault in try ByteSurvey(stride: 500).cases(runner) {
            tally.count(try runner.run(fault), of: fault)
        }
        #expect(tally.violations == [])
        #expect(tally.total.cases > 50 && tally.total.right > 50)
    }

    @Test(arguments: [
        "found/inquiry.answer.flip.77", "sale/sale.request.twiceLater.0", "void/reportError",
        "part/lateCommit.once+rowNoteCut",
    ])
    func `a case is found again by its name`(_ name: String) throws {
        let fault = try #require(FaultCase(name: name))
        #expect(fault.name == name)
    }

    @Test(arguments: [
        "", "sale", "sale/", "sale/nothing", "nothing/reportError", "sale/reportError.twice",
        "sale/sale.request.flip.x", "sale/sale.request.flip",
    ])
    func `what names no case is refused`(_ name: String) {
        #expect(FaultCase(name: name) == nil)
    }

    @Test(arguments: [
        ("sale/sale.answer.finish.7", FaultCase.Grade.fair), ("sale/sale.answer.flip.7", .broken),
        ("void/reportError", .mute), ("void/reportError.once", .fair),
        ("void/duplicateDelivery", .fair), ("sale/duplicateDelivery+declineWithCode.once", .broken),
        ("sale/reportError+rowAmountTimes100", .broken),
    ])
    func `a wrong word is borne only where an assumption is broken`(
        _ name: String, _ grade: FaultCase.Grade
    ) throws {
        let fault = try #require(FaultCase(name: name))
        #expect(fault.grade == grade)
        var tally = Tally()
        for verdict in [Verdict.right, .doubt, .alarmed("a word"), .violation("a word")] {
            tally.count(verdict, of: fault)
        }
        let total = tally.total
        #expect(total.cases == 4 && total.right == 1)
        #expect(total.doubt == (grade == .fair ? 0 : 1))
        #expect(total.broken == (grade == .broken ? 1 : 0))
        #expect(total.violations == 3 - total.doubt - total.broken)
    }

    @Test(arguments: [Verdict.right, .doubt, .alarmed("a: b"), .violation("c")])
    func `a verdict is read as it was written`(_ verdict: Verdict) {
        #expect(Verdict(verdict.description) == verdict)
    }
}
