internal import Quiet
internal import Readers
internal import Secrets
internal import Testing
internal import Timeline

/// A test card in the place of a card: nothing is left of the card, and what came still reads.
@Suite struct TestCardTests {
    private static let keyboard = ReaderCatalogue.genericKeyboard

    private static func swipe(_ text: String, _ profile: ReaderProfile = keyboard) throws -> Swipe {
        let arena = try SecretArena(blocks: 2)
        var bytes = try arena.take(capacity: 512)
        for byte in text.utf8 { try bytes.append(byte) }
        return Swipe(
            decoding: GatheredSwipe(
                profile: profile, lastReportAt: Moment(nanoseconds: 0), ending: .whole,
                bytes: bytes))
    }

    /// The typed text with a test card in it.
    private static func anonymised(_ text: String) throws -> String {
        let bytes = try swipe(text).withTestCard()
        return bytes.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }

    static let shapes: [(CardText, CardText)] = [
        (
            "%B4111111111111111^DOE/JANE.MS^2703201A1B2 3?;4111111111111111=2703201987?\r",
            "%B4012881888818888^TEST/CARD  ^3012201A0A0 0?;4012881888818888=3012201000?\r"
        ),
        (";378282246310005=2703101?\r", ";371449635398431=3012101?\r"),
        (";5105105105105100=2703101?8\r", ";5466410004374507=3012101?;\r"),
        (
            "%B6011111111111117^A/^2703101?\r;6011111111111117=2703101?\r",
            "%B6011000990156527^TE^3012101?\r;6011000990156527=3012101?\r"
        ),
    ]

    @Test(arguments: shapes) func `keeps the shape and replaces the card`(
        text: CardText, expected: CardText
    ) throws {
        #expect(try CardText(Self.anonymised(text.clear)) == expected)
    }

    @Test func `mends the LRC`() throws {
        let result = try Self.anonymised(";4111111111111111=2703101?1\r")
        let characters = Array(result.utf8.dropLast())
        #expect(characters.reduce(0) { $0 ^ ($1 & 0x0F) } == 0)
    }

    @Test func `a test card is known, any other is not`() throws {
        #expect(TestCards.isTest(try Self.swipe(";4111111111111111=2703101?\r")))
        let other = ";41111111" + "11111129=2703101?\r"
        #expect(!TestCards.isTest(try Self.swipe(other)))
    }

    @Test func `a track that does not read is not guessed at`() throws {
        #expect(throws: TestCardFault.trackUnreadable) {
            try Self.anonymised("%Z4111111111111111^DOE^2703101?;4111111111111111=2703101?\r")
        }
    }

    @Test func `a length that no test card has is refused`() throws {
        #expect(throws: TestCardFault.noTestNumber) {
            try Self.anonymised(";411111111111=2703101?\r")
        }
    }

    @Test func `what is no clear swipe is refused`() throws {
        #expect(throws: TestCardFault.notClear) { try Self.anonymised("%E?;E?\r") }
    }
}
