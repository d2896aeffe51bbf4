/// A published test card with a synthetic stripe.
internal struct TestCard {
    var number: String
    var name = "TEST/CARD ONE"
    /// YYMM.
    var expiry = "3012"
    var serviceCode = "101"

    static let visa = TestCard(number: "4012881888818888")
    static let visaThatDeclines = TestCard(number: "4266841082854082", name: "TEST/CARD TWO")
    static let masterCard = TestCard(number: "5466410004374507", name: "TEST/CARD THREE")
    static let masterCardThatDeclines = TestCard(
        number: "5454545454545454", name: "TEST/CARD FOUR")
    static let americanExpress = TestCard(number: "371449635398431", name: "TEST/CARD FIVE")
    static let discover = TestCard(number: "6011000990156527", name: "TEST/CARD SIX")
    static let unionPay = TestCard(number: "6205500000000000004", name: "TEST/CARD SEVEN")
    static let withChip = TestCard(
        number: "4012881888818888", name: "TEST/CARD EIGHT", serviceCode: "201")
    static let expired = TestCard(
        number: "4012881888818888", name: "TEST/CARD NINE", expiry: "1512")

    /// Track 1 between its sentinels. Source: ISO/IEC 7813, format B.
    var track1: String { "B\(number)^\(name)^\(expiry)\(serviceCode)000001" }
    /// Track 2 between its sentinels. Source: ISO/IEC 7813.
    var track2: String { "\(number)=\(expiry)\(serviceCode)000001" }
    /// What may be shown of the number.
    var maskedNumber: String {
        String(repeating: "*", count: number.count - 4) + number.suffix(4)
    }
    var hasChip: Bool { serviceCode.hasPrefix("2") }
}
