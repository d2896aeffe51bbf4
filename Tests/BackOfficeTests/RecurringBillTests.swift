import BackOffice
import Emulator
import LaneRig
import PayHub
import Secrets
import Testing
import Timeline
import Values

/// Recurring bills of the back office, at the emulated gateway over TLS.
@Suite struct RecurringBillTests {
    private static let today = day("2026-11-21")
    private static let daily = BillingSchedule(.daily, from: day("2026-11-22"))

    private static func day(_ text: String) -> CivilDate {
        CivilDate(iso8601: text) ?? CivilDate(year: 1, month: 1, day: 1)
    }

    private static func secret(_ text: String, _ arena: SecretArena) throws -> SecretBytes {
        var bytes = try arena.take(capacity: 32)
        for byte in text.utf8 { try bytes.append(byte) }
        return bytes
    }

    private static func card(
        _ number: String = "4012881888818888", _ expiry: String = "2912", zip: String? = nil
    ) throws -> CardInHand {
        let arena = try SecretArena(blocks: 2)
        var address = BillingAddress()
        address.zip = zip
        return try CardInHand(
            keyed: KeyedCard(
                number: try secret(number, arena), expiry: try secret(expiry, arena)), on: today,
            billing: address)
    }

    private static func order(
        _ schedule: BillingSchedule = daily, note: String = "GYM"
    ) throws -> RecurringOrder {
        var bill = Bill(base: try Amount(cents: 1275))
        bill.tax = try Amount(cents: 25)
        bill.note = note
        bill.metaData = .text("of the bill")
        var order = RecurringOrder(
            bill,
            of: Customer(name: ("Test", "Holder"), emailAddress: "holder@example.com"),
            on: schedule, for: Office.merchant)
        order.metaData = .object(["member": .number(JSONNumber(7))])
        return order
    }

    private static func make(
        _ rig: OfficeRig, _ schedule: BillingSchedule = daily
    ) async throws -> TransactionID {
        try await rig.desk.makeRecurringBill(
            try order(schedule), card: try card(zip: "94901"), on: today)
    }

    private static func pass(_ rig: OfficeRig, days: Int) {
        rig.clock.advance(milliseconds: days * 86_400_000)
        rig.core.catchUp()
    }

    private static let schedules = [
        daily, BillingSchedule(.weekly([.monday, .friday]), every: 2, from: day("2026-11-22")),
        BillingSchedule(
            .monthlyEach([1, 31, 32]), from: day("2026-12-01"), until: .after(bills: 6)),
        BillingSchedule(
            .monthlyOn(.last, .friday), from: day("2026-12-01"), until: .on(day("2028-01-01"))),
        BillingSchedule(.yearly(from: 2027, month: 2, day: 31)),
        BillingSchedule(.dates([day("2026-11-25"), day("2027-02-28")])),
    ]

    @Test(arguments: schedules)
    func `makes a bill of every kind and reads its schedule back`(
        schedule: BillingSchedule
    ) async throws {
        let rig = try OfficeRig()
        let id = try await Self.make(rig, schedule)
        #expect(try await rig.desk.recurringBill(id, .schedule).schedule == schedule)
        let status = try await rig.desk.recurringBill(id, .status)
        #expect(status.status == .active)
        #expect(status.nextBillDate == schedule.next(after: Self.today)?.iso8601)
        #expect(rig.office.unknownMembers == [])
    }

    @Test func `reads a bill and all of its parts, and nothing is lost`() async throws {
        let rig = try OfficeRig()
        let id = try await Self.make(rig)
        let bill = try await rig.desk.recurringBill(id)
        #expect(bill.number == id)
        #expect(bill.answer?.recurringBillID == id)
        #expect(bill.envelope.metaData?["member"] == .number(JSONNumber(7)))
        #expect(bill.answer?.billingReferences?.cardObscured?.lastFour?.text == "8888")
        let charged = try await rig.desk.recurringBill(id, .bill)
        #expect(charged.totalCents == 1300)
        #expect(charged.note?.text == "GYM")
        #expect(charged.envelope.metaData == .text("of the bill"))
        #expect(try await rig.desk.recurringBill(id, .merchant).merchant == Office.merchant)
        let customer = try await rig.desk.recurringBill(id, .customer)
        #expect(customer.emailAddress == "holder@example.com")
        let card = try await rig.desk.recurringBill(id, .card)
        #expect(card.billingZIP == "94901")
        #expect(card.number == nil && card.securityCode == nil)
        #expect(card.token != nil)
        #expect(rig.office.unknownMembers == [])
    }

    @Test func `goes through the list of bills, and finds one by its note`() async throws {
        let rig = try OfficeRig()
        var made: [TransactionID] = []
        for number in 0..<25 {
            made.append(
                try await rig.desk.makeRecurringBill(
                    try Self.order(note: "GYM \(number)"), card: try Self.card(), on: Self.today))
        }
        var listed: [TransactionID] = []
        for try await bill in rig.desk.recurringBills(size: 10) {
            if let number = bill.number { listed.append(number) }
        }
        #expect(listed == made)
        #expect(try await rig.desk.recurringBills(noted: "GYM 7") == [made[7]])
        #expect(try await rig.desk.recurringBills(noted: "GYM 99") == [])
    }

