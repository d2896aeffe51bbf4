import Quiet
import Testing
import Tracks
import Values

/// Track 2, field by field, and track 3, which is carried through.
@Suite struct Track2Tests {
    @Test(
        arguments: [
            ("\(Sample.track2)", "2912", "101", "0000000000"),
            ("4111111111111111=2912101", "2912", "101", ""),
            ("4111111111111111==1010", nil, "101", "0"),
            ("4111111111111111=2912=0", "2912", nil, "0"),
            ("4111111111111111===", nil, nil, ""), ("4111111111111111=", nil, nil, ""),
            ("4111111111111111=29121019=:;<>", "2912", "101", "9=:;<>"),
        ] as [(CardText, String?, String?, String)])
    func `cuts its fields`(
        text: CardText, expiry: String?, serviceCode: String?, discretionary: String
    ) throws {
        let read = try ReadText(";\(text.clear)?")
        let track = try #require(read.tracks.track2.layout)
        #expect(read.text(track.text) == text.clear)
        #expect(read.text(track.pan) == Sample.pan)
        #expect(read.text(ByteRange(start: track.separator, count: 1)) == "=")
        #expect(read.text(track.expiry) == expiry)
        #expect(read.text(track.serviceCode) == serviceCode)
        #expect(read.text(track.discretionary) == discretionary)
    }

    @Test(arguments: ["D", "d"], [0, 7])
    func `a letter for the separator is put right in place`(letter: String, offset: Int) throws {
        let text = "%\(Sample.track1)?;4111111111111111\(letter)29121010000000000?"
        let read = try ReadText(text, offset: offset)
        #expect(read.text(read.tracks.track2.layout?.text) == Sample.track2)
        #expect(read.text(read.tracks.track1.layout?.text) == Sample.track1)
    }

    @Test(
        arguments: [
            ("", TrackRule.empty, 0), ("4111111111111111=201112345612345678901", .tooLong, 37),
            ("4111111111111111=2912101A", .illegalCharacter, 24),
            ("4111 111111111111=2912101", .illegalCharacter, 4),
            ("4111111111111111=2912101D", .illegalCharacter, 24),
            ("4111111111111111D29121010d1", .illegalCharacter, 25),
            ("=2912101", .digitExpectedInPAN, 0), ("00007399=", .panTooShort, 8),
            ("41111111111=2912101", .panTooShort, 11),
            ("41111111111111111111=2912101", .panTooLong, 19),
            ("4111111111111111", .separatorExpected, 16),
            ("4111111111111111:2912101", .separatorExpected, 16),
            ("4111111111111111=291", .expiryNotFourDigits, 20),
            ("4111111111111111=29:2101", .expiryNotFourDigits, 19),
            ("4111111111111111=2912", .serviceCodeNotThreeDigits, 21),
            ("4111111111111111=29121", .serviceCodeNotThreeDigits, 22),
            ("4111111111111111D=D", .serviceCodeNotThreeDigits, 18),
        ] as [(CardText, TrackRule, Int)])
    func `names the rule that it breaks and where`(
        text: CardText, rule: TrackRule, offset: Int
    )
        throws
    {
        for start in [0, 5] {
            let read = try ReadText(";\(text.clear)?", offset: start)
            #expect(read.tracks.track2.fault == .malformed(rule, offset: offset))
            #expect(!read.tracks.isUsable)
        }
    }

    @Test func `takes 37 characters`() throws {
        let filler = String(repeating: "0", count: 37 - Sample.track2.utf8.count)
        let read = try ReadText(";\(Sample.track2)\(filler)?")
        #expect(read.tracks.track2.layout?.text.count == 37)
    }

    @Test func `track 3 is carried through whole`() throws {
        let read = try ReadText("+\(Sample.track3)?")
        #expect(read.text(read.tracks.track3.layout?.text) == Sample.track3)
        #expect(!read.tracks.isUsable)
        #expect(read.tracks.pan == nil)
    }

    @Test(
        arguments: [
            ("", TrackRule.empty, 0), (String(repeating: "1", count: 105), .tooLong, 104),
            ("01411\u{1F}", .illegalCharacter, 5),
        ] as [(String, TrackRule, Int)])
    func `track 3 has limits too`(text: String, rule: TrackRule, offset: Int) throws {
        let read = try ReadText("+\(text)?")
        #expect(read.tracks.track3.fault == .malformed(rule, offset: offset))
    }
}
