import Coverage
import Emulator
import Testing

/// Rules of recurring bills that no other suite shows by themselves.
@Suite struct BillRuleTests {
    @Test(.covers("PH-I-053"))
    func `the month of a yearly bill has its own name`() throws {
        let yearly = try Body.recurring(Body.yearly)
        let misnamed = yearly.with("schedule.yearly_schedule.yearly_bill_on_month_number", nil)
            .with("schedule.yearly_schedule.yearly_bill_on_day_of_month", .number("2"))
        #expect(try TestGateway().sale(misnamed, to: "/api/v2/recurring-bill").codes == ["4509"])
    }

    @Test(.covers("PH-B-035", "PH-B-028", "PH-I-058", "PH-I-059"))
    func `a change of a bill or of its status answers 204 and nothing`() throws {
        let gateway = try TestGateway()
        let id = try gateway.bill(Body.daily)
        for response in [
            gateway.change(id, #"{"bill":{"base_amount":{"amount":"7.00"}}}"#),
            gateway.change(id, #"{"card_data":{"billing_zip":"10016"}}"#),
            gateway.change(id, #"{"schedule":{"bill_generation_interval":2}}"#),
            gateway.status(id, "PAUSED"),
        ] {
            #expect(response.status.rawValue == 204)
            #expect(response.body.isEmpty)
        }
        let bill = try gateway.get("recurring-bill/\(id)/bill")
        #expect(bill.at("base_amount.amount") == .number("7.00"))
        #expect(bill["note"] == .string("GYM"))
    }

    @Test(.covers("PH-H-005", "PH-H-004"))
    func `the message of a scheduled sale names its bill and its source`() throws {
        let gateway = try TestGateway()
        let path = "/api/v2/adminSettings/webhookConfiguration"
        let switches =
            #"{"webhookActive":true,"recurringBill":true,"api":false,"#
            + #""endPoint":"https://example.com/hook"}"#
        #expect(gateway.send("PATCH", path, Array(switches.utf8)).status == .created)
        let id = try gateway.bill(Body.daily)
        _ = try gateway.make("sale", FullShop.payment())
        gateway.pass(days: 1)
        let messages = gateway.core.dueDeliveries().map(\.message)
        let transaction = messages.map { $0.at("event.type.transaction") }
        #expect(transaction.map { $0?["recurringBillId"] } == [.string(id)])
        #expect(transaction.map { $0?["source"] } == [.string("Recurring")])
    }
}
