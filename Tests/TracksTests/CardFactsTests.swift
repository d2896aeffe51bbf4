import Quiet
import Secrets
import Testing
import Tracks
import Values

/// Facts that the digits of a card tell.
@Suite struct CardFactsTests {
    private static func brand(_ text: String) -> CardBrand? {
        let bytes = Array(text.utf8)
        return CardBrand(pan: bytes.span)
    }

    private static func passesLuhn(_ bytes: [UInt8]) -> Bool { Luhn.holds(bytes.span) }

    private static func serviceCode(_ text: String) -> ServiceCode? {
        let bytes = Array(text.utf8)
        return ServiceCode(bytes.span)
    }

    private static func expiry(_ text: String) -> CardExpiry? {
        let bytes = Array(text.utf8)
        return CardExpiry(bytes.span)
    }

    @Test(
        arguments: [
            ("4111111111111111", CardBrand.visa), ("4000000000000", .visa),
            ("5555555555554444", .masterCard), ("5100000000000000", .masterCard),
            ("5599999999999999", .masterCard), ("2221000000000000", .masterCard),
            ("2720999999999999", .masterCard), ("378282246310005", .americanExpress),
            ("340000000000000", .americanExpress), ("6011000990156527", .discover),
            ("6440000000000000", .discover), ("6599999999999999", .discover),
            ("30569309025904", .diners), ("3095000000000001", .diners), ("36000000000000", .diners),
            ("39999999999999", .diners), ("3530111333300000", .jcb), ("3528000000000000", .jcb),
            ("3589000000000000", .jcb), ("6205500000000000004", .unionPay),
            ("8100000000000000", .unionPay), ("4266********9999", .visa),
        ] as [(CardText, CardBrand)])
    func `names the brand by first digits and length`(pan: CardText, brand: CardBrand) {
        #expect(Self.brand(pan.clear) == brand)
    }

    @Test(arguments: [
        "", "41111111111", "411111111111", "41111111111111111111", "555555555555444",
        "37828224631000", "3782822463100050", "601100099015652", "3056930902590",
        "2220999999999999", "2721000000000000", "3060000000000000", "3527000000000000",
        "3590000000000001", "5600000000000000", "6010000000000000", "6439000000000000",
        "8172000000000000", "0000000000000000", "426*********9999", "************9999",
    ])
    func `knows no brand for other digits`(pan: CardText) {
        #expect(Self.brand(pan.clear) == nil)
    }

    @Test(
        arguments: [
            ("4111111111111111", true), ("378282246310005", true), ("42", true), ("0", true),
            ("", true), ("4111111111111112", false), ("1", false), ("411111111111111A", false),
            ("2C", false), ("4111 111111111111", false),
        ] as [(CardText, Bool)])
    func `weighs digits after Luhn`(text: CardText, holds: Bool) {
        #expect(Self.passesLuhn(Array(text.clear.utf8)) == holds)
    }

    @Test func `Luhn sees every wrong digit, and every swap of neighbours but 0 and 9`() {
        let right = Array("6205500000000000004".utf8)
        for index in right.indices {
            for digit in UInt8(0x30)...0x39 where digit != right[index] {
                var wrong = right
                wrong[index] = digit
                #expect(!Self.passesLuhn(wrong))
            }
        }
        for one in UInt8(0x30)...0x39 {
            for other in UInt8(0x30)...0x39
            where one != other && [one, other].sorted() != [0x30, 0x39] {
                let sum = (0x30...0x39).first { Self.passesLuhn([one, other, $0]) } ?? 0
                #expect(!Self.passesLuhn([other, one, sum]))
            }
        }
    }

    @Test(arguments: [
        ("101", false, false), ("201", true, false), ("601", true, false), ("120", false, false),
        ("701", false, true), ("901", false, true), ("103", false, true), ("104", false, true),
        ("203", true, true), ("105", false, false), ("000", false, false), ("999", false, true),
    ])
    func `reads a service code`(text: String, hasChip: Bool, isRestricted: Bool) throws {
        let code = try #require(Self.serviceCode(text))
        #expect(code.value == Int(text))
        #expect(code.hasChip == hasChip)
        #expect(code.isRestricted == isRestricted)
    }

    @Test(arguments: ["", "10", "1010", "10A", "1*1", " 10"])
    func `a service code is three digits`(text: String) {
        #expect(Self.serviceCode(text) == nil)
    }

    @Test(arguments: [("2912", 29, 12), ("0001", 0, 1), ("3782", 37, 82)])
    func `reads an expiry`(text: String, year: Int, month: Int) {
        #expect(Self.expiry(text) == CardExpiry(yearOfCentury: year, month: month))
    }

    @Test(arguments: ["", "291", "29121", "29A2", "2*12"])
    func `an expiry is four digits`(text: String) {
        #expect(Self.expiry(text) == nil)
    }
}
