internal import Emulator
internal import Journal
internal import Lane
internal import LaneRig
internal import PayHub
internal import Seeded
internal import Timeline
internal import Values

/// A year of a small shop: the product's lane with its journal on the disk, its back office, and
/// the emulated gateway over TLS, whose clock moves as the year goes. Swipes, declines, lost
/// answers, captures, voids, refunds, recurring bills, a settlement each night.
public final class ShopYear {
    /// How large it is.
    public let plan: YearPlan
    /// Recurring bills that were paused, made active again or canceled.
    public internal(set) var statusChanges = 0
    let shop: Shop
    let rig: LaneRig
    let office: Office
    let folder: TemporaryFolder
    var dice: SeededNumbers
    var bills: [YearBill] = []
    private var tickets = 0
    /// Numbers of approved sales that may be refunded from the next day on.
    private var refundable: [UInt64] = []
    private var soldToday: [UInt64] = []

    /// The hour at which the gateway's clock starts.
    static let firstHour = 10

    /// A shop that has never sold.
    /// - Throws: what the parts throw.
    public init(_ plan: YearPlan) throws {
        self.plan = plan
        dice = SeededNumbers(seed: plan.seed)
        folder = try TemporaryFolder()
        let base = try RigBase()
        shop = try Shop(base, hasSold: false) { $0.settlementTime = TimeOfDay("23:59") }
        shop.journal = try Journal.open(folder.path + "/journal", lane: 1)
        var waits = LaneRig.Waits()
        // The shop sweeps each night; what is in doubt is asked about at once.
        waits.times.sweep = 10 * 86_400_000
        waits.times.pause = waits.times.pauseMaximum
        rig = try LaneRig(shop, waits)
        rig.lane.asksAboutRepeats = false
        office = try Office(
            port: base.gateway.port, authority: base.gateway.authorityPath, token: Shop.token,
            time: base.gateway.time)
    }

    /// Lives it. The day is told before it begins.
    /// - Throws: what the lane's journal and the back office throw.
    public func live(_ progress: (Int) -> Void = { _ in }) async throws {
        for day in 0..<plan.days {
            progress(day)
            try await mindBills(on: day)
            try sell(on: day)
            try refund(on: day)
            move(to: day, hour: 21)
            rig.sweep()
            refundable += soldToday
            soldToday = []
        }
        // The last night's settlement.
        move(to: plan.days, hour: 0)
        shop.core.catchUp()
    }

    /// The gateway's time, in milliseconds since the first day's midnight.
    var milliseconds: Int {
        Self.firstHour * 3_600_000 + Int(rig.time.now().nanoseconds / 1_000_000)
    }

    /// Sets the clock to an hour of a day, if that is still to come.
    func move(to day: Int, hour: Int, minute: Int = 0) {
        let moment = ((day * 24 + hour) * 60 + minute) * 60_000
        rig.time.advance(milliseconds: max(0, moment - milliseconds))
    }

    private func sell(on day: Int) throws {
        let count = plan.share(plan.payments, of: day)
        for number in 0..<count {
            move(to: day, hour: Self.firstHour, minute: 60 + number * 480 / max(1, count))
            try pay()
        }
    }

    private func pay() throws {
        tickets += 1
        let isHold = dice.happens(60)
        let isDeclined = dice.happens(40)
        let cents = isDeclined ? 20 : dice.pick(100...25_000)
        let demand = try Shop.demand("Y\(tickets)", cents: cents, isHold ? .authOnly : .sale)
        let isLost = dice.happens(20)
        if isLost { loseAnAnswer(afterCommit: dice.happens(600)) }
        let card: TestCard = isDeclined ? .declining : dice.happens(500) ? .visa : .masterCard
        guard let attempt = try rig.pay(demand, card) else { return }
        rig.work(minutes: 60)
        shop.core.faults.removeAll()
        guard let end = try shop.journal.attempt(attempt.sequence) else { return }
        guard end.state == .approved else { return }
        isHold ? try finish(hold: end) : try finish(sale: end)
    }

    private func loseAnAnswer(afterCommit: Bool) {
        let rule = FaultRule(afterCommit ? .dropAfterCommit : .dropBeforeCommit) { $0.times = 1 }
        shop.core.faults.add([rule])
    }

    private func finish(hold: Attempt) throws {
        switch dice.pick(0...9) {
        case 0...5: try follow(.capture, hold)
        case 6...7:
            let cents = max(1, (hold.amount?.cents ?? 2) / 2)
            try follow(.capture, hold, amount: Amount(cents: cents))
        case 8: try follow(.void, hold)
        // It is never captured, and costs nothing.
        default: break
        }
    }

    private func finish(sale: Attempt) throws {
        if dice.happens(50) {
            try follow(.void, sale)
        } else {
            soldToday.append(sale.sequence)
        }
    }

    /// Some of the sales of earlier days come back.
    private func refund(on day: Int) throws {
        let count = plan.share(plan.payments * 6 / 100, of: day)
        for _ in 0..<count where !refundable.isEmpty {
            let sequence = refundable.remove(at: dice.pick(0...(refundable.count - 1)))
            guard let sale = try shop.journal.attempt(sequence), let amount = sale.amount else {
                continue
            }
            guard dice.happens(600) else {
                try follow(.refund, sale)
                continue
            }
            let part = dice.pick(1...max(1, amount.cents / 3))
            try follow(.refund, sale, amount: Amount(cents: part))
            if dice.happens(300) {
                let more = dice.pick(1...max(1, amount.cents / 3))
                try follow(.refund, sale, amount: Amount(cents: more))
            }
        }
    }

    private func follow(
        _ operation: JournalOperation, _ parent: Attempt, amount: Amount? = nil
    ) throws {
        try rig.lane.followUp(operation, of: parent, amount: amount)
        rig.work(minutes: 60)
    }

    /// A charge that the lane knows nothing of, for a test that it is found.
    /// - Throws: what the emulator throws.
    public func chargePastTheLane() throws { try Shop.charge("past the lane", at: shop.core) }
}
