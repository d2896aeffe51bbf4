import Coverage
import Emulator
import Testing

/// A row of the document's test data, and what it must yield.
struct CardRow: CustomTestStringConvertible {
    let number: String
    let cvv: String
    let amount: String
    let code: String
    let verification: String

    init(
        _ number: String, _ cvv: String, _ amount: String, _ code: String,
        _ verification: String = "M"
    ) {
        self.number = number
        self.cvv = cvv
        self.amount = amount
        self.code = code
        self.verification = verification
    }

    var testDescription: String { "\(number.suffix(4)) at \(amount) -> \(code)" }
}

@Suite struct TestCardTests {
    static let rows = [
        CardRow("4012881888818888", "999", "10.00", "00"),
        CardRow("4266841082854082", "999", "0.01", "05"),
        CardRow("4266841082854082", "999", "0.02", "00"),
        CardRow("5466410004374507", "998", "10.00", "00"),
        CardRow("5454545454545454", "998", "0.20", "05"),
        CardRow("5454545454545454", "998", "10.00", "00"),
        CardRow("371449635398431", "9997", "10.00", "00"),
        CardRow("371449635398431", "9997", "0.20", "05"),
        CardRow("6011000990156527", "996", "10.00", "00"),
        CardRow("4012881888818888", "998", "10.00", "82", "N"),
        CardRow("371449635398431", "1111", "10.00", "82", "N"),
        CardRow("4055011111111111", "999", "10.00", "00"),
        CardRow("4111111111111111", "123", "0.01", "00"),
        CardRow("6205500000000000004", "123", "0.20", "00"),
    ]

    @Test(.covers("PH-I-028", "PH-I-021", "PH-I-022"), arguments: rows)
    func `answers a test card with a resource of its code`(row: CardRow) throws {
        let gateway = try TestGateway { $0.declineStyle = .created201 }
        let body = try #require(Body.card(row.number, cvv: row.cvv, amount: row.amount))
        let sale = try gateway.resource(of: gateway.sale(body))
        #expect(sale.at("saleResponse.responseCode") == .string(row.code))
        #expect(sale.at("saleResponse.verificationResultCode") == .string(row.verification))
        let approvalCode = try #require(sale.at("saleResponse.approvalCode")?.string)
        #expect(approvalCode.isEmpty == (row.code != "00"))
        #expect(row.code != "00" || approvalCode.hasPrefix("VTLMC"))
    }

    @Test(.covers("PH-I-028", "PH-I-092"), arguments: rows.filter { $0.code != "00" })
    func `answers a declined test card with an error of its code`(row: CardRow) throws {
        let gateway = try TestGateway()
        let body = try #require(Body.card(row.number, cvv: row.cvv, amount: row.amount))
        let response = gateway.sale(body)
        #expect(response.status == .badRequest)
        #expect(response.codes == [row.code])
        let errors = try #require(response.json["errors"]?.elements)
        #expect(errors[0]["location"] == .null)
        #expect(errors[0]["reason"] == .string(row.code == "05" ? "Decline" : "Incorrect CVV"))
        let entry = try #require(gateway.core.ledger.entries.first)
        #expect(!entry.answer.isApproval && !entry.isReadable)
        #expect(gateway.send("GET", "/api/v2/sale/\(entry.id)").status == .notFound)
    }
}
