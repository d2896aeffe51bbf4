/// What became of a payment. A value, never an error: each case has an advice.
public enum Outcome: Equatable, Sendable {
    /// The gateway approved: its resource says so, not the 201 alone.
    case approved(Approval)
    /// The issuer or gateway declined; no money moves.
    case declined(Decline)
    /// The gateway refused the request itself; no money moves.
    case rejected(Rejection)
    /// All of the request may have arrived and no answer says what became of it.
    case inDoubt(Doubt)
    /// Not all of the request left this machine; nothing was charged.
    case notSent(SendFailure)
    /// The swipe cannot be used; nothing was sent.
    case badRead(BadRead)
    /// Our policy refuses the card; nothing was sent.
    case refused(PolicyRefusal)
}

/// An approval as the gateway's resource tells it.
public struct Approval: Equatable, Sendable {
    /// The gateway's id of the transaction, `[0-9A-Za-z]{1,32}`.
    public let transactionID: String
    /// The approving code.
    public let responseCode: ResponseCode
    /// The issuer's approval code, `nil` when blank.
    public let approvalCode: String?

    /// An approval.
    public init(transactionID: String, responseCode: ResponseCode, approvalCode: String?) {
        self.transactionID = transactionID
        self.responseCode = responseCode
        self.approvalCode = approvalCode
    }
}

/// A decline.
public struct Decline: Equatable, Sendable {
    /// The code that declines.
    public let responseCode: ResponseCode
    /// The transaction's id where the gateway made a resource of it.
    public let transactionID: String?

    /// A decline.
    public init(responseCode: ResponseCode, transactionID: String? = nil) {
        self.responseCode = responseCode
        self.transactionID = transactionID
    }
}

/// A refusal of the request by the gateway.
public struct Rejection: Equatable, Sendable {
    /// The HTTP status.
    public let status: Int
    /// The error codes in the gateway's order, an open set; empty when the body had none.
    public let codes: [ErrorCode]

    /// A refusal.
    public init(status: Int, codes: [ErrorCode]) {
        self.status = status
        self.codes = codes
    }
}

/// An error code of the gateway: an open set of short texts.
///
/// Source: PayHub API, "Error codes".
public struct ErrorCode: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// The characters, one to eight letters and digits.
    public let text: String
    /// The code, or `nil` when it is no code.
    public init?(_ text: String) {
        guard let code = ResponseCode(text) else { return nil }
        self.text = code.text
    }
    /// The code's characters.
    public var description: String { text }

    /// True where a refusal with this code leaves open what was done: successes that stand among
    /// the errors, and errors that may come after the issuer was asked (an internal error, a
    /// network that is unavailable, a token that could not be made).
    public var contradictsRefusal: Bool {
        switch text {
        case "4046", "4056", "4059", "4060", "4062", "4064", "4066", "4076", "4077", "9999": true
        default: ResponseCode(text)?.isApproval ?? false
        }
    }
}

/// Why it is not known what became of a request that left whole.
public struct Doubt: Equatable, Sendable {
    /// The cause.
    public let reason: DoubtReason
    /// The transaction's id when the gateway had answered 201.
    public let transactionID: String?

    /// A doubt.
    public init(_ reason: DoubtReason, transactionID: String? = nil) {
        self.reason = reason
        self.transactionID = transactionID
    }
}

/// The causes of doubt.
public enum DoubtReason: String, Equatable, Sendable, CaseIterable {
    case timedOut
    case connectionClosed
    case badAnswer
    case answerTooLarge
    case unexpectedStatus
    case locationMissing
    case locationForeign
    case resourceUnreadable
    case errorWithoutCode
    case contradictoryCode
}

/// Why a request did not leave whole.
public enum SendFailure: String, Equatable, Sendable, CaseIterable {
    case unknownHost
    case connectionRefused
    case connectTimedOut
    case unreachable
    case tlsFailed
    case certificateRefused
    case connectionLost
    case sendTimedOut
    case requestTooLarge
    case cancelled
}
