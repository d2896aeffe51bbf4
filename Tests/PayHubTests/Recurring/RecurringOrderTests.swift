import Examples
import PayHub
import Secrets
import Testing
import Values

/// Recurring bills as they go out.
@Suite struct RecurringOrderTests {
    private static func day(_ text: String) -> CivilDate {
        CivilDate(iso8601: text) ?? CivilDate(year: 1, month: 1, day: 1)
    }

    private static func secret(_ text: String, in arena: SecretArena) throws -> SecretBytes {
        var bytes = try arena.take(capacity: 32)
        for byte in text.utf8 { try bytes.append(byte) }
        return bytes
    }

    /// The keyed card of a sample, on a day on which it was good.
    private static func card(
        _ number: String, _ expiry: String, cvv: String? = nil, at address: BillingAddress
    ) throws -> CardInHand {
        let arena = try SecretArena(blocks: 3)
        let code = try cvv.map { try secret($0, in: arena) }
        return try CardInHand(
            keyed: KeyedCard(
                number: try secret(number, in: arena), expiry: try secret(expiry, in: arena),
                cvv: code),
            on: day("2015-05-19"), billing: address)
    }

    private static func body(
        _ request: any GatewayRequest, _ card: CardInHand? = nil
    ) throws -> JSONTree {
        var output = try SecretArena(blocks: 2).take(capacity: 2 * SecretArena.blockBytes)
        try output.fill { span throws(RequestFault) in
            try GatewayBody(request, card: card).write(into: &span)
        }
        return try output.withBytes { bytes throws(RecordFault) in
            try JSONTree(parsing: bytes)
        }
    }

    /// How a body differs from a printed one, but for the currency, which is optional and always
    /// sent; `nil` without a reference.
    private static func differences(
        _ body: JSONTree, from example: String
    ) throws -> [String]? {
        guard let text = try ReferenceExamples.text(example) else { return nil }
        return TreeDifference.all(try JSONTree(parsing: text), body)
            .map(\.description).filter { !$0.contains("currency") }
    }

    private static func amount(_ cents: Int) throws -> Amount { try Amount(cents: cents) }

    @Test func `the printed bill with single dates is written field for field`() throws {
        var bill = Bill(base: try Self.amount(7234))
        bill.shipping = try Self.amount(387)
        bill.tax = try Self.amount(723)
        bill.note = "Gym stuff monthly delivered."
        bill.invoiceNumber = "FF7845742ARG"
        bill.purchaseOrderNumber = "What is a PO number?"
        var customer = Customer(
            name: ("Adam", "Smith"), emailAddress: "adam@smith.com",
            phoneNumber: "(917) 479 1349")
        customer.companyName = "Capital Inc"
        customer.jobTitle = "President"
        customer.webAddress = "http://capitalinc.com"
        customer.phoneExtension = "5702"
        customer.phoneType = .work
        var address = BillingAddress()
        address.line1 = "154 E 34th St"
        address.line2 = "Fifth Floor"
        address.city = "New York"
        address.state = "NY"
        address.zip = "10016"
        let order = RecurringOrder(
            bill, of: customer,
            on: BillingSchedule(.dates([Self.day("2015-10-01"), Self.day("2016-09-30")])),
            for: Merchant(organizationID: 10005, terminalID: 5))
        let card = try Self.card("4055011111111111", "1709", at: address)
        let found = try Self.differences(
            try Self.body(order, card), from: "recurring-bill.post.request")
        if let found { #expect(found == []) }
    }

    @Test func `the bill of the PHP sample is written with numbers where it has texts`() throws {
        var bill = Bill(base: try Self.amount(1000))
        bill.shipping = try Self.amount(123)
        bill.tax = try Self.amount(100)
        var customer = Customer(
            name: ("First", "Contact"), emailAddress: "jhon@company.com",
            phoneNumber: "(415) 479 1349")
        customer.companyName = "Payhub Inc"
        customer.jobTitle = "Software Engineer"
        customer.webAddress = "https://payhub.com"
        customer.phoneExtension = "123"
        customer.phoneType = .mobile
        var address = BillingAddress()
        address.line1 = "2350 Kerner Blvd"
        address.line2 = "On the corner"
        address.city = "San Rafael"
        address.state = "CA"
        address.zip = "94901"
        let schedule = BillingSchedule(
            .monthlyEach([1]), from: Self.day("2015-06-01"), until: .after(bills: 6))
        let order = RecurringOrder(
            bill, of: customer, on: schedule,
            for: Merchant(organizationID: 10002, terminalID: 2))
        let card = try Self.card("5466410004374507", "2011", cvv: "998", at: address)
        let body = try Self.body(order, card)
        let example = "recurring-bill.post.request.php-sample"
        guard let text = try ReferenceExamples.text(example) else { return }
        let found = TreeDifference.all(try JSONTree(parsing: text), body)
        // Numbers as texts (I-09, I-56) and 10 for 10.00.
        #expect(found.filter { $0.kind != .form } == [])
        #expect(
            Set(found.map(\.path)) == [
                "merchant.organization_id", "merchant.terminal_id", "bill.base_amount.amount",
                "bill.tax_amount.amount", "schedule.bill_generation_interval",
                "schedule.schedule_start_and_end.end_after_bill_count",
                "schedule.monthly_schedule.monthly_each_days[0]",
            ])
    }

