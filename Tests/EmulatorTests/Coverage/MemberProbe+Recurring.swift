import Emulator
import Testing

extension MemberProbe {
    /// A recurring bill that has the member.
    static func recurring(_ gateway: TestGateway, _ path: String) throws -> JSONValue {
        let schedule =
            switch path.split(separator: ".").dropFirst().last {
            case "weekly_bill_days": Body.weekly
            case "specific_dates": Body.specific
            case "end_date", "monthly_on_the_day_of_week_in_month", "monthly_day_of_week":
                Body.monthlyOn
            case "year_to_start", "yearly_bill_on_month_number", "yearly_bill_on_day_of_month":
                Body.yearly
            default: Body.monthlyEach
            }
        let payment =
            path.hasSuffix(".tokenized_card")
            ? try FullShop.tokenized(gateway) : try FullShop.payment()
        let body = payment.with("schedule", try JSONValue(schedule))
        return path.hasSuffix("metaData") ? body.with(path, .string("ours")) : body
    }

    /// The answer, the bill with its parts, and what comes of it in three months.
    static func recurringBill(_ gateway: TestGateway, _ body: JSONValue) throws -> String {
        let response = gateway.sale(body, to: "/api/v2/recurring-bill")
        guard response.status == .created else {
            return "\(response.status.rawValue) \(response.codes)"
        }
        let id = response.header("Location")?.split(separator: "/").last.map(String.init) ?? ""
        let seen = try look(gateway, id)
        gateway.pass(days: 92)
        return "201 \(seen) \(gateway.billed(id))"
    }

    /// A change of a recurring bill with all that can be changed, or of where it stands.
    static func update(_ path: String) throws -> JSONValue {
        if path == "recurring_bill_status" { return .members([path: .string("PAUSED")]) }
        return .members([
            "bill": try FullShop.bill(), "schedule": try JSONValue(Body.weekly),
            "card_data": try #require(Body.card("5466410004374507")?["card_data"]),
        ])
    }

    /// The answer to a change, and the bill then.
    static func changedBill(
        _ gateway: TestGateway, _ target: String, _ body: JSONValue
    ) throws -> String {
        let id = try gateway.bill(Body.daily)
        let path = "/api/v2" + target.replacing("{id}", with: id)
        let response = gateway.send("PATCH", path, body.bytes)
        return "\(response.status.rawValue) \(response.codes) \(try look(gateway, id))"
    }

    private static func look(_ gateway: TestGateway, _ id: String) throws -> String {
        let parts = ["", "/merchant", "/customer", "/bill", "/card_data", "/schedule", "/status"]
        return try parts.map { try gateway.get("recurring-bill/\(id)\($0)").text }
            .joined(separator: "\n")
    }
}
