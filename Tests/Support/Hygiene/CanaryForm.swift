/// The forms in which a number is looked for.
public enum CanaryForm: Int, CaseIterable, Sendable {
    case plain
    case spaced
    case reversed
    case hex
    case dumped
    case base64At0
    case base64At1
    case base64At2
    case utf16
    case packed

    /// As a table's head names it.
    public var name: String {
        switch self {
        case .plain: "ASCII"
        case .spaced: "spaced"
        case .reversed: "reversed"
        case .hex: "hex"
        case .dumped: "hex dump"
        case .base64At0: "base64+0"
        case .base64At1: "base64+1"
        case .base64At2: "base64+2"
        case .utf16: "UTF-16"
        case .packed: "BCD"
        }
    }

    /// A whole number in this form: what a leak of it would write.
    func written(_ canary: Canary) -> [UInt8] {
        let text = canary.digits.map { $0 + UInt8(ascii: "0") }
        switch self {
        case .plain: return text
        case .spaced:
            return text.enumerated().flatMap { offset, digit in
                offset > 0 && offset % 4 == 0 ? [UInt8(ascii: " "), digit] : [digit]
            }
        case .reversed: return text.reversed()
        // A digit's code has two digits itself: no letter, no case.
        case .hex: return text.flatMap { [UInt8(ascii: "3"), $0] }
        // As recordings have it.
        case .dumped: return Array(text.map { [UInt8(ascii: "3"), $0] }.joined(separator: [0x20]))
        case .base64At0: return Self.base64(text, behind: 0)
        case .base64At1: return Self.base64(text, behind: 1)
        case .base64At2: return Self.base64(text, behind: 2)
        case .utf16: return text.flatMap { [$0, 0] }
        case .packed: return Self.pairs(canary.digits)
        }
    }

    /// What is searched for. Where the form allows it, the first two and the last two digits are
    /// left out, so that a copy that lost its ends in a register is found too.
    func needles(_ canary: Canary) -> [[UInt8]] {
        let whole = written(canary)
        switch self {
        case .plain, .reversed: return [Array(whole[2..<14])]
        case .spaced: return [Array(whole[2..<17])]
        case .hex: return [Array(whole[4..<28])]
        case .dumped: return [Array(whole[6..<41])]
        // Without the last zero, or the first: both orders of the two bytes.
        case .utf16: return [Array(whole[4..<27])]
        case .base64At0, .base64At1, .base64At2: return [whole]
        // On whole bytes, and shifted by half a byte.
        case .packed: return [whole, Self.pairs(Array(canary.digits[1..<15]))]
        }
    }

    private static func pairs(_ digits: [UInt8]) -> [UInt8] {
        stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// The characters that the text alone decides when so many bytes stand before it.
    private static func base64(_ text: [UInt8], behind offset: Int) -> [UInt8] {
        let alphabet = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        let bytes = [UInt8](repeating: 0, count: offset) + text + [0, 0]
        let characters = stride(from: 0, to: bytes.count - 2, by: 3).flatMap { start -> [UInt8] in
            let three = bytes[start..<start + 3].reduce(0) { $0 << 8 | Int($1) }
            return [18, 12, 6, 0].map { alphabet[three >> $0 & 63] }
        }
        let first = (8 * offset + 5) / 6
        return Array(characters[first..<(8 * (offset + text.count)) / 6])
    }
}
