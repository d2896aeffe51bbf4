/// Turns boot keyboard reports into the characters that were typed, by usage code: no keyboard
/// layout of the machine has a say.
///
/// Source: USB HID 1.11, appendix B.1 (report: modifiers, reserved, six keys).
internal struct KeyboardGatherer: Sendable {
    /// The keys held down in the last report.
    private var held = InlineArray<6, UInt8>(repeating: 0)
    /// Where in the swipe's text we are, as far as the end needs it.
    private var phase = Phase.empty

    private enum Phase {
        case empty
        /// Track 1 alone has come; track 2 may follow after an Enter.
        case inTrack1
        /// Track 2 or an encrypted block has come.
        case beyondTrack1
    }

    /// The characters of one report, at most six.
    internal struct Typed {
        private var characters = InlineArray<6, UInt8>(repeating: 0)
        private(set) var count = 0
        var isEnd = false

        subscript(_ index: Int) -> UInt8 { characters[index] }

        mutating func append(_ byte: UInt8) {
            characters[count] = byte
            count += 1
        }
    }

    /// A swipe is whole when Enter or silence ends it; that a track lacks its end sentinel is the
    /// decoder's finding.
    var ending: GatheredSwipe.Ending { .whole }

    private static let errorRollOver: UInt8 = 1

    /// The next swipe begins; keys that are still held down are not typed again.
    mutating func beginSwipe() { phase = .empty }

    mutating func take(_ report: Span<UInt8>) -> Typed {
        var typed = Typed()
        guard report.count >= 8 else { return typed }
        // More keys than a report can name: it says nothing of which are held.
        guard report[2] != Self.errorRollOver else { return typed }
        let isShifted = report[0] & 0x22 != 0
        var pressed = InlineArray<6, UInt8>(repeating: 0)
        for slot in 0..<6 {
            let usage = report[slot + 2]
            pressed[slot] = usage
            guard usage > 3, !isHeld(usage),
                let byte = KeyMap.character(usage: usage, isShifted: isShifted)
            else { continue }
            take(byte, into: &typed)
        }
        held = pressed
        return typed
    }

    private func isHeld(_ usage: UInt8) -> Bool {
        for slot in 0..<6 where held[slot] == usage { return true }
        return false
    }

    private mutating func take(_ byte: UInt8, into typed: inout Typed) {
        if byte == KeyMap.enter {
            guard phase != .empty else { return }
            typed.append(byte)
            typed.isEnd = phase == .beyondTrack1
            return
        }
        typed.append(byte)
        switch (phase, byte) {
        case (.empty, UInt8(ascii: "%")): phase = .inTrack1
        case (.empty, _): phase = .beyondTrack1
        case (.inTrack1, UInt8(ascii: ";")), (.inTrack1, MagTekText.separator):
            phase = .beyondTrack1
        default: break
        }
    }
}
