import Coverage
import Emulator
import Journal
import Lane
import LaneRig
import OwnThreads
import Testing
import Timeline
import Values

/// Captures, voids and refunds that the till asks for.
@Suite(.blocks) struct FollowUpTests {
    private static func paid(
        _ shop: Shop, _ operation: JournalOperation = .sale
    ) throws -> (LaneRig, Attempt) {
        let rig = try LaneRig(shop)
        let paid = try #require(try rig.pay(Shop.demand("T1", operation)))
        #expect(paid.state == .approved)
        return (rig, paid)
    }

    @Test func `an authorisation is captured, once`() throws {
        let (rig, hold) = try Self.paid(Shop.with(), .authOnly)
        #expect(rig.live.map(\.heldCents) == [1275])
        try rig.lane.followUp(.capture, of: hold, amount: Amount(cents: 1000))
        rig.work()
        #expect(rig.live.map(\.liveCents) == [1000] && rig.ends == [.approved, .approved])
        try rig.lane.followUp(.capture, of: hold)
        #expect(rig.refusals == [.notPossible(.approved)])
    }

    @Test(arguments: [nil, FaultName.dropAfterCommit, .dropBeforeCommit])
    func `what was captured in part is given back, and no more`(_ fault: FaultName?) throws {
        let shop = try Shop.with()
        if let fault { shop.core.faults.add([once(fault, "refund")]) }
        let (rig, hold) = try Self.paid(shop, .authOnly)
        try rig.lane.followUp(.capture, of: hold, amount: Amount(cents: 1000))
        rig.work()
        try rig.lane.followUp(.refund, of: hold, amount: Amount(cents: 1001))
        #expect(rig.refusals == [.overAmount(left: 1000)])
        try rig.lane.followUp(.refund, of: hold)
        rig.work()
        let refund = try #require(try shop.journal.attempts(AttemptQuery(limit: 1)).first)
        #expect(refund.operation == .refund && refund.state == .approved)
        #expect(refund.amount?.cents == 1000)
        #expect(rig.live == [] && rig.wrong == [])
    }

    @Test func `it is given back once, though the capture is long ago and the lane starts anew`()
        throws
    {
        let shop = try Shop.with()
        var (rig, hold) = try Self.paid(shop, .authOnly)
        try rig.lane.followUp(.capture, of: hold, amount: Amount(cents: 1000))
        rig.work()
        try Self.verify(2100, in: shop.journal, at: hold.stateAt)
        rig = try LaneRig(shop)
        shop.core.faults.add([once(.dropAfterCommit, "refund")])
        try rig.lane.followUp(.refund, of: hold)
        #expect(rig.lane.workOnce() && rig.lane.open.map(\.operation) == [.refund])
        rig = try LaneRig(shop)
        rig.work()
        #expect(rig.ends == [.approved])
        #expect(rig.live == [] && rig.wrong == [])
    }

    /// So many more cards that were looked at: more than a lane that starts takes into memory.
    private static func verify(
        _ count: Int, in journal: any JournalStore, at time: WallTime
    ) throws {
        for _ in 0..<count {
            let sequence = try journal.nextSequence()
            let ticket = try #require(Ticket("V\(sequence)"))
            let attempt = Attempt(
                .init(sequence: sequence, lane: journal.lane, journal: journal.number),
                asks: .init(.verify, nil, ticket: ticket), incarnation: 1, decidedAt: time)
            var verified = attempt.moved(to: .approved, at: time)
            verified.facts.transactionID = ticket.text
            try journal.append([.attempt(attempt), .attempt(verified)])
        }
    }

    @Test(.covers("PH-I-026")) func `more than was authorised is not captured`() throws {
        let (rig, hold) = try Self.paid(Shop.with(), .authOnly)
        try rig.lane.followUp(.capture, of: hold, amount: Amount(cents: 1276))
        #expect(rig.refusals == [.overAmount(left: 1275)])
    }

    @Test func `one that was captured in part does not keep the next lost one in doubt`() throws {
        let (rig, hold) = try Self.paid(Shop.with(), .authOnly)
        try rig.lane.followUp(.capture, of: hold, amount: Amount(cents: 1000))
        rig.work()
        rig.shop.core.faults.add([once(.dropBeforeCommit, "authonly")])
        try rig.pay(Shop.demand("T2", cents: 700, .authOnly))
        rig.work()
        #expect(rig.ends.last == .notCharged && rig.lane.open == [] && rig.wrong == [])
    }

