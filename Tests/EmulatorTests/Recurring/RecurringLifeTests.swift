import Coverage
import Emulator
import Testing
import Values

/// Recurring bills as the gateway's clock moves.
@Suite struct RecurringLifeTests {
    @Test(.covers("PH-B-036")) func `makes a sale on each of its days, early in the morning`()
        throws
    {
        let gateway = try TestGateway()
        let id = try gateway.bill(Body.weekly)
        #expect(try gateway.standing(id) == "ACTIVE 2026-11-23")
        gateway.pass(days: 1, hours: 14)
        #expect(gateway.billed().isEmpty)
        gateway.pass(days: 0, hours: 2)
        #expect(gateway.billed() == ["2026-11-23"])
        gateway.pass(days: 14)
        #expect(
            gateway.billed() == [
                "2026-11-23", "2026-11-27", "2026-11-30", "2026-12-04", "2026-12-07",
            ])
        #expect(try gateway.standing(id) == "ACTIVE 2026-12-11")
        let sale = try gateway.get("sale/1002")
        #expect(sale.at("saleResponse.saleDateTime") == .string("2026-11-23 01:10:00"))
        #expect(sale.at("saleResponse.responseCode") == .string("00"))
        #expect(try gateway.get("sale/1002/bill")["note"] == .string("GYM"))
    }

    @Test(.covers("PH-P-008", "PH-P-009", "PH-P-010", "PH-I-070"))
    func `shows its sales in the report, by its number`() throws {
        let gateway = try TestGateway()
        let first = try gateway.bill(Body.daily)
        let second = try gateway.bill(Body.specific)
        _ = try gateway.make("sale", Body.noted("SW-1"))
        gateway.pass(days: 4)
        let rows = try gateway.report(#"{"recurringBillId":"\#(first)"}"#)
        #expect(rows.count == 4)
        #expect(rows.allSatisfy { $0["source"] == .string("Recurring") })
        #expect(rows.allSatisfy { $0["recurringBillId"] == .string(first) })
        #expect(rows.allSatisfy { $0["swiped"] == .string("false") })
        #expect(try gateway.report(#"{"recurringBillId":"!"}"#).count == 5)
        #expect(try gateway.report(#"{"recurringBillId":""}"#).count == 1)
        #expect(try gateway.report(#"{"recurringBillId":"\#(first);!\#(second)"}"#).count == 4)
        #expect(try gateway.report(#"{"recurringBillId":"!\#(first)"}"#).count == 2)
        #expect(try gateway.report(#"{"source":"Recurring"}"#).count == 5)
        #expect(gateway.core.ledger.charges.reduce(0) { $0 + $1.liveCents } == 6 * 1275)
    }

    @Test func `bills today at once when it begins today`() throws {
        let gateway = try TestGateway()
        let today = try JSONValue(Body.daily)
            .with("schedule_start_and_end.start_date", .string("2026-11-21"))
        let id = try gateway.bill(today.text)
        #expect(gateway.billed() == ["2026-11-21"])
        #expect(try gateway.standing(id) == "ACTIVE 2026-11-22")
        // Days before it was made count and are not charged.
        let earlier = try JSONValue(Body.monthlyEach)
            .with("schedule_start_and_end.start_date", .string("2026-09-15"))
            .with("schedule_start_and_end.end_after_bill_count", .number("5"))
        let other = try gateway.bill(earlier.text)
        gateway.pass(days: 200)
        #expect(gateway.billed(other) == ["2026-11-30"])
    }

    @Test(.covers("PH-B-031", "PH-I-052"))
    func `leaves out days that pass while it is paused, for ever`() throws {
        let gateway = try TestGateway()
        let id = try gateway.bill(Body.daily)
        gateway.pass(days: 2)
        #expect(gateway.status(id, "PAUSED").status == .noContent)
        gateway.pass(days: 3)
        #expect(try gateway.standing(id) == "PAUSED 2026-11-27")
        #expect(gateway.status(id, "ACTIVE").status == .noContent)
        gateway.pass(days: 2)
        #expect(
            gateway.billed() == ["2026-11-22", "2026-11-23", "2026-11-27", "2026-11-28"])
    }

    @Test func `counts a day that passed while it was paused`() throws {
        let gateway = try TestGateway()
        let id = try gateway.bill(Body.monthlyEach)
        gateway.pass(days: 15)
        #expect(gateway.status(id, "PAUSED").status == .noContent)
        gateway.pass(days: 40)
        #expect(gateway.status(id, "ACTIVE").status == .noContent)
        gateway.pass(days: 200)
        #expect(gateway.billed() == ["2026-12-01", "2027-01-31", "2027-02-01", "2027-02-28"])
        #expect(try gateway.standing(id) == "COMPLETED -")
    }

    @Test func `is complete with its last bill, by count, by date and by list`() throws {
        let gateway = try TestGateway()
        let byCount = try gateway.bill(Body.monthlyEach)
        let byDate = try gateway.bill(Body.monthlyOn)
        let byList = try gateway.bill(Body.specific)
        gateway.pass(days: 400)
        #expect(
            gateway.billed(byCount) == [
                "2026-12-01", "2026-12-31", "2027-01-01", "2027-01-31", "2027-02-01",
                "2027-02-28",
            ])
        #expect(
            gateway.billed(byDate) == [
                "2026-12-25", "2027-02-26", "2027-04-30", "2027-06-25", "2027-08-27", "2027-10-29",
            ])
        #expect(gateway.billed(byList) == ["2026-11-25", "2027-02-28"])
        for id in [byCount, byDate, byList] {
            #expect(try gateway.standing(id) == "COMPLETED -")
            #expect(gateway.status(id, "PAUSED").codes == ["4522"])
        }
    }

    @Test func `completes when its last day passes while it is paused`() throws {
        let gateway = try TestGateway()
        let id = try gateway.bill(Body.specific)
        #expect(gateway.status(id, "PAUSED").status == .noContent)
        gateway.pass(days: 400)
        #expect(gateway.billed().isEmpty)
        #expect(try gateway.standing(id) == "COMPLETED -")
    }

    @Test(.covers("PH-B-027")) func `bills a leap day as printed, and the last day in other years`()
        throws
    {
        let gateway = try TestGateway()
        let body = try Body.recurring(Body.yearly)
            .with("card_data.card_expiry_date", .string("204912"))
        _ = try gateway.make("recurring-bill", body)
        gateway.pass(days: 5 * 366)
        #expect(
            gateway.billed() == [
                "2027-02-28", "2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28",
            ])
    }

    @Test(.covers("PH-B-032", "PH-B-033", "PH-I-050"))
    func `stops for ever when it is canceled, in either spelling`() throws {
        let gateway = try TestGateway()
        let ids = [try gateway.bill(Body.daily), try gateway.bill(Body.daily)]
        gateway.pass(days: 1)
        for (id, spelling) in zip(ids, ["CANCELED", "CANCELLED"]) {
            #expect(gateway.status(id, spelling).status == .noContent)
            #expect(try gateway.standing(id) == "CANCELED -")
            for status in ["ACTIVE", "PAUSED", "CANCELED", "COMPLETED"] {
                #expect(gateway.status(id, status).codes == ["4522"])
            }
        }
        gateway.pass(days: 30)
        #expect(gateway.billed().count == 2)
    }

    @Test(
        .covers("PH-B-029", "PH-B-034", "PH-I-051"),
        arguments: [
            ("ACTIVE", ["4522"]), ("COMPLETED", ["4522"]), ("DELINQUENT", ["4097"]),
            ("UNKNOWN", ["4097"]), ("active", ["4097"]), ("", ["4097"]),
        ])
    func `refuses a status that an active bill cannot take`(
        status: String, codes: [String]
    ) throws {
        let gateway = try TestGateway()
        let id = try gateway.bill(Body.daily)
        #expect(gateway.status(id, status).codes == codes)
        #expect(try gateway.standing(id) == "ACTIVE 2026-11-22")
    }

    @Test func `refuses a change of status without a status, or of another's bill`() throws {
        let gateway = try TestGateway()
        let id = try gateway.bill(Body.daily)
        let path = "/api/v2/recurring-bill-status/\(id)"
        #expect(gateway.send("PATCH", path, Array("{}".utf8)).codes == ["4524"])
        #expect(gateway.send("PATCH", path, Array("[]".utf8)).codes == ["9992"])
        #expect(gateway.send("PATCH", path).codes == ["9990"])
        #expect(gateway.send("GET", path).status == .methodNotAllowed)
        #expect(gateway.status("999", "PAUSED").status == .notFound)
        let body = Array(#"{"recurring_bill_status":"PAUSED"}"#.utf8)
        let other = gateway.send("PATCH", path, body, token: TestGateway.otherToken)
        #expect(other.status == .notFound)
    }

    @Test func `writes down a declined sale and goes on`() throws {
        let gateway = try TestGateway()
        let declining = try #require(Body.card("5454545454545454", amount: "0.20"))
            .with("schedule", try JSONValue(Body.daily))
        let id = try gateway.make("recurring-bill", declining)
        gateway.pass(days: 2)
        #expect(gateway.billed() == ["2026-11-22 05", "2026-11-23 05"])
        #expect(try gateway.standing(id) == "ACTIVE 2026-11-24")
        // It can be read by its number: nobody was told of it when it was made.
        #expect(
            try gateway.get("sale/1002").at("saleResponse.responseCode") == .string("05"))
        let rows = try gateway.report(
            #"{"recurringBillId":"\#(id)","transactionStatus":"Declined"}"#)
        #expect(rows.count == 2)
        #expect(gateway.core.ledger.charges.isEmpty)
    }

    @Test func `declines a card that has expired in the meantime`() throws {
        let gateway = try TestGateway()
        let body = try Body.recurring(Body.monthlyEach)
            .with("card_data.card_expiry_date", .string("202612"))
        _ = try gateway.make("recurring-bill", body)
        gateway.pass(days: 80)
        #expect(
            gateway.billed() == [
                "2026-12-01", "2026-12-31", "2027-01-01 54", "2027-01-31 54", "2027-02-01 54",
            ])
    }

    @Test func `keeps each bill's time between settlements, however far the clock is set`() throws {
        let gateway = try TestGateway { $0.settlementTime = TimeOfDay("23:59") }
        _ = try gateway.bill(Body.daily)
        gateway.pass(days: 3)
        let batches = gateway.core.ledger.read { $0.batches }
        #expect(
            batches.map { $0.openedAt.withoutZone } == [
                "2026-11-22 01:10:00", "2026-11-23 01:10:00", "2026-11-24 01:10:00",
            ])
        #expect(
            batches.map { $0.settledAt?.withoutZone } == [
                "2026-11-22 23:59:00", "2026-11-23 23:59:00", nil,
            ])
    }

    @Test func `moves with the operator's clock, and is shown to the operator`() throws {
        let gateway = try TestGateway()
        _ = try gateway.bill(Body.daily)
        let desk = OperatorDesk(gateway.core, clock: gateway.clock)
        let body = Array(#"{"advanceMilliseconds":172800000}"#.utf8)
        _ = desk.respond(to: GatewayRequest(method: "POST", target: "/clock", body: body))
        #expect(gateway.billed().count == 2)
        let shown = desk.respond(to: GatewayRequest(method: "GET", target: "/recurring-bills"))
        let bills = try #require(shown.json.elements)
        #expect(bills.map { $0["status"] } == [.string("ACTIVE")])
        #expect(bills.first?["nextBillAt"] == .string("2026-11-24T01:10:00.000+00:00"))
        #expect(!String(decoding: shown.body, as: UTF8.self).contains("4012881888818888"))
    }

    @Test func `makes many bills' sales in the order of their times`() throws {
        let gateway = try TestGateway()
        let ids = [
            try gateway.bill(Body.daily), try gateway.bill(Body.weekly),
            try gateway.bill(Body.specific),
        ]
        gateway.pass(days: 10)
        let entries = gateway.core.ledger.entries
        #expect(
            entries.map(\.createdAt.milliseconds) == entries.map(\.createdAt.milliseconds).sorted())
        #expect(Set(entries.compactMap(\.recurringBillID)) == Set(ids))
        #expect(gateway.billed(ids[0]).count == 10)
    }
}
