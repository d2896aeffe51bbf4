import Coverage
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

    /// A printed bill, and where ours differs from it beside the currency, which is optional and
    /// always sent. The numbers are those of the document's inconsistencies.
    struct Printed: CustomTestStringConvertible, Sendable {
        let name: String
        /// What the sample writes as cents (I-06), by what it means.
        var hasCents = false
        var values: Set<String> = []
        var forms: Set<String> = []
        var added: Set<String> = []

        var testDescription: String { name }
    }

    private static let merchantForms: Set<String> = [
        "merchant.organization_id", "merchant.terminal_id",
    ]
    private static let amounts: Set<String> = [
        "bill.base_amount.amount", "bill.shipping_amount.amount", "bill.tax_amount.amount",
    ]

    static let printed = [
        Printed(name: "recurring-bill.post.request"),
        // I-09: ids as texts. I-06: "1275" for 12.75.
        Printed(
            name: "recurring-bill.post.request.java-sample", hasCents: true, values: amounts,
            forms: merchantForms),
        Printed(
            name: "recurring-bill.post.request.csharp-sample", hasCents: true, values: amounts,
            forms: merchantForms),
        // I-09; I-56: a schedule's numbers as texts; 10 for 10.00.
        Printed(
            name: "recurring-bill.post.request.php-sample",
            forms: merchantForms.union([
                "bill.base_amount.amount", "bill.tax_amount.amount",
                "schedule.bill_generation_interval",
                "schedule.schedule_start_and_end.end_after_bill_count",
                "schedule.monthly_schedule.monthly_each_days[0]",
            ])),
        // I-07: amounts as texts. I-57: without a schedule, and posted as an authorisation.
        Printed(
            name: "recurring-bill.post.request.ruby-sample", forms: amounts, added: ["schedule"]),
    ]

    @Test(.needsReference, arguments: printed)
    func `a printed bill is written field for field, but for what is listed`(
        printed: Printed
    ) throws {
        let text = try ReferenceExamples.text(printed.name)
        let sample = RecurringSample(try JSONTree(parsing: text), hasCents: printed.hasCents)
        let address = sample.address
        let card = try Self.card(
            sample.text("card_data.card_number") ?? "",
            String((sample.text("card_data.card_expiry_date") ?? "").suffix(4)),
            cvv: sample.text("card_data.cvv_data"), at: address)
        let body = try Self.body(try sample.order, card)
        let found = TreeDifference.all(sample.tree, body).filter { !$0.path.contains("currency") }
        func paths(_ kind: TreeDifference.Kind) -> Set<String> {
            Set(found.filter { $0.kind == kind }.map(\.path))
        }
        #expect(paths(.value) == printed.values)
        #expect(paths(.form) == printed.forms)
        #expect(paths(.added) == printed.added)
        #expect(paths(.missing).union(paths(.null)) == [])
    }

    @Test(.needsReference) func `a change of status is the printed one`() throws {
        let text = try ReferenceExamples.text("recurring-bill-status.patch.request")
        let body = try Self.body(RecurringStatusChange.cancel)
        #expect(TreeDifference.all(try JSONTree(parsing: text), body) == [])
    }

    @Test func `a change of status says only the status`() throws {
        let body = try Self.body(RecurringStatusChange.cancel)
        #expect(body["recurring_bill_status"] == .text("CANCELED"))
        #expect(
            try Self.body(RecurringStatusChange.pause)["recurring_bill_status"] == .text("PAUSED"))
    }

    static let schedules: [(BillingSchedule, String)] = [
        (
            BillingSchedule(.daily, every: 2, from: day("2026-12-01")),
            """
            {"schedule_type":"D","bill_generation_interval":2,
            "schedule_start_and_end":{"start_date":"2026-12-01","end_date_type":"N"}}
            """
        ),
        (
            BillingSchedule(
                .weekly([.friday, .monday]), from: day("2026-12-01"), until: .after(bills: 3)),
            """
            {"schedule_type":"W","bill_generation_interval":1,
            "schedule_start_and_end":{"start_date":"2026-12-01","end_date_type":"A",
            "end_after_bill_count":3},
            "weekly_schedule":{"weekly_bill_days":["MON","FRI"]}}
            """
        ),
        (
            BillingSchedule(
                .monthlyEach([32, 1]), from: day("2026-12-01"), until: .on(day("2027-12-01"))),
            """
            {"schedule_type":"M","bill_generation_interval":1,
            "schedule_start_and_end":{"start_date":"2026-12-01",
            "end_date_type":"O","end_date":"2027-12-01"},
            "monthly_schedule":{"monthly_type":"E","monthly_each_days":[1,32]}}
            """
        ),
        (
            BillingSchedule(.monthlyOn(.last, .friday), from: day("2026-12-01")),
            """
            {"schedule_type":"M","bill_generation_interval":1,
            "schedule_start_and_end":{"start_date":"2026-12-01","end_date_type":"N"},
            "monthly_schedule":{"monthly_type":"O",
            "monthly_on_the_day_of_week_in_month":5,"monthly_day_of_week":6}}
            """
        ),
        (
            BillingSchedule(.yearly(from: 2027, month: 2, day: 31)),
            """
            {"schedule_type":"Y","bill_generation_interval":1,
            "schedule_start_and_end":{"end_date_type":"N"},
            "yearly_schedule":{"year_to_start":"2027",
            "yearly_bill_on_month_number":2,"yearly_bill_on_day_of_month":"31"}}
            """
        ),
        (
            BillingSchedule(.dates([day("2027-02-01"), day("2026-12-01")])),
            """
            {"schedule_type":"S",
            "specific_dates_schedule":{"specific_dates":["2027-02-01","2026-12-01"]}}
            """
        ),
    ]

    @Test(.covers("PH-B-001", "PH-I-053"), arguments: schedules)
    func `a schedule is written with the members of its kind, and read again`(
        schedule: BillingSchedule, text: String
    ) throws {
        let body = try Self.body(RecurringChange(schedule: schedule))
        #expect(body["schedule"] == (try JSONTree(parsing: text)))
        let read = try RecordDecoder.decode(BillingSchedule.self, from: text.utf8Span.span)
        #expect(read.record == schedule)
        #expect(read.unknownMembers.isEmpty)
    }

    @Test(.covers("PH-I-055", "PH-I-056")) func `a schedule is read as the gateway may write it`()
        throws
    {
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
            """
            {"schedule_type":"M",
            "monthly_schedule":{"monthly_type":"O",
            "monthly_on_the_day_of_week_in_month":6,"monthly_day_of_week":1}}
            """,
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
        var bill = Bill(base: try Amount(cents: 100))
        bill.metaData = .text("bill")
        var customer = Customer(name: ("A", "B"), emailAddress: "a@b.example")
        customer.metaData = .text("customer")
        var schedule = BillingSchedule(.daily, from: Self.day("2026-12-01"))
        schedule.metaData = .text("schedule")
        var order = RecurringOrder(
            bill, of: customer, on: schedule, for: Merchant(organizationID: 1, terminalID: 2))
        order.metaData = .text("whole")
        order.merchantMetaData = .text("merchant")
        let arena = try SecretArena(blocks: 3)
        let card = try CardInHand(
            token: try Self.secret("9999000000001853", in: arena),
            expiry: try Self.secret("2912", in: arena), on: Self.day("2026-11-21"),
            metaData: .text("card_data"))
        let body = try Self.body(order, card)
        #expect(body["card_data"]?["tokenized_card"] == .text("9999000000001853"))
        #expect(body["card_data"]?["card_expiry_date"] == .text("202912"))
        #expect(body["metaData"] == .text("whole"))
        for part in ["bill", "customer", "schedule", "merchant", "card_data"] {
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
        let bill = Bill(base: try Amount(cents: 100))
        let nameless = RecurringOrder(
            bill, of: Customer(emailAddress: "a@b.example"), on: schedule, for: merchant)
        #expect(throws: RuleBreach.self) { try nameless.check() }
        let unreachable = RecurringOrder(
            bill, of: Customer(name: ("A", "B")), on: schedule, for: merchant)
        #expect(throws: RuleBreach("customer", .mailOrPhone)) { try unreachable.check() }
        var large = Bill(base: try Amount(cents: Limits.amountCentsMaximum))
        large.tax = try Amount(cents: 1)
        #expect(throws: RuleBreach("bill", .total)) { try RecurringChange(bill: large).check() }
    }
}
