/// Turns boot keyboard reports into the characters that were typed, by usage code: neither a
/// keyboard layout of the machine nor Caps Lock has a say.
///
/// Source: USB HID 1.11, appendix B.1 (report: modifiers, reserved, six keys) and C (a report of
/// more keys than it can name).
internal struct BootKeyboard: Sendable {
    /// The keys held down in the last report.
    private var held = InlineArray<6, UInt8>(repeating: 0)

    private static let errorRollOver: UInt8 = 1
    private static let bothShifts: UInt8 = 0x22

    /// The characters of one report, at most six.
    internal struct Typed {
        private var characters = InlineArray<6, UInt8>(repeating: 0)
        private(set) var count = 0

        subscript(_ index: Int) -> UInt8 { characters[index] }

        mutating func append(_ byte: UInt8) {
            characters[count] = byte
            count += 1
        }
    }

    /// The characters of those keys that were not held down already.
    mutating func take(_ report: Span<UInt8>) -> Typed {
        var typed = Typed()
        guard report.count >= 8 else { return typed }
        // More keys than a report can name: it says nothing of which are held.
        guard report[2] != Self.errorRollOver else { return typed }
        let isShifted = report[0] & Self.bothShifts != 0
        var pressed = InlineArray<6, UInt8>(repeating: 0)
        for slot in 0..<6 {
            let usage = report[slot + 2]
            pressed[slot] = usage
            guard usage > 3, !isHeld(usage),
                let byte = KeyMap.character(usage: usage, isShifted: isShifted)
            else { continue }
            typed.append(byte)
        }
        held = pressed
        return typed
    }

    private func isHeld(_ usage: UInt8) -> Bool {
        for slot in 0..<6 where held[slot] == usage { return true }
        return false
    }
}
