/// Things that nobody can guess.
internal enum Random {
    /// 256 bits as 64 hexadecimal digits.
    static func token() -> String { hex((0..<32).map { _ in UInt8.random(in: .min ... .max) }) }

    /// Six digits.
    static func code() -> String {
        let digits = String(Int.random(in: 0..<1_000_000))
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// Bytes as hexadecimal digits in lower case.
    static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Bytes of hexadecimal digits; `nil` for anything else.
    static func bytes(_ hex: String) -> [UInt8]? {
        let digits = hex.map(\.hexDigitValue)
        guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map {
            UInt8((digits[$0] ?? 0) << 4 | (digits[$0 + 1] ?? 0))
        }
    }
}
