/// What can be wrong with the tracks of any card.
extension BadTrack {
    static func ofOne(_ card: TestCard) -> [BadTrack] {
        sentinels(card) + fields(card) + expiries(card) + readErrors(card) + keyboard(card)
            + characters(card)
    }

    private static func sentinels(_ card: TestCard) -> [BadTrack] {
        let (one, two) = (card.track1, card.track2)
        return [
            BadTrack(.startSentinelMissing, "\(one)?;\(two)?", .accepted),
            BadTrack(.startSentinelMissing, "%\(one)?\(two)?", .accepted),
            BadTrack(.startSentinelMissing, "%E?\(two)?", .unusable),
            BadTrack(.startSentinelMissing, "\(two)?", .accepted),
            BadTrack(.endSentinelMissing, "%\(one)\r;\(two)\r", .accepted),
            BadTrack(.endSentinelMissing, ";\(two)%\(one)?", .unusable),
            BadTrack(.sentinelsDoubled, "%%\(one)??;;\(two)??", .unusable),
            // The first of the two is track 1's check character.
            BadTrack(.sentinelsDoubled, "%\(one)?;;\(two)?", .accepted),
            BadTrack(.sentinelsDoubled, ";;\(two)??", .unusable),
            BadTrack(.sentinelsDoubled, "%%\(one)??", .unusable),
            BadTrack(.sentinelsSwapped, ";\(one)?%\(two)?", .unusable),
            BadTrack(.sentinelsSwapped, "?\(one)%?\(two);", .unusable),
            BadTrack(.checkCharacter, "%\(one)?X;\(two)?4", .accepted),
            BadTrack(.checkCharacter, "%\(one)??;\(two)??", .accepted),
            BadTrack(.checkCharacter, "%\(one)?%;\(two)?;", .accepted),
            BadTrack(.backwards, String(card.both.reversed()), .notAccepted),
            BadTrack(.backwards, String(";\(two)?".reversed()), .notAccepted),
        ]
    }

    private static func fields(_ card: TestCard) -> [BadTrack] {
        let number = card.number
        var wrong = card
        wrong.number = String(number.dropLast()) + (number.hasSuffix("0") ? "1" : "0")
        let blanks = "\(number.prefix(4)) \(number.dropFirst(4))"
        let fields = card.track1.split(separator: "^").map(String.init)
        return [
            BadTrack(.luhnWrong, wrong.both, .refused),
            BadTrack(.luhnWrong, ";\(wrong.track2)?", .refused),
            BadTrack(.numberWithBlanks, "%B\(blanks)^TEST/CARD^3012101?", .unusable),
            BadTrack(.numberWithBlanks, ";\(blanks)=3012101?", .unusable),
            BadTrack(.separatorMissing, "%\(fields.joined())?", .unusable),
            // The expiry runs into the name, which is then as long as a name may be.
            BadTrack(.separatorMissing, "%\(fields[0])^\(fields[1...].joined())?", .refused),
            BadTrack(.separatorMissing, ";\(card.track2.replacing("=", with: ""))?", .unusable),
        ]
    }

    private static func expiries(_ card: TestCard) -> [BadTrack] {
        ["3013", "3000", "3099", "1512", "="].map { expiry in
            BadTrack(.expiryWrong, ";\(card.number)=\(expiry)101000001?", .refused)
        }
            + ["3013", "0000", "^"].map { expiry in
                BadTrack(.expiryWrong, "%B\(card.number)^TEST/CARD^\(expiry)101?", .refused)
            }
            + ["301", "3A12", "    "].flatMap { expiry in
                [
                    BadTrack(.expiryWrong, ";\(card.number)=\(expiry)?", .unusable),
                    BadTrack(.expiryWrong, "%B\(card.number)^TEST/CARD^\(expiry)?", .unusable),
                ]
            }
    }

    private static func readErrors(_ card: TestCard) -> [BadTrack] {
        [
            BadTrack(.readErrors, "%E?;\(card.track2)?", .accepted),
            BadTrack(.readErrors, "%\(card.track1)?;E?+E?", .accepted),
            BadTrack(.track3Only, "+01\(card.number)=724724?", .unusable),
            BadTrack(.track3Only, "%?;?+01\(card.number)=724724?", .unusable),
            BadTrack(.track3Only, "%E?;E?+01\(card.number)=724724?", .unusable),
        ]
    }

    private static func keyboard(_ card: TestCard) -> [BadTrack] {
        // What a German layout makes of the keys.
        let shifted: [Swift.Character: String] = [
            ";": "ö", "=": "´", "?": "_", "^": "&", "/": "-", "Y": "Z", "Z": "Y",
        ]
        return [
            BadTrack(.capsLock, card.both.lowercased(), .accepted),
            BadTrack(.capsLock, "%\(card.track1.lowercased())?", .unusable),
            BadTrack(
                .layoutShifted, card.both.map { shifted[$0] ?? String($0) }.joined(), .unusable),
            BadTrack(
                .layoutShifted, ";\(card.track2)?".map { shifted[$0] ?? String($0) }.joined(),
                .unusable),
        ]
    }

    private static func characters(_ card: TestCard) -> [BadTrack] {
        let middle = card.number.prefix(6)
        let broken = card.both.replacing(middle, with: "\(middle)\0")
        return [
            BadTrack(.nulls, broken, .unusable),
            BadTrack(.nulls, "\0\(card.both)", .accepted),
            BadTrack(.nulls, card.both.map { "\($0)\0" }.joined(), .notAccepted),
            BadTrack(.unicode, card.both.replacing("TEST", with: "TÉST"), .accepted),
            BadTrack(.unicode, card.both.replacing(middle, with: "\(middle)\u{FF11}"), .unusable),
            BadTrack(.unicode, "\u{FEFF}\(card.both)", .accepted),
        ]
    }
}
