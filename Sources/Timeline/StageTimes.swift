/// How long each stage of a payment took, in nanoseconds. Absent stages are `nil`.
public struct StageTimes: Equatable, Sendable {
    /// Last report in, to the swipe in the submission thread's hands.
    public var handOff: UInt64?
    /// Swipe in hand, to decoded and judged.
    public var decode: UInt64?
    /// Decoded, to request built.
    public var build: UInt64?
    /// Built, to SSL_write returned.
    public var send: UInt64?
    /// Sent, to the first byte of the answer.
    public var firstByte: UInt64?
    /// First byte, to the resource decoded.
    public var answer: UInt64?
    /// Last report in, to the resource decoded (or to the end of the payment).
    public var total: UInt64?

    /// No stage reached.
    public init() {}
}
