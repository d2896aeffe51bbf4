public import Secrets

/// Why a key cannot be derived or used. Never holds a byte of a key or of what it hides.
public enum DUKPTError: Error, Equatable, Sendable {
    /// The key's bytes are not as many as the cipher's.
    case keyLength(Int, expected: Int)
    /// The key serial number is one of the other standard (10 bytes TDES, 12 bytes AES).
    case serialNumberOfOtherStandard
    /// What is to be encrypted or decrypted is no whole number of blocks; its bytes.
    case notWholeBlocks(Int)
    /// OpenSSL refused the cipher.
    case cipherRefused
    /// No locked memory.
    case secrets(SecretError)
}

extension DUKPTError: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .keyLength(let count, let expected):
            "a key of \(count) bytes where \(expected) are needed; check the key and its scheme"
        case .serialNumberOfOtherStandard:
            "the key serial number is not of the key's standard; check the key's scheme"
        case .notWholeBlocks(let count):
            "\(count) bytes are no whole number of cipher blocks; pad them with zeros"
        case .cipherRefused: "OpenSSL refused the cipher; is its default provider there?"
        case .secrets(let error): error.description
        }
    }
}
