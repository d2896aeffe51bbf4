import Emulator
import Testing

extension CodeRequest {
    private init(_ code: String, _ schedule: String, _ path: String, _ value: String?) {
        self.init(
            code, try? Body.recurring(schedule), "schedule.\(path)", value, to: "recurring-bill")
    }

    /// The rules of schedules.
    static let schedule = [
        CodeRequest("4081", Body.daily, "bill_generation_interval", "0"),
        CodeRequest("4082", Body.weekly, "schedule_start_and_end.end_date_type", "\"X\""),
        CodeRequest("4083", Body.monthlyEach, "schedule_start_and_end.end_after_bill_count", "0"),
        CodeRequest("4090", Body.daily, "schedule_start_and_end.start_date", "\"soon\""),
        CodeRequest(
            "4091", Body.specific, "specific_dates_schedule.specific_dates", #"["2020-01-01"]"#),
        CodeRequest(
            "4092", Body.specific, "specific_dates_schedule.specific_dates",
            #"["2027-01-01","2027-01-01"]"#),
        CodeRequest("4094", Body.monthlyOn, "schedule_start_and_end.end_date", "\"2026-11-30\""),
        CodeRequest("4505", Body.daily, "schedule_type", "\"X\""),
        CodeRequest("4506", Body.monthlyOn, "schedule_start_and_end.end_date", "\"later\""),
        CodeRequest("4507", Body.weekly, "weekly_schedule.weekly_bill_days", #"["MONDAY"]"#),
        CodeRequest("4508", Body.yearly, "yearly_schedule.yearly_bill_on_day_of_month", "32"),
        CodeRequest("4509", Body.yearly, "yearly_schedule.yearly_bill_on_month_number", "13"),
        CodeRequest("4510", Body.monthlyEach, "monthly_schedule.monthly_type", "\"X\""),
        CodeRequest(
            "4511", Body.monthlyOn, "monthly_schedule.monthly_on_the_day_of_week_in_month", "6"),
        CodeRequest("4512", Body.monthlyOn, "monthly_schedule.monthly_day_of_week", "8"),
        CodeRequest("4513", Body.monthlyEach, "monthly_schedule.monthly_each_days", "[33]"),
        CodeRequest("4514", Body.daily, "weekly_schedule", #"{"weekly_bill_days":["MON"]}"#),
    ]

    /// What else may be wrong with a recurring bill.
    static let recurring = [
        CodeRequest("4065") { gateway in
            let id = try gateway.bill(Body.daily)
            #expect(gateway.status(id, "CANCELED").status == .noContent)
            return gateway.change(id, #"{"bill":{"base_amount":{"amount":1}}}"#)
        },
        CodeRequest("4093", Body.recurring, "schedule", "[]", to: "recurring-bill"),
        CodeRequest("4097") { $0.status(try $0.bill(Body.daily), "ASLEEP") },
        CodeRequest(
            "4099", try? Body.recurring(Body.daily), "card_data.cvv_data", "\"123\"",
            to: "recurring-bill"),
        CodeRequest("4103") { gateway in
            // The thirtieth of every February.
            let schedule = """
                {"schedule_type":"M","bill_generation_interval":12,
                 "schedule_start_and_end":{"start_date":"2027-02-01"},
                 "monthly_schedule":{"monthly_type":"E","monthly_each_days":[30]}}
                """
            return gateway.sale(try Body.recurring(schedule), to: "/api/v2/recurring-bill")
        },
        CodeRequest("4522") { $0.status(try $0.bill(Body.daily), "ACTIVE") },
    ]
}
