import Examples
import PayHub
import Secrets
import Testing
import Values

/// The printed resources of transactions, read whole and written again.
@Suite(.needsReference) struct ExampleResourceTests {
    private func check<Content: TransactionContent>(
        _ kind: Content.Type, _ name: String,
        _ expect: (GatewayTransaction<Content>) throws -> Void
    ) throws {
        let text = try ReferenceExamples.text("\(name).get-by-id.response")
        let trip = try RoundTrip(GatewayTransaction<Content>.self, text)
        #expect(trip.unknownMembers == [])
        #expect(trip.differences == [])
        try expect(trip.record)
    }

    @Test func `a sale loses nothing`() throws {
        try check(Sale.self, "sale") { sale in
            #expect(sale.envelope.id?.text == "478")
            #expect(sale.envelope.createdAt == "2015-05-19T12:58:09.863-03:00")
            #expect(sale.settlementStatus == "Not settled")
            #expect(sale.answer.saleID?.text == "478")
            #expect(sale.answer.responseCode.isApproval)
            #expect(sale.answer.token?.count == 16)
            #expect(sale.answer.customerReference?.customerID == 1)
            #expect(sale.answer.dateTime == "2015-05-19 12:58:09")
            #expect(
                sale.envelope.links?.addresses["bill"] == "https://payhub.com/api/v2/sale/478/bill")
        }
    }

    @Test func `a verification loses nothing`() throws {
        try check(Verification.self, "verify") { verification in
            #expect(verification.id?.text == "182364")
            #expect(
                verification.parts.merchant?.merchant
                    == Merchant(organizationID: 10127, terminalID: 215))
            #expect(verification.parts.customer?.number == 2972)
            #expect(verification.parts.customer?.customerID == 182_364)
            #expect(verification.parts.card?.token == verification.answer.token)
            #expect(verification.parts.card?.number == nil)
            #expect(verification.answer.responseText?.text == "APPROVAL VTLMC1")
        }
    }

    @Test func `an authorisation loses nothing`() throws {
        try check(Authorization.self, "authonly") { held in
            #expect(held.answer.transactionID?.text == "182349")
            #expect(held.settlementStatus == "Settled")
            #expect(held.answer.riskStatusCode == "")
            #expect(held.answer.responseText?.text == "NO  MATCH")
        }
    }

    @Test func `a capture loses nothing`() throws {
        try check(Capture.self, "capture") { capture in
            #expect(capture.id?.text == "777")
            #expect(capture.transactionID?.text == "114")
            #expect(capture.parts.bill == nil)
            #expect(capture.answer.batchID == "702")
        }
    }

    @Test func `a void loses nothing`() throws {
        try check(VoidedTransaction.self, "void") { void in
            #expect(void.transactionID?.text == "181257")
            #expect(void.answer.voidTransactionID?.text == "181258")
            #expect(void.organizationID == 10127)
            #expect(void.answer.token?.count == 16)
        }
    }

    @Test func `a refund loses nothing`() throws {
        try check(Refund.self, "refund") { refund in
            #expect(refund.transactionID?.text == "181293")
            #expect(refund.answer.approvalCode?.isBlank == true)
            #expect(refund.answer.lastFour?.text == "4507")
            #expect(refund.answer.saleTransactionID == "43063")
            #expect(refund.answer.billingReferences?.customerCardID == 486)
        }
    }
}

/// What the harness itself finds.
@Suite struct TreeDifferenceTests {
    @Test(arguments: [
        (#"{"a":1}"#, #"{"a":1}"#, []), (#"{"a":1}"#, "{}", ["a: missing"]),
        ("{}", #"{"a":{"b":1}}"#, ["a: added"]), (#"{"a":1}"#, #"{"a":2}"#, ["a: value"]),
        (#"{"a":1.0}"#, #"{"a":"1"}"#, ["a: form"]), (#"{"a":10}"#, #"{"a":1}"#, ["a: value"]),
        (#"{"a":"False"}"#, #"{"a":false}"#, ["a: form"]), (#"{"a":null}"#, "{}", ["a: null"]),
        (#"{"a":[1,2]}"#, #"{"a":[1]}"#, ["a[1]: missing"]), (#"{"a":[]}"#, "[]", [": value"]),
        (#"{"a":{"b":"x"}}"#, #"{"a":{"b":"X"}}"#, ["a.b: value"]),
    ])
    func `two documents differ where they do`(
        one: String, other: String, differences: [String]
    ) throws {
        let found = TreeDifference.all(try JSONTree(parsing: one), try JSONTree(parsing: other))
        #expect(found.map(\.description) == differences)
    }

    @Test(arguments: [
        (#"{"a":1,"b":[{"c":"x"}]}"#, #"{"a":2,"b":[]}"#, []),
        (#"{"a":null}"#, #"{"a":{"b":1}}"#, []), (#"{"a":1}"#, #"{"a":"1"}"#, ["a: form"]),
        (#"{"a":1}"#, #"{"b":1}"#, ["a: missing", "b: added"]),
        (#"{"b":[{"c":"x"}]}"#, #"{"b":[{"d":"x"}]}"#, ["b[].c: missing", "b[].d: added"]),
    ])
    func `two shapes differ where they do`(
        one: String, other: String, differences: [String]
    ) throws {
        let found = TreeDifference.ofShape(try JSONTree(parsing: one), try JSONTree(parsing: other))
        #expect(found.map(\.description) == differences)
    }
}
