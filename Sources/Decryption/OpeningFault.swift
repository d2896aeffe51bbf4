public import DUKPT

/// Why a block cannot be opened. Never holds a byte of it.
public enum OpeningFault: Error, Equatable, Sendable {
    /// No base key is known for its key serial number.
    case noBaseKey
    /// What comes out under the key is no track: another key, or a damaged block.
    case notReadable
    /// The tracks are not those that the reader hashed.
    case hashWrong
    /// A key cannot be derived: no fault of the block.
    case keys(DUKPTError)
    /// OpenSSL refused the hash: no fault of the block.
    case digestRefused
}

extension OpeningFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .noBaseKey: "no base key for the block's key serial number; add it to the key file"
        case .notReadable: "the block holds no track under its base key; check the key"
        case .hashWrong: "the block's hash is not that of its tracks; swipe again"
        case .keys(let error): error.description
        case .digestRefused: "OpenSSL refused the hash; is its default provider there?"
        }
    }
}
