import Coverage
import Emulator
import Testing

/// The document's table of test cards.
@Suite struct TestDataTests {
    /// The cards by the row's number.
    private static let cards = [
        "PH-T-001": CardRow("4012881888818888", "999", "10.00", "00"),
        "PH-T-002": CardRow("4266841082854082", "999", "0.01", "05"),
        "PH-T-003": CardRow("5466410004374507", "998", "10.00", "00"),
        "PH-T-004": CardRow("5454545454545454", "998", "0.20", "05"),
        "PH-T-005": CardRow("371449635398431", "9997", "10.00", "00"),
        "PH-T-006": CardRow("371449635398431", "9997", "0.20", "05"),
        "PH-T-007": CardRow("6011000990156527", "996", "10.00", "00"),
    ]

    @Test(arguments: CoverageRow.rows("PH-T"))
    func `a test card of the document succeeds or fails as printed`(row: CoverageRow) throws {
        let card = try #require(Self.cards[row.id])
        let number = "ending \(card.number.suffix(4)) at \(card.amount)"
        #expect(row.name.contains(number))
        let gateway = try TestGateway()
        let body = try #require(Body.card(card.number, cvv: card.cvv, amount: card.amount))
        let response = gateway.sale(body)
        #expect(row.name.hasSuffix("success") == (response.status == .created))
        #expect(response.codes == (response.status == .created ? [] : [card.code]))
    }
}
