internal import Secrets

/// Source: ANSI X9.24-1:2009, annex A.
extension SecretKey {
    /// What both halves are mixed with for the other half of a derived key.
    private static let otherHalf: UInt64 = 0xC0C0_C0C0_0000_0000

    /// The reader's part of the serial number, encrypted under the base key for each half.
    internal borrowing func tripleDESInitialKey(
        for number: KeySerialNumber, in arena: SecretArena
    ) throws(DUKPTError) -> SecretKey {
        let device = Array(number.device.prefix(8))
        var key = try arena.takeForKeys()
        try encrypt(device.span, into: &key)
        try mixed(with: Self.otherHalf, in: arena).encrypt(device.span, into: &key)
        return try SecretKey(key, for: .tripleDES)
    }

    /// Walks down the tree: a key for each set bit of the counter, from the highest on.
    internal static func tripleDESTransactionKey(
        _ initial: consuming SecretKey, _ number: KeySerialNumber, in arena: SecretArena
    ) throws(DUKPTError) -> SecretKey {
        var register = number.device.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var key = initial
        for bit in (0..<KeySerialNumber.tripleDESCounterBits).reversed()
        where number.counter >> bit & 1 == 1 {
            register |= 1 << bit
            var next = try arena.takeForKeys()
            try key.mixed(with: otherHalf, in: arena).appendHalf(register, to: &next, in: arena)
            try key.appendHalf(register, to: &next, in: arena)
            key = try SecretKey(next, for: .tripleDES)
        }
        return key
    }

    /// The key of one use.
    internal borrowing func tripleDESVariant(
        _ use: KeyUse, in arena: SecretArena
    ) throws(DUKPTError) -> SecretKey {
        let variant = try mixed(with: use.variant, in: arena)
        guard use.isOneWay else { return variant }
        var key = try arena.takeForKeys()
        for half in [0..<8, 8..<16] {
            try variant.bytes.withBytes { (bytes: Span<UInt8>) throws(DUKPTError) in
                try variant.encrypt(bytes.extracting(half), into: &key)
            }
        }
        return try SecretKey(key, for: .tripleDES)
    }

    /// Half of the next key: DES under the left half, between two mixings with the right.
    private borrowing func appendHalf(
        _ register: UInt64, to next: inout SecretBytes, in arena: SecretArena
    ) throws(DUKPTError) {
        // TDES with one key twice is DES, which OpenSSL 3 has in its legacy provider only.
        var single = try arena.takeForKeys()
        var block = try arena.takeForKeys()
        try append(half: 0, to: &single)
        try append(half: 0, to: &single)
        try append(half: 8, to: &block)
        block.mix(with: register, from: 0)
        let start = next.count
        let des = try SecretKey(single, for: .tripleDES)
        try block.withBytes { (bytes: Span<UInt8>) throws(DUKPTError) in
            try des.encrypt(bytes, into: &next)
        }
        next.edit { next in
            bytes.withBytes { key in
                for index in 0..<8 { next[start + index] ^= key[8 + index] }
            }
        }
    }

    private borrowing func append(
        half start: Int, to target: inout SecretBytes
    ) throws(DUKPTError) {
        do {
            try bytes.withBytes { (bytes: Span<UInt8>) throws(SecretError) in
                try target.append(bytes.extracting(start..<start + 8))
            }
        } catch {
            throw .secrets(error)
        }
    }

    /// The key with a constant in both halves.
    private borrowing func mixed(
        with constant: UInt64, in arena: SecretArena
    ) throws(DUKPTError) -> SecretKey {
        var copy = try arena.takeForKeys()
        try append(half: 0, to: &copy)
        try append(half: 8, to: &copy)
        copy.mix(with: constant, from: 0)
        copy.mix(with: constant, from: 8)
        return try SecretKey(copy, for: .tripleDES)
    }
}

extension SecretBytes {
    /// Exclusive-or of eight bytes with a word, highest byte first.
    fileprivate mutating func mix(with word: UInt64, from start: Int) {
        edit { bytes in
            for index in 0..<8 {
                bytes[start + index] ^= UInt8(truncatingIfNeeded: word >> (56 - 8 * index))
            }
        }
    }
}
