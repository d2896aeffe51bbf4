import Coverage
import Emulator
import Testing

/// Every filter of the report finds one of three transactions and not the others.
@Suite struct FilterTests {
    /// What a filter is asked for, and the transactions that it finds.
    private static let questions: [String: (value: String, found: [String])] = [
        "batchIdFrom": ("1", ["1002", "1003"]), "batchIdTo": ("2", ["1001"]),
        "transactionType": ("Refund", ["1002"]), "responseCode": ("05", ["1003"]),
        "amountFrom": ("50", ["1002"]), "amountTo": ("1", ["1003"]),
        "firstName": ("Anne", ["1002"]), "lastName": ("Smith", ["1002"]),
        "phoneNumber": ("555", ["1002"]), "email": ("anne@", ["1002"]),
        "trnDateFrom": ("2026-11-21 10:30:00", ["1002", "1003"]),
        "trnDateTo": ("2026-11-21 10:30:00", ["1001"]), "cardType": ("Visa", ["1001"]),
        "cardLast4Digits": ("8888", ["1001"]), "cardToken": ("9999000000000001", ["1001"]),
        "authAmountFrom": ("50", ["1002"]), "authAmountTo": ("1", ["1003"]),
        "swiped": ("true", ["1001"]), "source": ("!3rd Party API", []), "note": ("SW-B", ["1002"]),
        "transactionStatus": ("Declined", ["1003"]), "recurringBillId": ("!", []),
        "customerId": ("1", ["1002"]),
    ]

    @Test(arguments: CoverageRow.rows("PH-F"))
    func `a filter of the report finds what it is asked for`(row: CoverageRow) throws {
        let gateway = try Self.gateway()
        let all = try gateway.reported("{}")
        #expect(all == ["1001", "1002", "1003"])
        let question = try #require(Self.questions[row.word])
        let filters = JSONValue.members([row.word: .string(question.value)]).text
        #expect(try gateway.reported(filters) == question.found)
    }

    /// A swiped sale of a Visa card, settled; an hour later a refund to a MasterCard, and a sale
    /// that is declined.
    private static func gateway() throws -> TestGateway {
        let gateway = try TestGateway()
        _ = try gateway.make("sale", #require(Body.swiped))
        #expect(gateway.core.settle() == [1])
        gateway.clock.advance(milliseconds: 3_600_000)
        let customer = try JSONValue(
            """
            {"first_name":"Anne","last_name":"Smith","email_address":"anne@example.com",
             "phone_number":"(212) 555 0100"}
            """)
        let refund = try #require(Body.card("5466410004374507", amount: "60.00"))
            .with("customer", customer).with("bill.note", .string("SW-B"))
        _ = try gateway.make("refund", refund)
        let declined = try #require(Body.card("5454545454545454", amount: "0.20"))
        #expect(gateway.sale(declined).codes == ["05"])
        return gateway
    }
}
