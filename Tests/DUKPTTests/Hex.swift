import DUKPT
import Secrets

/// Bytes and keys written in hexadecimal.
enum Hex {
    static func bytes(_ text: String) -> [UInt8] {
        let digits = Array(text)
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
    }

    /// The bytes of a published key or of what was made for a test.
    static func bytes(of secret: borrowing SecretBytes) -> [UInt8] {
        secret.withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }

    static func key(
        _ text: String, for cipher: Cipher, in arena: SecretArena
    ) throws -> SecretKey {
        try SecretKey(copying: bytes(text).span, for: cipher, in: arena)
    }
}

extension KeySerialNumber {
    init?(hex text: String) {
        self.init(Hex.bytes(text))
    }
}
