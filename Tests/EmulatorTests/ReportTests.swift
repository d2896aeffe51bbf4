import Coverage
import Emulator
import Testing

@Suite struct ReportTests {
    /// A gateway with a sale, a decline, an authorization, a verification, a void and a refund.
    private static func gateway() throws -> TestGateway {
        let gateway = try TestGateway()
        let named = try Body.noted("SW-1").with("customer", try #require(Body.keyed)["customer"])
        _ = try gateway.make("sale", named)
        let declined = try #require(Body.card("5454545454545454", amount: "0.20"))
        #expect(gateway.sale(declined.with("bill.note", .string("SW-2"))).codes == ["05"])
        _ = try gateway.make("authonly", Body.noted("SW-3", amount: "20.00"))
        _ = try gateway.make("verify", Body.noted("none"))
        gateway.clock.advance(milliseconds: 60_000)
        _ = try gateway.make("sale", Body.noted("SW-1-", amount: "30.00"))
        #expect(gateway.follow("void", "1005").status == .created)
        #expect(gateway.follow("refund", "1001", cents: 100).status == .created)
        return gateway
    }

    @Test(.covers("PH-P-014", "PH-U-010", "PH-I-077")) func `names the members as the sample does`()
        throws
    {
        let rows = try Self.gateway().report()
        #expect(rows.count == 7)
        #expect(
            rows.first?.members?.map(\.name) == [
                "amount", "authAmount", "batchID", "cardLast4Digits", "cardToken", "cardType",
                "customerName", "email", "isCaptured", "note", "phoneNumber",
                "recurringBillId", "refundedBy", "responseCode", "responseText", "source",
                "swiped", "transactionDate", "transactionID", "transactionStatus",
                "transactionType", "voidedBy", "settlementStatus",
            ])
        #expect(rows[0]["amount"] == .string("12.75"))
        #expect(rows[0]["cardLast4Digits"] == .string("XXXXXXXXXXXX8888"))
        #expect(rows[0]["cardType"] == .string("Visa"))
        #expect(rows[0]["refundedBy"] == .array([.string("1007")]))
        #expect(rows[0]["transactionDate"] == .string("2026-11-21 10:00:00"))
        #expect(rows[1]["transactionStatus"] == .string("Declined"))
        #expect(rows[4]["voidedBy"] == .string("1006"))
        #expect(rows[5]["note"] == .string(""))
    }

    static let filters: [(String, [String])] = [
        (#"{"note":"SW-1"}"#, ["1001"]), (#"{"Note":"SW-1;SW-3"}"#, ["1001", "1003"]),
        (#"{"note":"SW-1","amount_from":"12.74","amountto":"12.76"}"#, ["1001"]),
        (#"{"amountFrom":"12.75"}"#, ["1003", "1005", "1006"]),
        (#"{"amountFrom":12.75,"amountTo":20}"#, ["1001", "1003"]),
        (#"{"amountTo":"1.00"}"#, ["1002", "1004"]),
        (#"{"authAmountFrom":"19.99","auth_amount_to":"20.00"}"#, ["1003"]),
        (#"{"transactionType":"Sale"}"#, ["1001", "1002", "1005"]),
        (#"{"transaction_type":"sale;void"}"#, ["1001", "1002", "1005", "1006"]),
        (#"{"transactionType":"!Sale;!Void;!Refund"}"#, ["1003", "1004"]),
        (#"{"transactionType":"Authorization Only"}"#, ["1003"]),
        (#"{"responseCode":"05"}"#, ["1002"]), (#"{"responseCode":"05;0930"}"#, ["1002"]),
        (#"{"responseCode":"!00"}"#, ["1002"]),
        (#"{"responseCode":"!00;!05;05"}"#, ["1002"]),
        (#"{"transactionStatus":"declined"}"#, ["1002"]),
        (#"{"cardType":"MASTERCARD"}"#, ["1002"]),
        (#"{"cardLast4Digits":"5454"}"#, ["1002"]),
        (#"{"cardLast4Digits":"XXXXXXXXXXXX5454"}"#, ["1002"]),
        (#"{"swiped":false}"#, ["1002"]), (#"{"swiped":"FALSE"}"#, ["1002"]),
        (#"{"firstName":"Tes"}"#, ["1001", "1002", "1007"]),
        (#"{"lastName":"nobody"}"#, []), (#"{"email":"holder@"}"#, ["1001", "1002", "1007"]),
        (#"{"phoneNumber":"479"}"#, ["1001", "1002", "1007"]),
        (#"{"customerId":"1"}"#, ["1001", "1002", "1007"]), (#"{"source":"Recurring"}"#, []),
        (#"{"trnDateFrom":"2026-11-21 10:00:00"}"#, ["1005", "1006", "1007"]),
        (
            #"{"trnDateFrom":"2026-11-21 10:00:00","trn_date_to":"2026-11-21 10:00:30"}"#,
            ["1001", "1002", "1003", "1004"]
        ),
        (#"{"batchIdTo":"1"}"#, ["1004"]), (#"{"batchIdFrom":"1","batchIdTo":"1"}"#, all),
        (#"{"recurringBillId":"!"}"#, []), (#"{"recurringBillId":""}"#, everything),
        (#"{"note":null}"#, everything),
    ]
    static let all = ["1001", "1002", "1003", "1005", "1006", "1007"]
    static let everything = ["1001", "1002", "1003", "1004", "1005", "1006", "1007"]

    @Test(
        .covers(
            "PH-P-001", "PH-P-003", "PH-P-004", "PH-P-005", "PH-P-006", "PH-P-007", "PH-P-008",
            "PH-P-009", "PH-P-011", "PH-P-012", "PH-P-013", "PH-P-015", "PH-P-016", "PH-U-008",
            "PH-U-009", "PH-I-068", "PH-I-069", "PH-I-071", "PH-I-072", "PH-I-073", "PH-I-074"),
        arguments: filters)
    func `shows what the filters ask for`(filter: String, ids: [String]) throws {
        #expect(try Self.gateway().reported(filter) == ids)
    }

    @Test func `shows what a card's token paid`() throws {
        #expect(try Self.gateway().reported(#"{"cardToken":"9999000000000002"}"#) == ["1002"])
    }

    @Test(
        .covers("PH-P-002"),
        arguments: [
            (#"{"invoice":"1"}"#, "9992"), (#"{"amountFrom":"x"}"#, "9989"),
            (#"{"trnDateTo":"2026-11-21"}"#, "9989"), (#"{"note":[]}"#, "9989"),
        ])
    func `refuses a filter that it has not`(filter: String, code: String) throws {
        let response = try TestGateway().send(
            "POST", "/api/v2/report/transactionReport", Array(filter.utf8))
        #expect(response.codes == [code])
    }

    @Test(.covers("PH-I-105")) func `shows nothing of another organization`() throws {
        let gateway = try Self.gateway()
        let response = gateway.send(
            "POST", "/api/v2/report/transactionReport", Array("{}".utf8),
            token: TestGateway.otherToken)
        #expect(response.body == Array("[]".utf8))
    }
}
