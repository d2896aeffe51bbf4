public import Decryption
public import Secrets

/// Why a file of base keys cannot be used. Never holds a digit of a key.
public enum KeyFileFault: Error, Equatable, Sendable {
    /// The file itself.
    case file(SecretFileError)
    /// It is no JSON array of objects whose members are strings; where it stops being one.
    case form(offset: Int)
    /// A member that a key must have is missing; the key's place in the file from 1 on.
    case memberMissing(String, key: Int)
    /// A member that a key does not have, or has twice.
    case memberUnknown(key: Int)
    /// `keySetID` is no beginning of a key serial number.
    case keySetID(key: Int)
    /// `scheme` is none that is known.
    case scheme(key: Int)
    /// `baseKey` is not in hexadecimal digits, or not of the scheme's length.
    case baseKey(digits: Int, key: Int)
    /// The key cannot be kept.
    case ring(KeyRingError, key: Int)
}

extension KeyFileFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .file(let error): error.description
        case .form(let offset):
            "no list of keys from byte \(offset) on; write [{\"keySetID\": \"FFFF98\", "
                + "\"baseKey\": \"...\", \"scheme\": \"tdes\"}]"
        case .memberMissing(let name, let key): "key \(key) has no \(name); add it"
        case .memberUnknown(let key):
            "key \(key) has a member twice or one that no key has; "
                + "leave keySetID, baseKey and scheme"
        case .keySetID(let key):
            "key \(key): keySetID is 0 to 24 hexadecimal digits with which the readers' key "
                + "serial numbers begin"
        case .scheme(let key): "key \(key): scheme is tdes, aes128 or aes256"
        case .baseKey(let digits, let key):
            "key \(key): baseKey is \(digits) hexadecimal digits in this scheme"
        case .ring(let error, let key): "key \(key): \(error.description)"
        }
    }
}