    @Test func `searches by merchant and customer, and keeps a program's own JSON`() async throws {
        let rig = try OfficeRig()
        let id = try await Self.make(rig)
        let customer = try await rig.desk.recurringBill(id, .customer).number ?? 0
        for list in [
            rig.desk.recurringBills(of: Office.merchant.organizationID),
            rig.desk.recurringBills(ofCustomer: customer),
        ] {
            var found: [TransactionID?] = []
            for try await bill in list { found.append(bill.number) }
            #expect(found == [id])
        }
        try await rig.desk.keep(.text("new"), with: .recurringBill, id)
        try await rig.desk.keep(.text("when"), with: .schedule, id)
        try await rig.desk.keep(.text("how"), with: .status, id)
        #expect(try await rig.desk.recurringBill(id).envelope.metaData == .text("new"))
        #expect(try await rig.desk.recurringBill(id, .schedule).envelope.metaData == .text("when"))
        #expect(try await rig.desk.recurringBill(id, .status).envelope.metaData == .text("how"))
    }

    @Test func `changes bill, schedule and card, together or alone`() async throws {
        let rig = try OfficeRig()
        let id = try await Self.make(rig)
        var bill = Bill(base: try Amount(cents: 999))
        bill.note = "NEW"
        try await rig.desk.changeRecurringBill(
            id, RecurringChange(bill: bill, schedule: Self.schedules[1]), on: Self.today)
        #expect(try await rig.desk.recurringBill(id, .bill).note?.text == "NEW")
        #expect(try await rig.desk.recurringBill(id, .schedule).schedule == Self.schedules[1])
        let old = try await rig.desk.recurringBill(id, .card).token
        try await rig.desk.changeRecurringBill(
            id, RecurringChange(), card: try Self.card("5466410004374507"), on: Self.today)
        #expect(try await rig.desk.recurringBill(id, .card).token != old)
    }

    @Test func `pauses, goes on and cancels, and asks before it does`() async throws {
        let rig = try OfficeRig()
        let id = try await Self.make(rig)
        try await rig.desk.changeRecurringBill(id, to: .pause)
        #expect(try await rig.desk.recurringBill(id, .status).status == .paused)
        Self.pass(rig, days: 3)
        #expect(rig.core.ledger.entries.isEmpty)
        try await rig.desk.changeRecurringBill(id, to: .activate)
        Self.pass(rig, days: 1)
        #expect(rig.core.ledger.entries.map(\.recurringBillID) == [id.text])
        await #expect(
            throws: BackOfficeFault.refusedByUs(
                .recurringStatus(.notPossible(.activate, from: .active)))
        ) { try await rig.desk.changeRecurringBill(id, to: .activate) }
        try await rig.desk.changeRecurringBill(id, to: .cancel)
        for change in RecurringStatusChange.allCases {
            await #expect(
                throws: BackOfficeFault.refusedByUs(
                    .recurringStatus(.notPossible(change, from: .canceled)))
            ) { try await rig.desk.changeRecurringBill(id, to: change) }
        }
        #expect(rig.core.posts.all.count == 1)
    }

    @Test func `reads a bill that is complete or delinquent`() async throws {
        let rig = try OfficeRig()
        let short = try await Self.make(rig, Self.schedules[5])
        rig.core.faults.add([FaultRule(.scheduledDelinquency)])
        var order = try Self.order()
        order.bill = Bill(base: try Amount(cents: 20))
        let failing = try await rig.desk.makeRecurringBill(
            order, card: try Self.card("5454545454545454"), on: Self.today)
        Self.pass(rig, days: 200)
        let complete = try await rig.desk.recurringBill(short, .status)
        #expect(complete.status == .completed && complete.nextBillDate == nil)
        #expect(try await rig.desk.recurringBill(failing, .status).status == .delinquent)
    }

    @Test(
        arguments: [
            (BillingSchedule(.daily), .startMissing),
            (BillingSchedule(.dates([today])), .dateNotInFuture(today)),
            (BillingSchedule(.weekly([]), from: today), .noWeekdays),
        ] as [(BillingSchedule, ScheduleFault)])
    func `a schedule that breaks a rule sends nothing`(
        schedule: BillingSchedule, fault: ScheduleFault
    ) async throws {
        let rig = try OfficeRig()
        await #expect(throws: BackOfficeFault.refusedByUs(.schedule(fault))) {
            try await Self.make(rig, schedule)
        }
        let id = try await Self.make(rig)
        await #expect(throws: BackOfficeFault.refusedByUs(.schedule(fault))) {
            try await rig.desk.changeRecurringBill(
                id, RecurringChange(schedule: schedule), on: Self.today)
        }
        await #expect(
            throws: BackOfficeFault.refusedByUs(
                .breach(RuleBreach("the change", .changesNothing)))
        ) { try await rig.desk.changeRecurringBill(id, RecurringChange(), on: Self.today) }
        #expect(rig.core.posts.all.count == 1)
    }

    @Test func `what the gateway refuses carries its codes`() async throws {
        let rig = try OfficeRig { $0.merchantSettings.requiresAVS = true }
        await #expect {
            try await rig.desk.makeRecurringBill(
                try Self.order(), card: try Self.card(), on: Self.today)
        } throws: { error in
            guard case BackOfficeFault.refused(let refusal) = error else { return false }
            return refusal.codes.map(\.text) == ["4042"]
        }
        let nowhere = try #require(TransactionID("999"))
        await #expect {
            try await rig.desk.recurringBill(nowhere)
        } throws: { ($0 as? BackOfficeFault)?.isNotFound == true }
    }

    @Test func `a bill whose answer is lost is in doubt, sent once, and found by its note`()
        async throws
    {
        let rig = try OfficeRig()
        rig.core.faults.add([
            FaultRule(.dropAfterCommit) {
                $0.operation = "recurring-bill"
                $0.times = 1
            }
        ])
        await #expect(throws: BackOfficeFault.transport(.inDoubt(Doubt(.connectionClosed)))) {
            try await Self.make(rig)
        }
        #expect(rig.core.posts.all.count == 1)
        #expect(try await rig.desk.recurringBills(noted: "GYM").map(\.text) == ["1001"])
    }
}
