public import Secrets

/// A key in locked memory: it cannot be copied, printed, encoded or compared with `==`.
public struct SecretKey: ~Copyable, Sendable {
    /// What it encrypts with.
    public let cipher: Cipher
    /// Its bytes.
    public let bytes: SecretBytes

    /// A key of these bytes.
    /// - Throws: ``DUKPTError/keyLength(_:expected:)``
    public init(_ bytes: consuming SecretBytes, for cipher: Cipher) throws(DUKPTError) {
        let count = bytes.count
        guard count == cipher.keyBytes else {
            throw .keyLength(count, expected: cipher.keyBytes)
        }
        self.cipher = cipher
        self.bytes = bytes
    }

    /// A key that is a copy of these bytes.
    /// - Throws: ``DUKPTError/keyLength(_:expected:)``, ``DUKPTError/secrets(_:)``
    public init(
        copying bytes: Span<UInt8>, for cipher: Cipher, in arena: SecretArena
    ) throws(DUKPTError) {
        var copy = try arena.takeForKeys()
        do { try copy.append(bytes) } catch { throw .secrets(error) }
        try self.init(copy, for: cipher)
    }

    /// The base key that ID TECH and MagTek publish for their demonstration readers; it is the
    /// example of ANSI X9.24-1, annex A. No secret, and of no use but for tests.
    public static func published(in arena: SecretArena) throws(DUKPTError) -> SecretKey {
        let key: [UInt8] = [
            0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF,
            0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10,
        ]
        return try SecretKey(copying: key.span, for: .tripleDES, in: arena)
    }

    /// The same bytes as a key of another cipher.
    /// - Throws: ``DUKPTError/keyLength(_:expected:)``
    public consuming func used(for cipher: Cipher) throws(DUKPTError) -> SecretKey {
        try SecretKey(bytes, for: cipher)
    }

    /// Encrypts whole blocks in CBC mode from an IV of zeros, and appends the result.
    /// - Throws: ``DUKPTError/notWholeBlocks(_:)``, ``DUKPTError/cipherRefused``,
    ///   ``DUKPTError/secrets(_:)`` when there is no room.
    public borrowing func encrypt(
        _ blocks: Span<UInt8>, into output: inout SecretBytes
    ) throws(DUKPTError) {
        try Calls.cbc(.encrypt, self, blocks, into: &output)
    }

    /// Decrypts whole blocks in CBC mode from an IV of zeros, and appends the result.
    /// - Throws: as ``encrypt(_:into:)``
    public borrowing func decrypt(
        _ blocks: Span<UInt8>, into output: inout SecretBytes
    ) throws(DUKPTError) {
        try Calls.cbc(.decrypt, self, blocks, into: &output)
    }
}

extension SecretArena {
    /// Empty bytes for a key, or for what it is made of.
    internal func takeForKeys() throws(DUKPTError) -> SecretBytes {
        do { return try take(capacity: 32) } catch { throw .secrets(error) }
    }
}
