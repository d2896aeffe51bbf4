import Quiet
import Testing
import Tracks
import Values

/// Track 1, field by field.
@Suite struct Track1Tests {
    struct Row: CustomTestStringConvertible {
        let text: String
        let name: String
        let expiry: String?
        let serviceCode: String?
        let discretionary: String
        var testDescription: String { name }
    }

    static let rows = [
        Row(
            text: Sample.track1, name: "DOE/JANE", expiry: "2912", serviceCode: "101",
            discretionary: "0000000000"),
        Row(
            text: "B4111111111111111^DOE/JANE                  ^2912101",
            name:
                "DOE/JANE                  ", expiry: "2912", serviceCode: "101",
            discretionary: ""),
        Row(
            text: "B4111111111111111^AB^^101X", name: "AB", expiry: nil, serviceCode: "101",
            discretionary: "X"),
        Row(
            text: "B4111111111111111^NO CODE^2912^X", name: "NO CODE", expiry: "2912",
            serviceCode: nil, discretionary: "X"),
        Row(
            text: "B4111111111111111^NEITHER^^^", name: "NEITHER", expiry: nil, serviceCode: nil,
            discretionary: ""),
        Row(
            text: "B4111111111111111^NO THIRD FIELD", name: "NO THIRD FIELD", expiry: nil,
            serviceCode: nil, discretionary: ""),
        Row(
            text: "B4111111111111111^STARS^2912101**1^2*", name: "STARS", expiry: "2912",
            serviceCode: "101", discretionary: "**1^2*"),
        Row(
            text: "B4111111111111111^& CO., \"(#$)-\\]_'^8213999", name: "& CO., \"(#$)-\\]_'",
            expiry: "8213", serviceCode: "999", discretionary: ""),
    ]

    @Test(arguments: rows) func `cuts its fields`(row: Row) throws {
        let read = try ReadText("%\(row.text)?")
        let track = try #require(read.tracks.track1.layout)
        #expect(read.text(track.text) == row.text)
        #expect(read.text(track.pan) == Sample.pan)
        #expect(read.text(track.name) == row.name)
        #expect(read.text(track.expiry) == row.expiry)
        #expect(read.text(track.serviceCode) == row.serviceCode)
        #expect(read.text(track.discretionary) == row.discretionary)
    }

    @Test(
        arguments: [
            ("", TrackRule.empty, 0),
            (
                CardText(
                    Sample.track1
                        + String(repeating: "0", count: 76 - Sample.track1.utf8.count + 1)),
                .tooLong, 76
            ),
            ("B4111111111111111^doe/JANE^2912101", .illegalCharacter, 18),
            ("B4111111111111111^DOE\t/JANE^2912101", .illegalCharacter, 21),
            ("B4111111111111111^DOE^2912101\u{7F}", .illegalCharacter, 29),
            ("4111111111111111^DOE/JANE^2912101", .formatCodeExpected, 0),
            (" 4111111111111111^DOE/JANE^2912101", .formatCodeExpected, 0),
            ("A4111111111111111^DOE/JANE^2912101", .formatReservedToIssuer, 0),
            ("C4111111111111111^DOE/JANE^2912101", .formatReservedToANSI, 0),
            ("M4111111111111111^DOE/JANE^2912101", .formatReservedToANSI, 0),
            ("N4111111111111111^DOE/JANE^2912101", .formatOfIssuer, 0),
            ("Z4111111111111111^DOE/JANE^2912101", .formatOfIssuer, 0),
            ("B^DOE/JANE^2912101", .digitExpectedInPAN, 1),
            ("BX111111111111111^DOE/JANE^2912101", .digitExpectedInPAN, 1),
            ("B41111111111^DOE/JANE^2912101", .panTooShort, 12),
            ("B4111 1111 1111 1111^DOE/JANE^2912101", .panTooShort, 5),
            ("B41111111111111111111^DOE/JANE^2912101", .panTooLong, 20),
            ("B4111111111111111", .separatorExpected, 17),
            ("B4111111111111111=DOE/JANE^2912101", .separatorExpected, 17),
            ("B4111111111111111^^2912101", .nameTooShort, 18),
            ("B4111111111111111^A^2912101", .nameTooShort, 18),
            ("B4111111111111111^", .nameTooShort, 18),
            ("B4111111111111111^ABCDEFGHIJKLMNOPQRSTUVWXYZA^2912101", .nameTooLong, 18),
            ("B4111111111111111^DOE/JANE^", .expiryNotFourDigits, 27),
            ("B4111111111111111^DOE/JANE^291", .expiryNotFourDigits, 30),
            ("B4111111111111111^DOE/JANE^29A2101", .expiryNotFourDigits, 29),
            ("B4111111111111111^DOE/JANE^291210", .serviceCodeNotThreeDigits, 33),
            ("B4111111111111111^DOE/JANE^291210*", .serviceCodeNotThreeDigits, 33),
        ] as [(CardText, TrackRule, Int)])
    func `names the rule that it breaks and where`(
        text: CardText, rule: TrackRule, offset: Int
    )
        throws
    {
        for start in [0, 5] {
            let read = try ReadText("%\(text.clear)?", offset: start)
            #expect(read.tracks.track1.fault == .malformed(rule, offset: offset))
            #expect(!read.tracks.isUsable)
        }
    }

    @Test(arguments: [12, 13, 15, 19]) func `takes a number of so many digits`(count: Int) throws {
        let pan = String(repeating: "4", count: count)
        let read = try ReadText("%B\(pan)^AB^2912101?")
        #expect(read.text(read.tracks.pan) == pan)
    }

    @Test func `takes 76 characters`() throws {
        let filler = String(repeating: "0", count: 76 - Sample.track1.utf8.count)
        let read = try ReadText("%\(Sample.track1)\(filler)?")
        #expect(read.tracks.track1.layout?.text.count == 76)
    }

    @Test(arguments: [
        ("DOE/JANE MARY.MS   ", "DOE", "JANE MARY"), ("DOE / JANE ", "DOE", "JANE"),
        ("FAT ALBERT      ", "FAT ALBERT", ""), ("DOE/", "DOE", ""), ("/JANE", "", "JANE"),
        ("DOE/JANE/MARY", "DOE", "JANE/MARY"), ("ST. DOE/J.", "ST. DOE", "J"), ("   ", "", ""),
        (" /", "", ""),
    ])
    func `splits a cardholder's name`(field: String, surname: String, given: String) throws {
        let name = try ReadText("%B4111111111111111^\(field)^2912101?").name()
        #expect(name.surname == surname)
        #expect(name.given == given)
    }
}