    @Test func `a change of status is the printed one`() throws {
        let body = try Self.body(RecurringStatusChange.cancel)
        let found = try Self.differences(body, from: "recurring-bill-status.patch.request")
        if let found { #expect(found == []) }
        #expect(body["recurring_bill_status"] == .text("CANCELED"))
        #expect(
            try Self.body(RecurringStatusChange.pause)["recurring_bill_status"] == .text("PAUSED"))
    }

    static let schedules: [(BillingSchedule, String)] = [
        (
            BillingSchedule(.daily, every: 2, from: day("2026-12-01")),
            #"{"schedule_type":"D","bill_generation_interval":2,"schedule_start_and_end":{"start_date":"2026-12-01","end_date_type":"N"}}"#
        ),
        (
            BillingSchedule(
                .weekly([.friday, .monday]), from: day("2026-12-01"), until: .after(bills: 3)),
            #"{"schedule_type":"W","bill_generation_interval":1,"schedule_start_and_end":{"start_date":"2026-12-01","end_date_type":"A","end_after_bill_count":3},"weekly_schedule":{"weekly_bill_days":["MON","FRI"]}}"#
        ),
        (
            BillingSchedule(
                .monthlyEach([32, 1]), from: day("2026-12-01"), until: .on(day("2027-12-01"))),
            #"{"schedule_type":"M","bill_generation_interval":1,"schedule_start_and_end":{"start_date":"2026-12-01","end_date_type":"O","end_date":"2027-12-01"},"monthly_schedule":{"monthly_type":"E","monthly_each_days":[1,32]}}"#
        ),
        (
            BillingSchedule(.monthlyOn(.last, .friday), from: day("2026-12-01")),
            #"{"schedule_type":"M","bill_generation_interval":1,"schedule_start_and_end":{"start_date":"2026-12-01","end_date_type":"N"},"monthly_schedule":{"monthly_type":"O","monthly_on_the_day_of_week_in_month":5,"monthly_day_of_week":6}}"#
        ),
        (
            BillingSchedule(.yearly(from: 2027, month: 2, day: 31)),
            #"{"schedule_type":"Y","bill_generation_interval":1,"schedule_start_and_end":{"end_date_type":"N"},"yearly_schedule":{"year_to_start":"2027","yearly_bill_on_month_number":2,"yearly_bill_on_day_of_month":"31"}}"#
        ),
        (
            BillingSchedule(.dates([day("2027-02-01"), day("2026-12-01")])),
            #"{"schedule_type":"S","specific_dates_schedule":{"specific_dates":["2027-02-01","2026-12-01"]}}"#
        ),
    ]

    @Test(arguments: schedules)
    func `a schedule is written with the members of its kind, and read again`(
        schedule: BillingSchedule, text: String
    ) throws {
        let body = try Self.body(RecurringChange(schedule: schedule))
        #expect(body["schedule"] == (try JSONTree(parsing: text)))
        let read = try RecordDecoder.decode(BillingSchedule.self, from: text.utf8Span.span)
        #expect(read.record == schedule)
        #expect(read.unknownMembers.isEmpty)
    }

