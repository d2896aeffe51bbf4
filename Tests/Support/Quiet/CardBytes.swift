/// A reader's report with tracks in clear as a test's argument: the test prints their number alone.
public struct CardBytes: Hashable, Sendable, CustomStringConvertible {
    /// The bytes themselves.
    public let clear: [UInt8]

    /// Keeps the bytes quiet.
    public init(_ clear: [UInt8]) { self.clear = clear }

    /// How many there are.
    public var description: String { "\(clear.count) bytes" }
}
