internal import Secrets

/// Names of ANSI X9.24-3:2017, 6.3: what a child key is derived for.
internal enum AESDerivation {
    /// Key derivation.
    static let derivation: UInt16 = 0x8000
    /// Key derivation, initial key.
    static let initial: UInt16 = 0x8001

    /// The eight bytes that say which key of its parent's children a key is.
    struct Context {
        let bytes: [UInt8]

        /// The initial key's: the initial key id.
        init(device number: KeySerialNumber) { bytes = Array(number.bytes.prefix(8)) }

        /// A key of the tree: the right half of the initial key id, and the counter so far.
        init(transaction number: KeySerialNumber, counter: UInt32? = nil) {
            let counter = counter ?? number.counter
            bytes =
                Array(number.bytes[4..<8])
                + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: counter >> $0) }
        }
    }
}

/// Source: ANSI X9.24-3:2017, 6.3.
extension SecretKey {
    internal borrowing func aesInitialKey(
        for number: KeySerialNumber, in arena: SecretArena
    ) throws(DUKPTError) -> SecretKey {
        try aesChild(AESDerivation.initial, AESDerivation.Context(device: number), in: arena)
    }

    /// Walks down the tree: a key for each set bit of the counter, from the highest on.
    internal static func aesTransactionKey(
        _ initial: consuming SecretKey, _ number: KeySerialNumber, in arena: SecretArena
    ) throws(DUKPTError) -> SecretKey {
        var key = initial
        var counter: UInt32 = 0
        for bit in (0..<32).reversed() where number.counter >> UInt32(bit) & 1 == 1 {
            counter |= 1 << UInt32(bit)
            let context = AESDerivation.Context(transaction: number, counter: counter)
            key = try key.aesChild(AESDerivation.derivation, context, in: arena)
        }
        return key
    }

    /// A key of the same length: so many blocks of derivation data, each encrypted on its own.
    internal borrowing func aesChild(
        _ use: UInt16, _ context: AESDerivation.Context, in arena: SecretArena
    ) throws(DUKPTError) -> SecretKey {
        let algorithm: UInt8 = cipher == .aes256 ? 4 : 2
        let bits = UInt16(cipher.keyBytes * 8)
        var key = try arena.takeForKeys()
        for block in 1...UInt8(cipher.keyBytes / cipher.blockBytes) {
            let data: [UInt8] =
                [1, block, UInt8(use >> 8), UInt8(use & 0xFF), 0, algorithm]
                + [UInt8(bits >> 8), UInt8(bits & 0xFF)] + context.bytes
            try encrypt(data.span, into: &key)
        }
        return try SecretKey(key, for: cipher)
    }
}
