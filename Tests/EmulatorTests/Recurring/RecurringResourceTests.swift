import Coverage
import Emulator
import Foundation
import OwnThreads
import Quiet
import Testing
import Values

/// Recurring bills as they are read, changed and kept.
@Suite(.blocks) struct RecurringResourceTests {
    @Test(.covers("PH-U-025", "PH-U-026", "PH-I-104"))
    func `links to itself and its parts, all of which can be read`() throws {
        let gateway = try TestGateway()
        let id = try gateway.bill(Body.weekly)
        let bill = try gateway.get("recurring-bill/\(id)")
        let links = bill["_links"]?.members ?? []
        #expect(
            links.map(\.name) == [
                "self", "merchant", "customer", "bill", "card_data", "schedule", "status",
            ])
        for link in links {
            let path = link.value["href"]?.string?.replacing(Scene.base + "/", with: "") ?? ""
            let resource = try gateway.get(path)
            #expect(resource.at("_links.self.href") == link.value["href"])
        }
        #expect(bill.at("lastRecurringBillResponse.recurringBillId") == .string(id))
        #expect(
            bill.at("lastRecurringBillResponse.billingReferences.tokenizedCard")
                == .string("9999000000000001"))
    }

    @Test(.covers("PH-I-049"), arguments: Body.schedules)
    func `gives a schedule back as it was sent`(schedule: String) throws {
        let gateway = try TestGateway()
        let id = try gateway.bill(schedule)
        let sent = try JSONValue(schedule)
        let read = try gateway.get("recurring-bill/\(id)/schedule")
        for member in sent.members ?? [] {
            // Without an end, it says that there is none.
            let expected =
                member.name == "schedule_start_and_end" && member.value["end_date_type"] == nil
                ? member.value.adding(["end_date_type": .string("N")]) : member.value
            #expect(read[member.name] == expected)
        }
    }

    @Test func `gives back the client's own JSON of every part`() throws {
        let gateway = try TestGateway()
        var body = try Body.recurring(Body.daily)
        let places = [
            "metaData": "", "merchant.metaData": "/merchant", "customer.metaData": "/customer",
            "card_data.metaData": "/card_data", "bill.metaData": "/bill",
            "schedule.metaData": "/schedule",
        ]
        for path in places.keys { body = body.with(path, .members(["of": .string(path)])) }
        let id = try gateway.make("recurring-bill", body)
        for (path, part) in places {
            let resource = try gateway.get("recurring-bill/\(id)\(part)")
            #expect(resource.at("metaData.of") == .string(path))
        }
    }

    @Test func `lists the bills of the merchant by page`() throws {
        let gateway = try TestGateway()
        #expect(try gateway.get("recurring-bill")["_embedded"] == nil)
        for _ in 0..<21 { _ = try gateway.bill(Body.daily) }
        let first = try gateway.get("recurring-bill/")
        #expect(first["_embedded"]?.members?.map(\.name) == ["recurringbills"])
        #expect(first.at("page.totalElements") == .number("21"))
        #expect(
            first.at("_links.next.href")
                == .string("\(Scene.base)/recurring-bill/?page=1&size=20"))
        let other = gateway.send("GET", "/api/v2/recurring-bill/", token: TestGateway.otherToken)
        #expect(try JSONValue(parsing: other.body).at("page.totalElements") == .number("0"))
    }

    @Test func `searches by merchant and by customer`() throws {
        let gateway = try TestGateway()
        _ = try gateway.bill(Body.daily)
        let other = try Body.recurring(Body.daily)
            .with("customer.email_address", .string("other@example.com"))
        _ = try gateway.make("recurring-bill", other)
        func found(_ query: String) throws -> [JSONValue?] {
            let list = try gateway.get("recurring-bill/search/\(query)")
            return (list.at("_embedded.recurringbills")?.elements ?? []).map {
                $0.at("lastRecurringBillResponse.recurringBillId")
            }
        }
        #expect(
            try found("findByMerchantOrganizationId?organizationId=20001")
                == [.string("1001"), .string("1002")])
        #expect(try found("findByMerchantOrganizationId?organizationId=10002") == [])
        #expect(try found("findByCustomerRef?customerId=2") == [.string("1002")])
        let response = gateway.send("GET", "/api/v2/recurring-bill/search/findByCustomerRef")
        #expect(response.codes == ["9989"])
    }

    @Test(arguments: [
        ("forRecurringBill", ""), ("forSchedule", "/schedule"), ("forStatus", "/status"),
    ])
    func `keeps a program's own JSON with a bill, its schedule and its status`(
        place: String, part: String
    ) throws {
        let gateway = try TestGateway()
        let id = try gateway.bill(Body.daily)
        let path = "/api/v2/metadata/\(place)/\(id)"
        #expect(gateway.send("PUT", path, Array(#"{"a":[1.10]}"#.utf8)).status == .noContent)
        let kept = try gateway.get("recurring-bill/\(id)\(part)")["metaData"]
        #expect(kept == .members(["a": .array([.number("1.10")])]))
        #expect(gateway.send("PUT", path, Array("{".utf8)).codes == ["9997"])
    }

    @Test(arguments: [
        ("GET", "recurring-bill/999", 404), ("GET", "recurring-bill/1001/nothing", 404),
        ("GET", "recurring-bill-status", 404), ("DELETE", "recurring-bill/1001", 405),
        ("POST", "recurring-bill/1001", 405), ("PATCH", "recurring-bill", 405),
        ("GET", "sale/1001", 404), ("GET", "recurring-bill/1002", 404),
    ])
    func `answers for nothing else`(method: String, path: String, status: Int) throws {
        let gateway = try TestGateway()
        _ = try gateway.bill(Body.daily)
        _ = try gateway.make("sale", Body.noted("SW-1"))
        let response = gateway.send(method, "/api/v2/\(path)", Array("{}".utf8))
        #expect(response.status.rawValue == status)
    }

    @Test func `changes the bill, merging what is given`() throws {
        let gateway = try TestGateway()
        let id = try gateway.bill(Body.daily)
        let response = gateway.change(id, #"{"bill":{"base_amount":{"amount":20.00}}}"#)
        #expect(response.status == .noContent)
        #expect(response.body.isEmpty)
        let bill = try gateway.get("recurring-bill/\(id)/bill")
        #expect(bill.at("base_amount.amount") == .number("20.00"))
        #expect(bill["note"] == .string("GYM"))
        #expect(bill["version"] == .number("1"))
        gateway.pass(days: 1)
        #expect(gateway.core.ledger.entries.map(\.bill.totalCents) == [2000])
    }

    @Test func `changes the card, whole or its address alone`() throws {
        let gateway = try TestGateway()
        let id = try gateway.bill(Body.daily)
        #expect(gateway.change(id, #"{"card_data":{"billing_city":"Reno"}}"#).status == .noContent)
        let before = try gateway.get("recurring-bill/\(id)/card_data")
        #expect(before["billing_city"] == .string("Reno"))
        #expect(before["tokenized_card"] == .string("9999000000000001"))
        #expect(before["card_expiry_date"] == .string("202912"))
        let card = #"{"card_number":"5466410004374507","card_expiry_date":"203001"}"#
        #expect(gateway.change(id, #"{"card_data":\#(card)}"#).status == .noContent)
        let after = try gateway.get("recurring-bill/\(id)/card_data")
        #expect(after["tokenized_card"] == .string("9999000000000002"))
        #expect(after["billing_city"] == .string("Reno"))
        let noExpiry = #"{"card_data":{"card_number":"5466410004374507"}}"#
        #expect(gateway.change(id, noExpiry).codes == ["4044"])
        let wrongCVV = """
            {"card_data":{"card_number":"5466410004374507","card_expiry_date":"203001",
             "cvv_data":"111"}}
            """
        #expect(gateway.change(id, wrongCVV).codes == ["4099"])
    }

    @Test func `changes the schedule, from its next day on`() throws {
        let gateway = try TestGateway()
        let id = try gateway.bill(Body.daily)
        gateway.pass(days: 2)
        #expect(
            gateway.change(id, #"{"schedule":{"bill_generation_interval":5}}"#).status
                == .noContent)
        #expect(try gateway.standing(id) == "ACTIVE 2026-11-27")
        let weekly =
            #"{"schedule":{"schedule_type":"W","weekly_schedule":{"weekly_bill_days":["SUN"]}}}"#
        #expect(gateway.change(id, weekly).status == .noContent)
        let schedule = try gateway.get("recurring-bill/\(id)/schedule")
        #expect(schedule["bill_generation_interval"] == .number("5"))
        #expect(schedule.at("schedule_start_and_end.start_date") == .string("2026-11-22"))
        #expect(gateway.change(id, #"{"schedule":\#(Body.specific)}"#).status == .noContent)
        #expect(try gateway.standing(id) == "ACTIVE 2026-11-25")
        gateway.pass(days: 200)
        #expect(
            gateway.billed() == ["2026-11-22", "2026-11-23", "2026-11-25", "2027-02-28"])
    }

    @Test func `bills no day twice because its schedule was changed on it`() throws {
        let gateway = try TestGateway()
        let id = try gateway.bill(Body.daily)
        gateway.pass(days: 1)
        #expect(gateway.change(id, #"{"schedule":\#(Body.daily)}"#).status == .noContent)
        gateway.pass(days: 1)
        #expect(gateway.billed() == ["2026-11-22", "2026-11-23"])
    }

    @Test(
        arguments: [
            ("{}", ["4065"]), (#"{"merchant":{"organization_id":1}}"#, ["4065", "4065"]),
            (#"{"customer":{"first_name":"A"},"bill":{"note":"x"}}"#, ["4065"]),
            (#"{"bill":{"base_amount":{"amount":-1}}}"#, ["4021"]),
            (#"{"bill":{"base_amount":null}}"#, ["4021"]),
            (#"{"schedule":{"schedule_type":"X"}}"#, ["4505"]),
            (#"{"schedule":{"schedule_type":"W"}}"#, ["4524"]),
            (#"{"schedule":{"bill_generation_interval":0}}"#, ["4081"]),
            (#"{"card_data":{"tokenized_card":"9999000000009999"}}"#, ["4022"]),
            (#"{"card_data":{"billing_zip":"1"}}"#, ["4503"]),
            (
                """
                {"schedule":{"schedule_start_and_end":{"end_date_type":"O",
                 "end_date":"2026-11-22"}}}
                """,
                ["4103"]
            ),
        ] as [(CardText, [String])])
    func `refuses a change that breaks a rule`(body: CardText, codes: [String]) throws {
        let gateway = try TestGateway()
        let id = try gateway.bill(Body.daily)
        gateway.pass(days: 2)
        let before = gateway.core.ledger.recurringBills
        let response = gateway.change(id, body.clear)
        #expect(response.status == .badRequest)
        #expect(response.codes == codes)
        #expect(gateway.core.ledger.recurringBills == before)
    }

    @Test func `changes nothing of what is over`() throws {
        let gateway = try TestGateway()
        let id = try gateway.bill(Body.daily)
        #expect(gateway.status(id, "CANCELED").status == .noContent)
        #expect(gateway.change(id, #"{"bill":{"note":"x"}}"#).codes == ["4065"])
    }

    @Test func `goes on after a restart where it was, and bills no day twice`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "recurring-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = folder.appending(path: "ledger").path
        var ids: [String] = []
        var before: [RecurringBill] = []
        do {
            let gateway = try TestGateway { $0.store = store }
            ids = [
                try gateway.bill(Body.daily), try gateway.bill(Body.weekly),
                try gateway.bill(Body.specific),
            ]
            gateway.pass(days: 2)
            #expect(gateway.status(ids[1], "PAUSED").status == .noContent)
            before = gateway.core.ledger.recurringBills
        }
        let gateway = try TestGateway(day: CivilDate(year: 2026, month: 11, day: 28)) {
            $0.store = store
        }
        #expect(gateway.core.ledger.recurringBills.map(\.nextBillAt) == before.map(\.nextBillAt))
        gateway.core.catchUp()
        #expect(
            gateway.billed(ids[0]) == [
                "2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26",
                "2026-11-27", "2026-11-28",
            ])
        #expect(gateway.billed(ids[1]) == ["2026-11-23"])
        #expect(gateway.billed(ids[2]) == ["2026-11-25"])
        #expect(try gateway.bill(Body.daily) == "1013")
        let text = try Stored.text(store)
        #expect(!text.contains("4012881888818888") && !text.contains("202912"))
    }
}
