/// What is kept of a token: enough to know it again and not enough to use it.
public struct KeptToken: Sendable {
    private let digest: [UInt8]

    /// What is kept of this one.
    public init(_ text: String) { digest = Calls.digest(text) }

    /// What is kept of a token that stands in memory that is wiped.
    public init(_ bytes: Span<UInt8>) { digest = Calls.digest(bytes) }

    /// Makes a new token in a file of mode 0600, which ends with a line's end.
    /// - Throws: ``ServiceFault/notWritten(path:errno:)``
    public static func make(at path: String) throws(ServiceFault) {
        try Calls.place(Array((Random.token() + "\n").utf8), at: path)
    }

    /// Whether it is this token, in a time that does not tell where they differ.
    func isSame(as text: String) -> Bool { Self.isSame(digest, Calls.digest(text)) }

    /// Whether two strings of bytes of the same length are the same.
    static func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
