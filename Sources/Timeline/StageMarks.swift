/// The moments at which a payment passed each stage.
public struct StageMarks: Sendable {
    /// The last report of the swipe was read.
    public var lastReport: Moment?
    /// The submission thread has the swipe.
    public var inHand: Moment?
    /// Decoded and judged by the policy.
    public var decoded: Moment?
    /// The request stands in its buffer.
    public var built: Moment?
    /// SSL_write has returned.
    public var sent: Moment?
    /// The first byte of the POST's answer came.
    public var firstByte: Moment?
    /// The resource is decoded, or the payment ended otherwise.
    public var answered: Moment?

    /// No stage passed.
    public init() {}

    /// The time that each stage took.
    public var times: StageTimes {
        var times = StageTimes()
        times.handOff = Self.between(lastReport, inHand)
        times.decode = Self.between(inHand, decoded)
        times.build = Self.between(decoded, built)
        times.send = Self.between(built, sent)
        times.firstByte = Self.between(sent, firstByte)
        times.answer = Self.between(firstByte, answered)
        times.total = Self.between(lastReport, answered)
        return times
    }

    private static func between(_ earlier: Moment?, _ later: Moment?) -> UInt64? {
        guard let earlier, let later else { return nil }
        return later.since(earlier)
    }
}
