public import Secrets

/// What an answer is read into.
internal protocol AnswerBuffer: ~Copyable {
    var count: Int { get }
    /// The limit of head and body together, in bytes.
    var room: Int { get }
    /// Forgets and wipes what stands behind the first bytes.
    mutating func truncate(to newCount: Int)
    mutating func edit<Result, Failure: Error>(
        _ body: (inout MutableSpan<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result
    /// Appends what a read gives.
    mutating func receive(_ read: (inout OutputSpan<UInt8>) -> TLSResult) -> TLSResult
}

extension SecretBytes: AnswerBuffer {
    internal var room: Int { capacity }

    /// Room lent to a read, in bytes: more than the answers of the money path have. A longer one
    /// takes more reads, of a record that is there already; what was not lent needs no wiping.
    private static var readBytes: Int { 2048 }

    internal mutating func receive(
        _ read: (inout OutputSpan<UInt8>) -> TLSResult
    ) -> TLSResult { fill(atMost: Self.readBytes, read) }
}

/// Room for an answer that may be long, such as a report: it grows as the answer comes, up to its
/// limit, and is wiped when it goes. It is not locked, so nothing with a card number or a token of
/// ours belongs here.
public struct LargeAnswer: ~Copyable, AnswerBuffer {
    /// What one read of TLS gives at most, in bytes. Source: RFC 8446, section 5.1.
    private static let recordBytes = 16_384

    private var bytes = WipedBytes(capacity: Self.recordBytes)
    internal let room: Int

    /// Room for so many bytes, head and body together.
    public init(limit: Int) { room = limit }

    /// How many bytes it holds.
    public var count: Int { bytes.count }

    /// Lets `body` read the bytes.
    public borrowing func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result { try bytes.withBytes(body) }

    internal mutating func truncate(to newCount: Int) { bytes.truncate(to: newCount) }

    internal mutating func edit<Result, Failure: Error>(
        _ body: (inout MutableSpan<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result { try bytes.edit(body) }

    internal mutating func receive(
        _ read: (inout OutputSpan<UInt8>) -> TLSResult
    ) -> TLSResult { bytes.fill(room: min(Self.recordBytes, room - count), read) }
}
