import Emulator
import InMemoryLogging
import Logging
import Testing
import Values

/// Every rule of recurring bills, with its code.
@Suite struct RecurringRuleTests {
    /// A schedule, a change to it, and the codes of the rules that it breaks.
    struct ScheduleRefusal: CustomTestStringConvertible, Sendable {
        let schedule: String
        let refusal: Refusal

        init(_ schedule: String, _ path: String, _ value: String?, _ codes: String...) {
            self.schedule = schedule
            let whole = path.isEmpty ? "schedule" : "schedule.\(path)"
            refusal = Refusal(whole, value, all: codes)
        }

        var testDescription: String { refusal.testDescription }
    }

    private static let span = "schedule_start_and_end"
    private static let weekly = "weekly_schedule.weekly_bill_days"
    private static let monthly = "monthly_schedule"
    private static let position = "monthly_schedule.monthly_on_the_day_of_week_in_month"
    private static let weekday = "monthly_schedule.monthly_day_of_week"
    private static let each = "monthly_schedule.monthly_each_days"
    private static let yearly = "yearly_schedule"
    private static let dates = "specific_dates_schedule.specific_dates"

    static let kinds = [
        ScheduleRefusal(Body.daily, "", nil, "4524"),
        ScheduleRefusal(Body.daily, "", "null", "4524"),
        ScheduleRefusal(Body.daily, "", "[]", "4093"),
        ScheduleRefusal(Body.daily, "schedule_type", nil, "4524"),
        ScheduleRefusal(Body.daily, "schedule_type", "\"X\"", "4505"),
        ScheduleRefusal(Body.daily, "schedule_type", "\"d\"", "4505"),
        ScheduleRefusal(Body.daily, "schedule_type", "1", "4505"),
        ScheduleRefusal(Body.daily, "schedule_type", "\"W\"", "4524"),
        ScheduleRefusal(Body.daily, "schedule_type", "\"M\"", "4524"),
        ScheduleRefusal(Body.daily, "schedule_type", "\"Y\"", "4524"),
        ScheduleRefusal(Body.daily, "schedule_type", "\"S\"", "4514", "4514", "4524"),
        ScheduleRefusal(Body.weekly, "schedule_type", "\"D\"", "4514"),
        ScheduleRefusal(Body.weekly, "weekly_schedule", nil, "4524"),
        ScheduleRefusal(Body.weekly, "weekly_schedule", "[]", "4514"),
        ScheduleRefusal(Body.monthlyEach, monthly, nil, "4524"),
        ScheduleRefusal(Body.yearly, yearly, nil, "4524"),
        ScheduleRefusal(Body.specific, "specific_dates_schedule", nil, "4524"),
        ScheduleRefusal(Body.specific, "bill_generation_interval", "1", "4514"),
        ScheduleRefusal(Body.specific, span, "{}", "4514"),
    ]
    static let spans = [
        ScheduleRefusal(Body.daily, "bill_generation_interval", "0", "4081"),
        ScheduleRefusal(Body.daily, "bill_generation_interval", "-1", "4081"),
        ScheduleRefusal(Body.daily, "bill_generation_interval", "1.5", "4081"),
        ScheduleRefusal(Body.daily, "bill_generation_interval", "10000", "4081"),
        ScheduleRefusal(Body.daily, "bill_generation_interval", "\"often\"", "4081"),
        ScheduleRefusal(Body.daily, span, nil, "4524"),
        ScheduleRefusal(Body.weekly, span, nil, "4524"),
        ScheduleRefusal(Body.monthlyOn, span, nil, "4524"),
        ScheduleRefusal(Body.daily, span, "7", "4514"),
        ScheduleRefusal(Body.daily, "\(span).start_date", nil, "4090"),
        ScheduleRefusal(Body.weekly, "\(span).start_date", "null", "4090"),
        ScheduleRefusal(Body.monthlyEach, "\(span).start_date", "\"2026-02-30\"", "4090"),
        ScheduleRefusal(Body.daily, "\(span).start_date", "\"22.11.2026\"", "4090"),
        ScheduleRefusal(Body.daily, "\(span).start_date", "\"0000-01-01\"", "4090"),
        ScheduleRefusal(Body.yearly, "\(span).start_date", "\"soon\"", "4090"),
        ScheduleRefusal(Body.daily, "\(span).end_date_type", "\"X\"", "4082"),
        ScheduleRefusal(Body.daily, "\(span).end_date_type", "1", "4082"),
        ScheduleRefusal(Body.daily, "\(span).end_date_type", "\"A\"", "4083"),
        ScheduleRefusal(Body.monthlyEach, "\(span).end_after_bill_count", "0", "4083"),
        ScheduleRefusal(Body.monthlyEach, "\(span).end_after_bill_count", "\"six\"", "4083"),
        ScheduleRefusal(Body.daily, "\(span).end_after_bill_count", "6", "4514"),
        ScheduleRefusal(Body.daily, "\(span).end_date_type", "\"O\"", "4506"),
        ScheduleRefusal(Body.monthlyOn, "\(span).end_date", "\"2027-13-01\"", "4506"),
        ScheduleRefusal(Body.monthlyOn, "\(span).end_date", "\"2026-11-30\"", "4094"),
        ScheduleRefusal(Body.daily, "\(span).end_date", "\"2027-01-01\"", "4514"),
        ScheduleRefusal(Body.monthlyEach, "\(span).end_date", "\"2027-01-01\"", "4514"),
        ScheduleRefusal(
            Body.yearly, span, #"{"end_date_type":"O","end_date":"2026-12-31"}"#, "4094"),
        // Nothing is left to bill.
        ScheduleRefusal(
            Body.daily, span,
            #"{"start_date":"2026-11-01","end_date_type":"A","end_after_bill_count":3}"#, "4103"),
        ScheduleRefusal(
            Body.monthlyOn, span,
            #"{"start_date":"2026-12-01","end_date_type":"O","end_date":"2026-12-02"}"#, "4103"),
    ]
    static let days = [
        ScheduleRefusal(Body.weekly, weekly, nil, "4507"),
        ScheduleRefusal(Body.weekly, weekly, "[]", "4507"),
        ScheduleRefusal(Body.weekly, weekly, "[\"MONDAY\"]", "4507"),
        ScheduleRefusal(Body.weekly, weekly, "[\"MON\",\"fri\"]", "4507"),
        ScheduleRefusal(Body.weekly, weekly, "\"MON\"", "4507"),
        ScheduleRefusal(Body.weekly, weekly, "[2]", "4507"),
        ScheduleRefusal(Body.monthlyEach, "\(monthly).monthly_type", nil, "4510"),
        ScheduleRefusal(Body.monthlyEach, "\(monthly).monthly_type", "\"X\"", "4510"),
        ScheduleRefusal(
            Body.monthlyEach, "\(monthly).monthly_type", "\"O\"", "4514", "4511", "4512"),
        ScheduleRefusal(Body.monthlyEach, each, nil, "4513"),
        ScheduleRefusal(Body.monthlyEach, each, "[]", "4513"),
        ScheduleRefusal(Body.monthlyEach, each, "[0]", "4513"),
        ScheduleRefusal(Body.monthlyEach, each, "[1,33]", "4513"),
        ScheduleRefusal(Body.monthlyEach, each, "1", "4513"),
        ScheduleRefusal(Body.monthlyEach, position, "1", "4514"),
        ScheduleRefusal(Body.monthlyEach, weekday, "1", "4514"),
        ScheduleRefusal(Body.monthlyOn, position, nil, "4511"),
        ScheduleRefusal(Body.monthlyOn, position, "0", "4511"),
        ScheduleRefusal(Body.monthlyOn, position, "6", "4511"),
        ScheduleRefusal(Body.monthlyOn, weekday, nil, "4512"),
        ScheduleRefusal(Body.monthlyOn, weekday, "0", "4512"),
        ScheduleRefusal(Body.monthlyOn, weekday, "8", "4512"),
        ScheduleRefusal(Body.monthlyOn, weekday, "\"FRI\"", "4512"),
        ScheduleRefusal(Body.monthlyOn, each, "[1]", "4514"),
        ScheduleRefusal(Body.yearly, "\(yearly).year_to_start", nil, "4090"),
        ScheduleRefusal(Body.yearly, "\(yearly).year_to_start", "\"27\"", "4090"),
        ScheduleRefusal(Body.yearly, "\(yearly).year_to_start", "\"20270\"", "4090"),
        ScheduleRefusal(Body.yearly, "\(yearly).year_to_start", "\"0000\"", "4090"),
        ScheduleRefusal(Body.yearly, "\(yearly).yearly_bill_on_month_number", nil, "4509"),
        ScheduleRefusal(Body.yearly, "\(yearly).yearly_bill_on_month_number", "0", "4509"),
        ScheduleRefusal(Body.yearly, "\(yearly).yearly_bill_on_month_number", "13", "4509"),
        ScheduleRefusal(Body.yearly, "\(yearly).yearly_bill_on_day_of_month", nil, "4508"),
        ScheduleRefusal(Body.yearly, "\(yearly).yearly_bill_on_day_of_month", "\"0\"", "4508"),
        ScheduleRefusal(Body.yearly, "\(yearly).yearly_bill_on_day_of_month", "\"32\"", "4508"),
        ScheduleRefusal(Body.specific, dates, nil, "4091"),
        ScheduleRefusal(Body.specific, dates, "[]", "4091"),
        ScheduleRefusal(Body.specific, dates, "[\"2026-11-31\"]", "4091"),
        ScheduleRefusal(Body.specific, dates, "[\"2026-11-21\"]", "4091"),
        ScheduleRefusal(Body.specific, dates, "[\"2026-11-25\",\"2026-11-20\"]", "4091"),
        ScheduleRefusal(Body.specific, dates, "[\"2026-11-25\",\"2026-11-25\"]", "4092"),
        ScheduleRefusal(Body.specific, dates, "\"2026-11-25\"", "4091"),
    ]

    @Test(arguments: kinds + spans + days)
    func `refuses a schedule that breaks a rule`(row: ScheduleRefusal) throws {
        let gateway = try TestGateway()
        let body = try row.refusal.apply(to: Body.recurring(row.schedule))
        let response = gateway.sale(body, to: "/api/v2/recurring-bill")
        #expect(response.status == .badRequest)
        #expect(response.codes == row.refusal.codes)
        #expect(gateway.core.ledger.recurringBills.isEmpty)
    }

    static let others = [
        Refusal("merchant", nil, "4052", "4051"), Refusal("merchant.terminal_id", "2", "4007"),
        Refusal("customer", nil, "4524"), Refusal("customer.last_name", nil, "4524"),
        Refusal(
            "customer", #"{"first_name":"Test","last_name":"Holder"}"#, "4525"),
        Refusal("card_data", nil, "4043"), Refusal("card_data.card_number", "\"4111\"", "4022"),
        Refusal("card_data.card_expiry_date", nil, "4044"),
        Refusal("card_data.card_expiry_date", "\"202610\"", "4025"),
        Refusal("card_data.cvv_data", "\"111\"", "4099"),
        Refusal("bill", nil, "4021"), Refusal("bill.base_amount.amount", "0", "4021"),
        Refusal("bill.tax_amount", #"{"amount":1,"currency":"EUR"}"#, "4521", "4523"),
    ]

    @Test(arguments: others)
    func `refuses a bill that breaks another rule`(refusal: Refusal) throws {
        let gateway = try TestGateway()
        let body = try refusal.apply(to: Body.recurring(Body.daily))
        #expect(gateway.sale(body, to: "/api/v2/recurring-bill").codes == refusal.codes)
        #expect(gateway.core.ledger.recurringBills.isEmpty)
    }

    @Test(arguments: Body.schedules)
    func `takes a bill and answers with where it stands`(schedule: String) throws {
        let gateway = try TestGateway()
        let response = gateway.sale(
            try Body.recurring(schedule), to: "/api/v2/recurring-bill")
        #expect(response.status == .created)
        #expect(response.body.isEmpty)
        #expect(response.header("Location") == "\(Scene.base)/recurring-bill/1001")
        #expect(gateway.core.ledger.entries.isEmpty)
        #expect(gateway.log.entries.allSatisfy { $0.level <= .info })
    }

    @Test func `takes numbers as text, blanks around an end, and a yearly bill without a span`()
        throws
    {
        let gateway = try TestGateway()
        let texts = """
            {"schedule_type":"M","bill_generation_interval":"2",
             "schedule_start_and_end":{"start_date":"2026-12-01","end_date_type":" A",
              "end_after_bill_count":"6"},
             "monthly_schedule":{"monthly_type":"E","monthly_each_days":["1"]}}
            """
        let id = try gateway.bill(texts)
        #expect(try gateway.standing(id) == "ACTIVE 2026-12-01")
        let yearly = try JSONValue(Body.yearly).with("schedule_start_and_end", nil)
            .with("yearly_schedule.yearly_bill_on_day_of_month", .number("1"))
        #expect(try gateway.standing(try gateway.bill(yearly.text)) == "ACTIVE 2027-02-01")
    }

    @Test func `takes a token, and a swipe with a warning`() throws {
        let gateway = try TestGateway()
        let sale = try gateway.make("sale", try #require(Body.keyed))
        let token = try gateway.get("sale/\(sale)/card_data")["tokenized_card"] ?? .null
        let schedule = try JSONValue(Body.daily)
        let byToken = try #require(Body.recurring).with("schedule", schedule)
            .with("card_data", .members(["tokenized_card": token]))
        _ = try gateway.make("recurring-bill", byToken)
        #expect(!gateway.logText.contains("swipe"))
        let swiped = try #require(Body.recurring).with("schedule", schedule)
            .with("card_data", .members(["track2_data": .string(Body.track2)]))
        _ = try gateway.make("recurring-bill", swiped)
        #expect(gateway.logText.contains("a swipe for a recurring bill"))
    }
}
