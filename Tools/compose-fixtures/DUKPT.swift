/// Derives the key of one swipe from a base key, as a reader with TDES-DUKPT does.
///
/// Source: ANSI X9.24-1:2009; the data variant with its one-way step as in ID TECH's manuals.
internal struct DUKPT {
    /// The base derivation key that the makers publish for their demonstration readers.
    static let publishedTestKey: [UInt8] = [
        0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF,
        0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10,
    ]
    private static let counterBits = 21

    /// The key that was loaded into the reader.
    let initialKey: [UInt8]
    /// The key that encrypts the tracks of the swipe in an ID TECH reader.
    let dataKey: [UInt8]
    /// The key that encrypts them in a MagTek reader.
    let pinKey: [UInt8]

    /// The keys of the reader and the swipe that a key serial number of 10 bytes names.
    init(keySerialNumber: [UInt8], baseKey: [UInt8] = publishedTestKey) throws(ComposeFault) {
        precondition(keySerialNumber.count == 10, "a key serial number has 10 bytes")
        var register = keySerialNumber
        register[7] &= 0xE0
        register[8] = 0
        register[9] = 0
        let identity = Array(register.prefix(8))
        initialKey =
            try Self.encrypt(baseKey, identity) + Self.encrypt(Self.masked(baseKey), identity)
        var key = initialKey
        for bit in (0..<Self.counterBits).reversed() {
            let byte = 9 - bit / 8
            let mask = UInt8(1) << UInt8(bit % 8)
            guard keySerialNumber[byte] & mask != 0 else { continue }
            register[byte] |= mask
            let counted = Array(register.suffix(8))
            key = try Self.half(Self.masked(key), counted) + Self.half(key, counted)
        }
        dataKey = try Self.dataVariant(of: key)
        pinKey = zip(0..., key).map { $0 % 8 == 7 ? $1 ^ 0xFF : $1 }
    }

    /// The key with the variant's constant, each half encrypted under the whole.
    private static func dataVariant(of key: [UInt8]) throws(ComposeFault) -> [UInt8] {
        var variant = key
        variant[5] ^= 0xFF
        variant[13] ^= 0xFF
        return try encrypt(variant, Array(variant.prefix(8)))
            + encrypt(variant, Array(variant.suffix(8)))
    }

    /// One half of the next key: DES under the left half, between two XORs with the right.
    private static func half(_ key: [UInt8], _ counted: [UInt8]) throws(ComposeFault) -> [UInt8] {
        let left = Array(key.prefix(8))
        let right = Array(key.suffix(8))
        // TDES with one key three times is DES, which OpenSSL 3 has in its legacy provider only.
        return xor(try Calls.tripleDES(key: left + left + left, xor(counted, right)), right)
    }

    /// TDES with two keys, each block on its own when there is but one.
    static func encrypt(_ key: [UInt8], _ blocks: [UInt8]) throws(ComposeFault) -> [UInt8] {
        try Calls.tripleDES(key: key + key.prefix(8), blocks)
    }

    private static func masked(_ key: [UInt8]) -> [UInt8] {
        let half: [UInt8] = [0xC0, 0xC0, 0xC0, 0xC0, 0, 0, 0, 0]
        return xor(key, half + half)
    }

    private static func xor(_ one: [UInt8], _ other: [UInt8]) -> [UInt8] {
        zip(one, other).map { $0 ^ $1 }
    }
}