    @Test(.covers("PH-I-097"), arguments: [FaultName.dropAfterCommit, .dropBeforeCommit])
    func `a capture without an answer is found out`(_ fault: FaultName) throws {
        let (rig, hold) = try Self.paid(Shop.with(once(fault, "capture")), .authOnly)
        try rig.lane.followUp(.capture, of: hold)
        rig.work()
        let isDone = fault == .dropAfterCommit
        #expect(rig.ends == [.approved, isDone ? .approved : .notCharged])
        #expect(rig.live.map(\.liveCents) == [isDone ? 1275 : 0] && rig.wrong == [])
    }

    @Test(arguments: [nil, FaultName.dropAfterCommit, .dropBeforeCommit, .errorAfterCommit])
    func `a void is done once, whatever becomes of its answer`(_ fault: FaultName?) throws {
        let shop = try Shop.with()
        if let fault { shop.core.faults.add([once(fault, "void")]) }
        let (rig, sale) = try Self.paid(shop)
        try rig.lane.followUp(.void, of: sale)
        rig.work()
        #expect(rig.live == [] && rig.wrong == [])
        #expect(try rig.kept(sale)?.state == .reversed)
        try rig.lane.followUp(.void, of: sale)
        #expect(rig.refusals == [.notPossible(.reversed)])
    }

    @Test func `a void that the gateway only said it had done is done again`() throws {
        let (rig, sale) = try Self.paid(Shop.with(once(.commitLost, "void")))
        try rig.lane.followUp(.void, of: sale)
        while rig.ends.count < 2, rig.lane.workOnce() {}
        #expect(rig.ends == [.approved, .approved], "the void is done, the gateway says")
        rig.work()
        #expect(try rig.kept(sale)?.state == .reversed)
        #expect(rig.live == [] && rig.wrong == [] && !rig.isAlarmed)
    }

    @Test func `a void that the gateway says it has done and never does stays open, with an alarm`()
        throws
    {
        let (rig, sale) = try Self.paid(Shop.with())
        rig.shop.core.faults.add([FaultRule(.commitLost) { $0.operation = "void" }])
        try rig.lane.followUp(.void, of: sale)
        rig.work()
        let kept = try #require(try rig.kept(sale))
        #expect(kept.state == .reversing && kept.facts.reason?.contains("as it was") == true)
        #expect(rig.isAlarmed && rig.wrong == [])
        rig.lane.settle(kept, .charged(transactionID: "another"))
        #expect(rig.refusals == [.notPossible(.reversing)])
        rig.lane.settle(kept, .charged(transactionID: kept.facts.transactionID ?? ""))
        #expect(try rig.kept(sale)?.state == .approved)
    }

    @Test func `a void of which no answer comes is known by the report`() throws {
        let (rig, sale) = try Self.paid(Shop.with())
        rig.shop.core.faults.add([FaultRule(.dropAfterCommit) { $0.operation = "void" }])
        try rig.lane.followUp(.void, of: sale)
        rig.work()
        #expect(try rig.kept(sale)?.state == .reversed)
        #expect(rig.live == [] && rig.wrong == [] && !rig.isAlarmed)
    }

    @Test func `a void that never comes through is an alarm after its time`() throws {
        let (rig, sale) = try Self.paid(Shop.with())
        rig.shop.core.faults.add([FaultRule(.dropBeforeCommit) { $0.operation = "void" }])
        try rig.lane.followUp(.void, of: sale)
        rig.work(minutes: 14)
        #expect(!rig.isAlarmed)
        rig.work(minutes: 4)
        #expect(rig.isAlarmed && rig.lane.open.count == 2)
    }

    @Test(arguments: [0, 100_000])
    func `taken back is told when no copy can come any more, and none is there`(
        copyAfter: Int
    )
        throws
    {
        let copied = FaultRule(.duplicateDelivery) {
            $0.operation = "sale"
            $0.times = 1
            $0.milliseconds = copyAfter
        }
        let (rig, sale) = try Self.paid(Shop.with(copied))
        let start = rig.time.now()
        try rig.lane.followUp(.void, of: sale)
        while rig.ends.count < 2, rig.lane.workOnce() {}
        #expect(rig.ends == [.approved, .approved])
        #expect(try rig.kept(sale)?.state == .reversing)
        rig.work()
        #expect(try rig.kept(sale)?.state == .reversed)
        #expect(rig.live == [] && rig.wrong == [])
        let waited = rig.time.now().since(start) / 1_000_000
        #expect(waited >= UInt64(LaneTimes().lateCommit + LaneTimes().betweenReads))
    }

    @Test func `an old payment that is voided is looked for at once`() throws {
        let (rig, sale) = try Self.paid(Shop.with())
        rig.time.advance(milliseconds: 3_600_000)
        let start = rig.time.now()
        try rig.lane.followUp(.void, of: sale)
        rig.work()
        #expect(try rig.kept(sale)?.state == .reversed)
        #expect(rig.time.now().since(start) < 5_000_000_000)
    }

