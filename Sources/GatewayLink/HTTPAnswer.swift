public import Timeline
public import Values

/// What stands where in an answer: ranges into the buffer it was read into.
public struct HTTPAnswer: Equatable, Sendable {
    /// The status, 200 to 599. A redirect is a status like any other and never followed.
    public let status: Int
    /// The value of `Location`, for the caller to judge; `nil` when absent or empty.
    public let location: ByteRange?
    /// The body without chunk framing.
    public let body: ByteRange
    /// True when another request may follow on the connection.
    public let keepsAlive: Bool
    /// True when the media type is `application/json` or `application/…+json`.
    public let isJSON: Bool
    /// When the request was in the kernel's hands.
    public let sentAt: Moment
    /// When the first bytes of the answer (an interim one counts) were read.
    public let firstByteAt: Moment

    internal init(
        _ form: AnswerForm, keepsAlive: Bool, sentAt: Moment, firstByteAt: Moment
    ) {
        status = form.status
        location = form.location
        body = form.body
        self.keepsAlive = keepsAlive
        isJSON = form.isJSON
        self.sentAt = sentAt
        self.firstByteAt = firstByteAt
    }
}

/// What ``AnswerReader`` found, without times.
public struct AnswerForm: Equatable, Sendable {
    /// The status, 200 to 599.
    public let status: Int
    /// The value of `Location`; `nil` when absent or empty.
    public let location: ByteRange?
    /// The body without chunk framing.
    public let body: ByteRange
    /// True when another request may follow on the connection.
    public let keepsAlive: Bool
    /// True when the media type is `application/json` or `application/…+json`.
    public let isJSON: Bool
}
