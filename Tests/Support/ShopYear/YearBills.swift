internal import BackOffice
internal import LaneRig
internal import PayHub
internal import Secrets
internal import Timeline
internal import Values

/// A recurring bill of the shop, as the shop knows it.
struct YearBill {
    let id: TransactionID
    let schedule: BillingSchedule
    let cents: Int
    /// False for a card that declines each time.
    let isApproved: Bool
    /// When it was made, in milliseconds since the first day's midnight.
    let madeAt: Int
    /// When it was paused, made active again or canceled.
    var changes: [(at: Int, isActive: Bool)] = []
    var isOver = false

    /// The days, counted from the first of the year, on which it must have been charged by then.
    func daysCharged(from first: CivilDate, until end: Int) -> [Int] {
        schedule.dates.lazy.map { $0.daysSinceEpoch - first.daysSinceEpoch }
            .prefix { moment(of: $0) <= end }
            .filter { day in
                let moment = moment(of: day)
                let last = changes.last { $0.at <= moment }
                return moment >= madeAt && last?.isActive ?? true
            }
    }

    /// At 01:10 of the day; on the day on which it was made, at once.
    private func moment(of day: Int) -> Int {
        let moment = (day * 24 * 60 + 70) * 60_000
        return day == madeAt / 86_400_000 ? madeAt : moment
    }
}

extension ShopYear {
    /// The gateway's first day.
    var firstDay: CivilDate { CivilDate(daysSinceEpoch: rig.time.today()) }

    /// Makes the day's new bills, and changes where some of the old ones stand.
    func mindBills(on day: Int) async throws {
        move(to: day, hour: 8)
        for _ in 0..<plan.share(plan.bills, of: day) { try await makeBill(on: day) }
        for place in bills.indices where !bills[place].isOver && dice.happens(8) {
            try await change(place)
        }
    }

    private func makeBill(on day: Int) async throws {
        let today = CivilDate(daysSinceEpoch: firstDay.daysSinceEpoch + day)
        let schedule = schedule(on: today)
        let isApproved = !dice.happens(100)
        let cents = isApproved ? dice.pick(500...9900) : 20
        var bill = Bill(base: try Amount(cents: cents))
        bill.note = "club \(bills.count + 1)"
        let customer = Customer(
            name: ("Member", "Number \(bills.count + 1)"),
            emailAddress: "member\(bills.count + 1)@example.com")
        let order = RecurringOrder(
            bill, of: customer, on: schedule, for: Office.merchant)
        let card = try Self.card(isApproved ? "4012881888818888" : "5454545454545454", today)
        let id = try await office.desk.makeRecurringBill(order, card: card, on: today)
        bills.append(
            YearBill(
                id: id, schedule: schedule, cents: cents, isApproved: isApproved,
                madeAt: milliseconds))
    }

    private static func card(_ number: String, _ today: CivilDate) throws -> CardInHand {
        let arena = try SecretArena(blocks: 2)
        return try CardInHand(
            keyed: KeyedCard(
                number: try secret(number, arena), expiry: try secret("4912", arena)), on: today)
    }

    private static func secret(_ text: String, _ arena: SecretArena) throws -> SecretBytes {
        var bytes = try arena.take(capacity: 32)
        for byte in text.utf8 { try bytes.append(byte) }
        return bytes
    }

    /// Every kind of schedule, with every kind of end.
    private func schedule(on today: CivilDate) -> BillingSchedule {
        let start = CivilDate(daysSinceEpoch: today.daysSinceEpoch + dice.pick(0...40))
        let end: BillingSchedule.End =
            switch dice.pick(0...3) {
            case 0: .after(bills: dice.pick(1...20))
            case 1: .on(CivilDate(daysSinceEpoch: start.daysSinceEpoch + dice.pick(60...400)))
            default: .never
            }
        switch dice.pick(0...5) {
        case 0: return BillingSchedule(.daily, every: dice.pick(5...20), from: start, until: end)
        case 1:
            let weekdays = Set(Weekday.allCases.shuffled(using: &dice).prefix(dice.pick(1...2)))
            return BillingSchedule(
                .weekly(weekdays), every: dice.pick(1...3), from: start, until: end)
        case 2:
            return BillingSchedule(
                .monthlyEach([dice.pick(1...28), 32]), from: start, until: end)
        case 3: return BillingSchedule(.monthlyOn(.last, .friday), from: start, until: end)
        case 4: return BillingSchedule(.yearly(from: today.year, month: 12, day: 31))
        default:
            let dates = (1...4).map { number in
                CivilDate(daysSinceEpoch: today.daysSinceEpoch + number * dice.pick(1...40))
            }
            return BillingSchedule(.dates(Array(Set(dates)).sorted()))
        }
    }

    /// Pauses an active bill, goes on with a paused one, or cancels it; what is complete stays.
    private func change(_ place: Int) async throws {
        let id = bills[place].id
        let status = try await office.desk.recurringBill(id, .status).status
        let change: RecurringStatusChange
        switch status {
        case .active: change = dice.happens(200) ? .cancel : .pause
        case .paused: change = .activate
        default:
            bills[place].isOver = true
            return
        }
        try await office.desk.changeRecurringBill(id, to: change)
        statusChanges += 1
        bills[place].isOver = change == .cancel
        bills[place].changes.append((at: milliseconds, isActive: change == .activate))
    }
}
