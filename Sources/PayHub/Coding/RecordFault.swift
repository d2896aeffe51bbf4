/// Why a document of the gateway is not what was asked for. Paths are names of members that we
/// know, never a value.
public enum RecordFault: Error, Equatable, Sendable {
    /// No strict JSON at this byte.
    case malformed(offset: Int)
    /// A member is missing that must be there.
    case missing(String)
    /// A member is there in a form that cannot be read.
    case wrongForm(String)
    /// No list in any of the forms that the gateway may use.
    case notAList
    /// Another coder than ours was asked to read or write a value of the gateway.
    case foreignCoder
}

extension RecordFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .malformed(let offset):
            "the gateway's answer is no JSON (byte \(offset)): check for a proxy"
        case .missing(let path): "the gateway's answer has no \(path): call support"
        case .wrongForm(let path):
            "\(path) in the gateway's answer cannot be read: call support"
        case .notAList: "the gateway's answer is no list: call support"
        case .foreignCoder: "a value of the gateway is read and written by our own coder only"
        }
    }
}
