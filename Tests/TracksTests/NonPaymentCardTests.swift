import Quiet
import Testing
import Tracks
import Values

/// Cards that are none to pay with. All numbers and names are invented.
@Suite struct NonPaymentCardTests {
    private static func kind(of text: String) throws -> NonPaymentCard? {
        let read = try ReadText(text)
        return read.tracks.isUsable
            ? read.otherCardByNumber() : read.tracks.nonPaymentCard
    }

    private static let floridian = "%FLTALLAHASSEE^TEST$LICENCE$ONE^1 TEST STREET^?"

    static let cards: [(CardText, NonPaymentCard)] = [
        // Licences: by track 2, by track 1, by both, and in every state that track 1 can break.
        (";6360100000000000002=301219800101=?", .licence),
        (";636010000000=301219800101?", .licence),
        (";63600000000=3012?", .licence), (";6360620000000000001==?", .licence),
        (";6044250000000=301219800101?", .licence), (";6044340000000=301219800101?", .licence),
        ("\(floridian)", .licence), ("\(floridian);E?", .licence), ("\(floridian);?", .licence),
        ("\(floridian);6360100000000000002=301219800101=?", .licence),
        ("%CASOUTHSANFRANTEST$LICENCE^1 TEST STREET^?", .licence),
        ("%BCVICTORIA^TEST$LICENCE$ONE^1 TEST STREET^?", .licence),
        ("%NYALBANY^TEST$LICENCE^1 TEST STREET^?;1?", .licence),
        ("%B6360100000000000002^A^3012101?", .licence),
        // Fleet and fuel.
        (";6900460000000000000=3012101?", .fleet), (";6900470000000000000=3012101?", .fleet),
        (";7071380000000000000=3012101?", .fleet), (";7088850000000000=3012101?", .fleet),
        (";7088890000000000=3012101?", .fleet), (";5014860000000001=3012101?", .fleet),
        (";7000000000000=3012101?", .fleet), ("%B7088850000000000^TEST/FLEET^3012101?", .fleet),
        ("%E?;7088850000000000=3012?", .fleet), (";70888500=?", .fleet),
        // Gift.
        (";6006490000000000001=3012101?", .gift), (";6035710000000000002=3012101?", .gift),
        (";6032610000000000=3012101?", .gift), (";6394700000000000=3012101?", .gift),
        (";6010560000000000=3012101?", .gift), (";6032250000000001=3012101?", .gift),
        (";5022440000000000=3012101?", .gift), (";7083550000000000=3012101?", .gift),
        (";6006490000000000001?", .gift), ("%B6006490000000000001^?", .gift),
        ("%G6006490000000001^TEST^?", .gift),
        // Loyalty.
        ("%LC/TEST/MEMBER/A?", .loyalty), ("%LC/TEST/MEMBER/A?;45454545454=112015?", .loyalty),
        ("%L/000123?;00000123?", .loyalty),
        // Libraries, employers, insurances, telephone and national cards, hotel keys.
        (";29000000000001?", .other), (";00007399=?", .other), (";00000000==201100100900?", .other),
        ("%STAFF 0001?", .other), ("%FL?", .other), ("%FL^$?", .other),
        ("%A TEST EMPLOYEE^0001?;0001?", .other),
        (";8000000000000000=3012101?", .other), (";8901000000000000000=3012101?", .other),
        (";9000000000000000=3012101?", .other), (";000000000000=3012101?", .other),
        (";1234?", .other), (";1234567890123456789?", .other),
    ]

    @Test(arguments: cards) func `are told by number or layout`(
        text: CardText, kind: NonPaymentCard
    ) throws {
        #expect(try Self.kind(of: text.clear) == kind)
    }

    @Test(arguments: [
        // A payment card, whatever stands on its other track.
        "%\(Sample.track1)?;\(Sample.track2)?", "%LC/TEST?;\(Sample.track2)?",
        "%\(Sample.track1)?;00007399=?", "\(floridian);\(Sample.track2)?",
        // Brands that we do not know.
        ";6360630000001=3012101?", ";6044240000000=3012101?", ";6044350000000=3012101?",
        ";5000000000000000=3012101?", ";6006480000000000=3012101?", ";1000000000000=3012101?",
        ";2200000000000000=3012101?", ";9792000000000000=3012101?", ";8200000000000000=3012101?",
        // Badly read, and perhaps a payment card's.
        "", "%?;?", "%E?;E?", "+\(Sample.track3)?", ";4111?", ";41111111111?", ";3534353=?",
        ";4111111111111111?", ";=?", ";123?", "%4012888888881881^TEST^3012101?",
        "%A4111111111111111^TEST^3012101?", "%C411111111111^TEST^3012101?",
        "%  AA 00 00 00 A  RN^ABCDEFG ABCD ABCDE         ^      ?",
        "%lc/test?", ";2221000?", ";700000x=3012?", "%B411111111111111112345^AB^3012101?",
    ])
    func `are nothing that may be a payment card`(text: CardText) throws {
        #expect(try Self.kind(of: text.clear) == nil)
    }

    @Test func `no range that a brand issues is another card's`() {
        var branded = 0
        for prefix in 0..<10_000 {
            let digits = String(prefix + 10_000).dropFirst()
            let lengths = (12...19).map {
                Array((digits + String(repeating: "0", count: $0 - 4)).utf8)
            }
            guard lengths.contains(where: { CardBrand(pan: $0.span) != nil }) else { continue }
            branded += 1
            for next in 0..<100 {
                let number = Array((digits + String(next + 100).dropFirst()).utf8)
                if NonPaymentCard(number: number.span) != nil {
                    Issue.record("\(digits), then \(next)")
                }
            }
        }
        #expect(branded > 2000)
    }

    @Test(arguments: PublishedCards.numbers.map { CardText($0) })
    func `no published test card is another card's`(card: CardText) throws {
        let number = card.clear
        for text in [
            ";\(number)=3012101?", "%B\(number)^TEST/CARD^3012101?", ";\(number)==?",
            "%B\(number)^TEST/CARD^3012101?;\(number)=3012101?",
        ] {
            #expect(try ReadText(text).otherCardByNumber() == nil)
        }
        for count in 0...number.utf8.count {
            #expect(try Self.kind(of: ";\(number.prefix(count))?") == nil)
            #expect(try Self.kind(of: ";\(number.prefix(count))=3012?") == nil)
            #expect(try Self.kind(of: "%B\(number.prefix(count))^A^3012101?") == nil)
        }
    }

    @Test func `the fault stays beside what the card is`() throws {
        let tracks = try ReadText("%LC/TEST?;00007399=?").tracks
        #expect(
            tracks.track1 == .ofOtherCard(.loyalty, .malformed(.formatReservedToANSI, offset: 0)))
        #expect(tracks.track2.fault == .malformed(.panTooShort, offset: 8))
        #expect(tracks.track2.nonPaymentCard == .other && tracks.nonPaymentCard == .loyalty)
    }
}

/// The numbers that card brands and gateways publish for tests.
enum PublishedCards {
    static let numbers = [
        "4012881888818888", "4266841082854082", "5466410004374507", "5454545454545454",
        "371449635398431", "6011000990156527", "4111111111111111", "4055011111111111",
        "5555555555554444", "378282246310005", "4242424242424242", "6011111111111117",
        "30569309025904", "3530111333300000", "4012888888881881", "5105105105105100",
        "2223003122003222", "6205500000000000004",
    ]
}
