public import Secrets

/// The keys that stand below a base key. Each function is one of a base key.
extension SecretKey {
    /// The key that was loaded into the reader (IPEK, IK).
    /// - Throws: ``DUKPTError``: `serialNumberOfOtherStandard`, `cipherRefused`, `secrets`.
    public borrowing func initialKey(
        for number: KeySerialNumber, in arena: SecretArena
    ) throws(DUKPTError) -> SecretKey {
        guard number.isAES == (cipher != .tripleDES) else { throw .serialNumberOfOtherStandard }
        switch cipher {
        case .tripleDES: return try tripleDESInitialKey(for: number, in: arena)
        case .aes128, .aes256: return try aesInitialKey(for: number, in: arena)
        }
    }

    /// The key of one transaction, of which its working keys are made. Readers leave out counters
    /// with more set bits than their standard allows; a host derives the key of every counter.
    /// - Throws: as ``initialKey(for:in:)``
    public borrowing func transactionKey(
        for number: KeySerialNumber, in arena: SecretArena
    ) throws(DUKPTError) -> SecretKey {
        let initial = try initialKey(for: number, in: arena)
        switch cipher {
        case .tripleDES: return try Self.tripleDESTransactionKey(initial, number, in: arena)
        case .aes128, .aes256: return try Self.aesTransactionKey(initial, number, in: arena)
        }
    }

    /// The key of one transaction and one use.
    /// - Throws: as ``initialKey(for:in:)``
    public borrowing func workingKey(
        _ use: KeyUse, for number: KeySerialNumber, in arena: SecretArena
    ) throws(DUKPTError) -> SecretKey {
        let key = try transactionKey(for: number, in: arena)
        switch cipher {
        case .tripleDES: return try key.tripleDESVariant(use, in: arena)
        case .aes128, .aes256:
            let counted = AESDerivation.Context(transaction: number)
            return try key.aesChild(use.indicator, counted, in: arena)
        }
    }
}
