/// The name of one attempt to pay: 20 characters `0-9A-Z`, sent in at most one request.
///
/// "SW", the lane (3), the journal (6, random), the sequence (7) and two check characters
/// (ISO 7064, MOD 1271-36). It travels in `bill.note`, and its alphabet has no `;` or `!`, which
/// the gateway's report filter would take for operators.
public struct PaymentReference: Equatable, Hashable, Sendable {
    /// The 20 characters.
    public let text: String

    /// The reference of an attempt.
    /// - Parameters:
    ///   - lane: 0 to 46,655.
    ///   - journal: a random number below 36^6 that names the journal.
    ///   - sequence: the attempt's number in its journal, below 36^7, never used twice.
    public init(lane: Int, journal: UInt32, sequence: UInt64) {
        let stem =
            "SW" + Self.base36(UInt64(lane), width: 3) + Self.base36(UInt64(journal), width: 6)
            + Self.base36(sequence, width: 7)
        let check = (1272 - Self.remainder(of: stem + "00")) % 1271
        text = stem + Self.base36(UInt64(check), width: 2)
    }

    /// Reads a reference; `nil` when the form or the check characters are wrong.
    public init?(_ text: String) {
        guard text.utf8.count == 20, text.hasPrefix("SW"),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }),
            Self.remainder(of: text) == 1
        else { return nil }
        self.text = text
    }

    /// The attempt's number in its journal.
    public var sequence: UInt64 {
        UInt64(text.dropFirst(11).prefix(7), radix: 36) ?? 0
    }

    /// How many journals can be named: 36^6.
    public static let journalCount: UInt32 = 2_176_782_336

    private static func base36(_ value: UInt64, width: Int) -> String {
        let digits = String(value, radix: 36, uppercase: true)
        precondition(digits.utf8.count <= width, "a part of the reference is over its width")
        return String(repeating: "0", count: width - digits.utf8.count) + digits
    }

    /// The text as a number in base 36, modulo 1271.
    private static func remainder(of text: String) -> Int {
        text.utf8.reduce(0) { result, byte in
            let value = Int(byte) - (byte <= UInt8(ascii: "9") ? 0x30 : 0x41 - 10)
            return (result * 36 + value) % 1271
        }
    }
}

extension PaymentReference: CustomStringConvertible {
    /// The 20 characters.
    public var description: String { text }
}