    @Test func `a schedule is read as the gateway may write it`() throws {
        let text = """
            {"schedule_type":"M","bill_generation_interval":"2",
             "schedule_start_and_end":{"start_date":"2026-12-01","end_date_type":" A",
              "end_after_bill_count":"6","end_date":null},
             "monthly_schedule":{"monthly_type":"E","monthly_each_days":["1","32"]},
             "weekly_schedule":null,"metaData":{"a":1}}
            """
        let read = try RecordDecoder.decode(BillingSchedule.self, from: text.utf8Span.span).record
        #expect(read.days == .monthlyEach([1, 32]))
        #expect(read.interval == 2)
        #expect(read.end == .after(bills: 6))
        #expect(read.metaData?["a"] == .number(JSONNumber(1)))
    }

    @Test(arguments: [
        (#"{"schedule_type":"X"}"#, RecordFault.wrongForm("schedule_type")),
        (#"{"bill_generation_interval":1}"#, .missing("schedule_type")),
        (#"{"schedule_type":"W"}"#, .missing("weekly_schedule")),
        (
            #"{"schedule_type":"W","weekly_schedule":{"weekly_bill_days":["MONDAY"]}}"#,
            .wrongForm("weekly_schedule.weekly_bill_days")
        ),
        (
            #"{"schedule_type":"M","monthly_schedule":{"monthly_type":"O","monthly_on_the_day_of_week_in_month":6,"monthly_day_of_week":1}}"#,
            .wrongForm("monthly_schedule.monthly_on_the_day_of_week_in_month")
        ),
        (
            #"{"schedule_type":"D","schedule_start_and_end":{"start_date":"2026-02-30"}}"#,
            .wrongForm("schedule_start_and_end.start_date")
        ),
        (
            #"{"schedule_type":"D","schedule_start_and_end":{"end_date_type":"Z"}}"#,
            .wrongForm("schedule_start_and_end.end_date_type")
        ),
        (
            #"{"schedule_type":"S","specific_dates_schedule":{"specific_dates":["soon"]}}"#,
            .wrongForm("specific_dates_schedule.specific_dates")
        ),
    ])
    func `what is no schedule is told by its place`(text: String, fault: RecordFault) {
        #expect(throws: fault) {
            try RecordDecoder.decode(BillingSchedule.self, from: text.utf8Span.span)
        }
    }

    @Test func `the client's own JSON goes out with each part`() throws {
        var bill = Bill(base: try Self.amount(100))
        bill.metaData = .text("bill")
        var customer = Customer(name: ("A", "B"), emailAddress: "a@b.example")
        customer.metaData = .text("customer")
        var schedule = BillingSchedule(.daily, from: Self.day("2026-12-01"))
        schedule.metaData = .text("schedule")
        var order = RecurringOrder(
            bill, of: customer, on: schedule, for: Merchant(organizationID: 1, terminalID: 2))
        order.metaData = .text("whole")
        order.merchantMetaData = .text("merchant")
        let body = try Self.body(order)
        #expect(body["metaData"] == .text("whole"))
        for part in ["bill", "customer", "schedule", "merchant"] {
            #expect(body[part]?["metaData"] == .text(part))
        }
        #expect(body["merchant"]?["terminal_id"] == .number(JSONNumber(2)))
    }

    @Test func `a card alone can be a change`() throws {
        let card = try Self.card("4055011111111111", "1709", at: BillingAddress())
        let body = try Self.body(RecurringChange(), card)
        guard case .object(let members) = body else { return }
        #expect(members.keys.sorted() == ["card_data"])
    }

    @Test func `a customer without a name or a bill that is too large is refused`() throws {
        let merchant = Merchant(organizationID: 1, terminalID: 2)
        let schedule = BillingSchedule(.daily, from: Self.day("2026-12-01"))
        let bill = Bill(base: try Self.amount(100))
        let nameless = RecurringOrder(
            bill, of: Customer(emailAddress: "a@b.example"), on: schedule, for: merchant)
        #expect(throws: RuleBreach.self) { try nameless.check() }
        let unreachable = RecurringOrder(
            bill, of: Customer(name: ("A", "B")), on: schedule, for: merchant)
        #expect(throws: RuleBreach("customer", .mailOrPhone)) { try unreachable.check() }
        var large = Bill(base: try Self.amount(Limits.amountCentsMaximum))
        large.tax = try Self.amount(1)
        #expect(throws: RuleBreach("bill", .total)) { try RecurringChange(bill: large).check() }
    }
}
