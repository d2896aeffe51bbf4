/// What may be shown of a card number: its length and the last four digits.
///
/// It is made by module Secrets from the clear digits, or from a number that is masked already;
/// whatever is not a card number of 12 to 19 digits becomes ``hidden``.
/// Source: PCI DSS 3.4.1 (display at most BIN and last four).
public struct MaskedPAN: Equatable, Hashable, Sendable {
    /// How many digits the number has, 0 when hidden.
    public let length: Int
    /// The last four digits as one number, 0 to 9999.
    private let lastFourDigits: UInt16

    /// A number of which nothing may be shown.
    public static let hidden = MaskedPAN()

    private init() {
        length = 0
        lastFourDigits = 0
    }

    /// A number of `length` digits (12 to 19) that ends in `lastFour`; anything else is hidden.
    public init(length: Int, lastFour: (UInt8, UInt8, UInt8, UInt8)) {
        guard (12...19).contains(length), let first = Self.digit(lastFour.0),
            let second = Self.digit(lastFour.1), let third = Self.digit(lastFour.2),
            let fourth = Self.digit(lastFour.3)
        else {
            self = .hidden
            return
        }
        self.length = length
        lastFourDigits = first * 1000 + second * 100 + third * 10 + fourth
    }

    private static func digit(_ byte: UInt8) -> UInt16? {
        byte &- 0x30 < 10 ? UInt16(byte - 0x30) : nil
    }

    /// The last four digits, or `nil` when hidden.
    public var lastFour: String? {
        guard length > 0 else { return nil }
        let text = String(lastFourDigits)
        return String(repeating: "0", count: 4 - text.count) + text
    }
}

extension MaskedPAN: CustomStringConvertible {
    /// Asterisks and the last four digits, or four asterisks.
    public var description: String {
        guard let lastFour else { return "****" }
        return String(repeating: "*", count: length - 4) + lastFour
    }
}
