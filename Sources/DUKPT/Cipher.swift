/// A block cipher in CBC mode. A base key's cipher says which standard it derives keys by.
public enum Cipher: String, Equatable, Sendable, CaseIterable {
    /// TDES with two keys, 16 bytes; keys are derived by ANSI X9.24-1:2009.
    case tripleDES = "tdes"
    /// AES, 16 bytes; keys are derived by ANSI X9.24-3:2017.
    case aes128
    /// AES, 32 bytes; keys are derived by ANSI X9.24-3:2017.
    case aes256

    /// The bytes of a key.
    public var keyBytes: Int {
        switch self {
        case .tripleDES, .aes128: 16
        case .aes256: 32
        }
    }

    /// The bytes of a block.
    public var blockBytes: Int {
        switch self {
        case .tripleDES: 8
        case .aes128, .aes256: 16
        }
    }

    /// The bytes of a key serial number: 80 bits for TDES, 96 for AES.
    public var serialNumberBytes: Int {
        switch self {
        case .tripleDES: 10
        case .aes128, .aes256: 12
        }
    }
}
