internal import Secrets
internal import Tracks
internal import Values

/// Numbers that card brands, gateways and reader makers publish for tests: the only ones that may
/// be recorded.
public enum TestCards {
    /// The numbers. Source: PayHub API, "Test cards"; the brands' published test numbers.
    public static let numbers = [
        "4012881888818888", "4266841082854082", "5466410004374507", "5454545454545454",
        "371449635398431", "6011000990156527", "4111111111111111", "4055011111111111",
        "5555555555554444", "378282246310005", "4242424242424242", "6011111111111117",
        "30569309025904", "3530111333300000", "4012888888881881", "5105105105105100",
        "2223003122003222", "6205500000000000004",
    ]

    /// True when these digits are one of the numbers.
    public static func contains(_ digits: Span<UInt8>) -> Bool {
        numbers.contains { number in
            let known = number.utf8Span.span
            guard known.count == digits.count else { return false }
            return known.indices.allSatisfy { known[$0] == digits[$0] }
        }
    }

    /// True when nothing in the swipe is a card's that is not for tests: its clear numbers are of
    /// the list, or the digits that an encrypted block shows are those of one of them.
    public static func isTest(_ swipe: borrowing Swipe) -> Bool {
        switch swipe.content {
        case .bad: return false
        case .plain(let tracks):
            let pans = [tracks.track1.layout?.pan, tracks.track2.layout?.pan].compactMap { $0 }
            return tracks.isWhollyKnown
                && swipe.bytes.withBytes { bytes in
                    pans.allSatisfy { contains(bytes.extracting($0.range)) }
                }
        case .encrypted(let block):
            guard let lastFour = block.maskedPAN.lastFour else { return false }
            return numbers.contains {
                $0.utf8.count == block.maskedPAN.length && $0.hasSuffix(lastFour)
            }
        }
    }

    /// A test number of the same length, and of the same brand if there is one.
    static func substitute(for digits: Span<UInt8>) -> String? {
        let same = numbers.filter { $0.utf8.count == digits.count }
        return same.first { $0.utf8.first == digits[0] } ?? same.first
    }
}
