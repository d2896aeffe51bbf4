/// Why fixtures cannot be composed.
internal enum ComposeFault: Error, Equatable {
    /// A card's text has a character that no key types.
    case noKeyFor(UInt8)
    /// The folder or a file in it cannot be written; the file's name.
    case notWritten(String)
}

extension ComposeFault: CustomStringConvertible {
    /// The fault and the remedy.
    var description: String {
        switch self {
        case .noKeyFor(let byte): "no key types the character \(byte); add it to KeyboardWriter"
        case .notWritten(let name): "\(name) cannot be written; check the folder"
        }
    }
}
