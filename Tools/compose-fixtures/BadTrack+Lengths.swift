/// Texts of any length: numbers, pieces of swipes, noise, and more than a swipe can hold.
extension BadTrack {
    /// Numbers of 0 to 40 digits, none but the published one passing the Luhn check.
    static func lengths() -> [BadTrack] {
        let published = "4111111111111111"
        return (0...40).flatMap { count -> [BadTrack] in
            var number = String(String(repeating: published, count: 3).prefix(count))
            if number != published, passesLuhn(number), !number.isEmpty {
                number = number.dropLast() + "2"
            }
            let isCard = number == published
            let becomes: Result = isCard ? .accepted : (12...19) ~= count ? .refused : .unusable
            return [
                BadTrack(.numberLength, ";\(number)=3012101?", becomes),
                BadTrack(.numberLength, "%B\(number)^TEST/CARD^3012101?", becomes),
            ]
        }
    }

    /// A swipe that is cut anywhere, alone and with the next card's behind it.
    static func pieces() -> [BadTrack] {
        let (first, next) = (TestCard.visa.both, TestCard.masterCard.both)
        let cuts = (0..<first.count).flatMap { count in
            [
                BadTrack(.cutShort, String(first.prefix(count)), .wholeOrNothing),
                BadTrack(.halfAndNext, first.prefix(count) + next, .wholeOrNothing),
            ]
        }
        let glued = cards.map { card in
            [
                BadTrack(.twoSwipes, card.both + next, .wholeOrNothing),
                BadTrack(.twoSwipes, "%\(card.track1)?\(next)", .wholeOrNothing),
                BadTrack(.twoSwipes, ";\(card.track2);\(TestCard.visa.track2)?", .unusable),
            ]
        }
        return cuts + glued.joined()
    }

    /// 64 KiB, far more than is ever gathered of a swipe.
    static func endless() -> [BadTrack] {
        let count = 65_536
        let characters = "4%;?=^+E\r \0B"
        return characters.map { character in
            BadTrack(.huge, String(repeating: character, count: count), .notAccepted)
        }
            + ["%B", ";4", "%?", "?%", ";=", "%E?;E?"].map { piece in
                BadTrack(.huge, String(repeating: piece, count: count / piece.count), .notAccepted)
            } + [
                BadTrack(
                    .huge, "%B4111111111111111^\(String(repeating: "A", count: count))", .unusable)
            ]
    }

    /// Bytes of seven and of eight bits between sentinels, the same on every call.
    static func noise() -> [BadTrack] {
        // Knuth's linear congruential generator (MMIX).
        var state: UInt64 = 20_261_121
        return (0..<64).map { row in
            let mask: UInt8 = row.isMultiple(of: 2) ? 0x7F : 0xFF
            let bytes = (0..<(row + 2)).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 40) & mask
            }
            let start = UInt8(ascii: row.isMultiple(of: 3) ? "%" : ";")
            return BadTrack(.noise, [start] + bytes + [UInt8(ascii: "?")], .notAccepted)
        }
    }

    /// No card at all, and cards that are none to pay with.
    static func others() -> [BadTrack] {
        ["", "\r", "%?;?", "%E?;E?", "%E?;E?+E?", "%?", ";?", "+?", "?", "??;;%%"].map {
            BadTrack(.readErrors, $0, .unusable)
        }
            + [
                "%FLTALLAHASSEE^TEST$LICENCE$ONE^1 TEST STREET^?", ";6360100000000=301219800101?",
                ";7088850000000000=3012101?", ";6006490000000000=3012101?", "%LC/TEST/MEMBER?",
                ";29000000000001?", ";00007399=?",
            ].map { BadTrack(.otherCard, $0, .otherCard) }
    }

    private static func passesLuhn(_ number: String) -> Bool {
        let sum = number.utf8.reversed().enumerated().reduce(0) { sum, next in
            let value = Int(next.element) - 0x30
            guard next.offset % 2 == 1 else { return sum + value }
            return sum + (value > 4 ? value * 2 - 9 : value * 2)
        }
        return sum.isMultiple(of: 10)
    }
}