    @Test func `a refund of a part that the network doubled is taken back once`() throws {
        let (rig, sale) = try Self.paid(Shop.with(once(.duplicateDelivery, "refund")))
        try rig.lane.followUp(.refund, of: sale, amount: Amount(cents: 500))
        rig.work()
        #expect(rig.shop.charges.map(\.refundedCents) == [1000])
        rig.sweep()
        #expect(rig.shop.charges.map(\.refundedCents) == [500])
        #expect(rig.isAlarmed && rig.wrong == [])
    }

    @Test func `the till's void of what is settled is refused and the payment stands`() throws {
        let (rig, sale) = try Self.paid(Shop.with())
        _ = rig.shop.core.settle()
        try rig.lane.followUp(.void, of: sale)
        rig.work()
        #expect(rig.ends == [.approved, .rejected])
        #expect(try rig.kept(sale)?.state == .approved)
        #expect(rig.live.count == 1 && rig.wrong == [])
        try rig.lane.followUp(.refund, of: sale)
        rig.work()
        #expect(rig.live == [] && rig.ends.last == .approved)
    }

    @Test(.covers("PH-I-025")) func `a cancelled payment whose batch is settled is refunded`()
        throws
    {
        let rig = try LaneRig(
            Shop.with(once(.dropAfterCommit), FaultRule(.batchSettlesAtOnce)))
        let sent = try #require(try rig.pay(Shop.demand("T1")))
        rig.lane.cancel(sent.ticket)
        rig.work()
        #expect(try rig.kept(sent)?.state == .reversed)
        #expect(rig.live == [] && rig.wrong == [])
        #expect(rig.shop.charges.map(\.refundedCents) == [1275])
    }

    @Test func `refunds in parts go as far as the payment, and no further`() throws {
        let (rig, sale) = try Self.paid(Shop.with())
        for cents in [500, 700] {
            try rig.lane.followUp(.refund, of: sale, amount: Amount(cents: cents))
            rig.work()
        }
        #expect(rig.live.map(\.liveCents) == [75])
        try rig.lane.followUp(.refund, of: sale, amount: Amount(cents: 76))
        try rig.lane.followUp(.refund, of: sale)
        #expect(rig.refusals == [.overAmount(left: 75), .overAmount(left: 75)])
        try rig.lane.followUp(.refund, of: sale, amount: Amount(cents: 75))
        rig.work()
        #expect(rig.live == [] && rig.wrong == [])
    }

    @Test(arguments: [nil, 500], [FaultName.dropAfterCommit, .dropBeforeCommit])
    func `a refund without an answer gives the money back at most once`(
        _ cents: Int?, _ fault: FaultName
    ) throws {
        let (rig, sale) = try Self.paid(Shop.with(once(fault, "refund")))
        try rig.lane.followUp(.refund, of: sale, amount: try cents.map { try Amount(cents: $0) })
        rig.work()
        let refunded = rig.shop.charges.map(\.refundedCents)
        #expect(refunded == [0] || refunded == [cents ?? 1275])
        #expect(rig.lane.open.isEmpty || rig.lane.open.allSatisfy { $0.facts.reason != nil })
        if fault == .dropAfterCommit { #expect(refunded == [cents ?? 1275]) }
        #expect(rig.ends.last == .approved || refunded == [0])
    }

    @Test func `two follow-ups of one payment do not run at once`() throws {
        let (rig, sale) = try Self.paid(Shop.with())
        try rig.lane.followUp(.refund, of: sale, amount: Amount(cents: 100))
        try rig.lane.followUp(.refund, of: sale, amount: Amount(cents: 100))
        #expect(rig.refusals == [.underWay])
        rig.work()
        #expect(rig.live.map(\.liveCents) == [1175])
    }

    @Test(
        arguments: [
            (\LaneTimes.lateCommit, "lateCommit"), (\.betweenReads, "betweenReads"),
            (\.pause, "pause"), (\.pauseMaximum, "pauseMaximum"), (\.sweep, "sweep"),
            (\.alarm, "alarm"), (\.card, "card"), (\.duplicate, "duplicate"),
        ] as [(any WritableKeyPath<LaneTimes, Int> & Sendable, String)])
    func `a wait below what is safe is named`(
        wait: any WritableKeyPath<LaneTimes, Int> & Sendable, name: String
    ) {
        var times = LaneTimes()
        #expect(times.belowFloor == nil)
        times[keyPath: wait] = 499
        #expect(times.belowFloor?.hasPrefix("\(name) is 499 ms") == true)
    }
}
