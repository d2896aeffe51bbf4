/// What a reader sends beside a block so that a host can derive the block's key: the reader's
/// part, which names the base key and the device, and the count of its transactions. No secret.
///
/// Source: ANSI X9.24-1:2009 (10 bytes, counter in the low 21 bits), ANSI X9.24-3:2017 (12 bytes,
/// counter in the low 32 bits).
public struct KeySerialNumber: Equatable, Hashable, Sendable {
    /// 10 or 12 bytes.
    public let bytes: [UInt8]

    /// Bits of the counter when the number has 10 bytes.
    internal static let tripleDESCounterBits = 21

    /// A number of 10 (TDES) or 12 bytes (AES); `nil` for any other count.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 10 || bytes.count == 12 else { return nil }
        self.bytes = bytes
    }

    /// True for a number of AES-DUKPT.
    public var isAES: Bool { bytes.count == Cipher.aes128.serialNumberBytes }

    /// The count of the reader's transactions.
    public var counter: UInt32 {
        let low = bytes.suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return isAES ? low : low & (1 << Self.tripleDESCounterBits - 1)
    }

    /// The reader's part: all of the number with the counter cleared.
    public var device: [UInt8] {
        var device = bytes
        for index in bytes.count - (isAES ? 4 : 2)..<bytes.count { device[index] = 0 }
        if !isAES { device[7] &= 0xE0 }
        return device
    }
}
