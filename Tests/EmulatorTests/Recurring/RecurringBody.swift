import Emulator
import Testing
import Values

/// Bodies of recurring bills that every rule accepts, and what becomes of them.
extension Body {
    /// A bill of 12.75 to a keyed card, without its schedule.
    static let recurring = keyed?.with("bill.note", .string("GYM"))

    /// A bill with this schedule, in JSON.
    static func recurring(_ schedule: String) throws -> JSONValue {
        try #require(recurring).with("schedule", try JSONValue(schedule))
    }

    /// Daily from the day after the gateway's.
    static let daily = """
        {"schedule_type":"D","bill_generation_interval":1,
         "schedule_start_and_end":{"start_date":"2026-11-22"}}
        """
    static let weekly = """
        {"schedule_type":"W","bill_generation_interval":1,
         "schedule_start_and_end":{"start_date":"2026-11-22","end_date_type":"N"},
         "weekly_schedule":{"weekly_bill_days":["MON","FRI"]}}
        """
    static let monthlyEach = """
        {"schedule_type":"M","bill_generation_interval":1,
         "schedule_start_and_end":{"start_date":"2026-12-01","end_date_type":"A",
          "end_after_bill_count":6},
         "monthly_schedule":{"monthly_type":"E","monthly_each_days":[1,32]}}
        """
    static let monthlyOn = """
        {"schedule_type":"M","bill_generation_interval":2,
         "schedule_start_and_end":{"start_date":"2026-12-01","end_date_type":"O",
          "end_date":"2027-12-01"},
         "monthly_schedule":{"monthly_type":"O","monthly_on_the_day_of_week_in_month":5,
          "monthly_day_of_week":6}}
        """
    static let yearly = """
        {"schedule_type":"Y","bill_generation_interval":1,
         "schedule_start_and_end":{"end_date_type":"N"},
         "yearly_schedule":{"year_to_start":"2027","yearly_bill_on_month_number":2,
          "yearly_bill_on_day_of_month":"31"}}
        """
    static let specific = """
        {"schedule_type":"S",
         "specific_dates_schedule":{"specific_dates":["2026-11-25","2027-02-28"]}}
        """
    static let schedules = [daily, weekly, monthlyEach, monthlyOn, yearly, specific]
}

extension TestGateway {
    /// Makes a bill with this schedule; its id.
    func bill(_ schedule: String) throws -> String {
        try make("recurring-bill", Body.recurring(schedule))
    }

    /// Changes a bill.
    func change(_ id: String, _ body: String) -> GatewayResponse {
        send("PATCH", "/api/v2/recurring-bill/\(id)", Array(body.utf8))
    }

    /// Asks for another status of a bill.
    func status(_ id: String, _ status: String) -> GatewayResponse {
        let body = #"{"recurring_bill_status":"\#(status)"}"#
        return send("PATCH", "/api/v2/recurring-bill-status/\(id)", Array(body.utf8))
    }

    /// Where a bill stands, and when it is charged next.
    func standing(_ id: String) throws -> String {
        let status = try get("recurring-bill/\(id)/status")
        return (status["recurring_bill_status"]?.string ?? "")
            + " " + (status["nextBillDate"]?.string ?? "-")
    }

    /// Lets so many days pass.
    func pass(days: Int, hours: Int = 0) {
        clock.advance(milliseconds: (days * 24 + hours) * 3_600_000)
        core.catchUp()
    }

    /// The days of a bill's sales, with their response codes where they are no approval.
    func billed(_ id: String? = nil) -> [String] {
        core.ledger.entries.filter {
            $0.recurringBillID != nil && (id == nil || $0.recurringBillID == id)
        }.map { entry in
            let code = entry.answer.responseCode
            return entry.createdAt.day.iso8601 + (code == "00" ? "" : " \(code)")
        }
    }
}

extension Scene {
    /// A daily bill, three days on: where it stands, and the codes of its sales.
    @Sendable static func scheduled(_ gateway: TestGateway) throws -> String {
        let id = try gateway.bill(Body.daily)
        gateway.pass(days: 3)
        let codes = gateway.core.ledger.entries.map(\.answer.responseCode)
        return try gateway.standing(id) + "; " + codes.joined(separator: " ")
    }

    /// The same with a card that declines each time.
    @Sendable static func scheduledDecline(_ gateway: TestGateway) throws -> String {
        let body = try #require(Body.card("5454545454545454", amount: "0.20"))
        let id = try gateway.make(
            "recurring-bill", body.with("schedule", try JSONValue(Body.daily)))
        gateway.pass(days: 3)
        return try gateway.standing(id)
    }
}
