/// Where an attempt stands, as far as it is durable.
///
/// There is no state "in doubt": an attempt whose request may have left and that has no end is
/// in doubt as long as it stays ``intent`` or ``accepted``.
public enum AttemptState: String, Equatable, Sendable, CaseIterable {
    /// Decided while another payment was in the foreground; its request may not leave before it is
    /// an ``intent``.
    case queued
    /// Decided; its request may leave from now on.
    case intent
    /// The gateway answered 201 with an id; what became of it is not known yet.
    case accepted
    /// Approved, or done.
    case approved
    /// Declined by issuer or gateway.
    case declined
    /// Refused by the gateway as a request.
    case rejected
    /// The request did not leave whole.
    case notSent
    /// Cancelled before anything was sent.
    case cancelled
    /// Nothing of it is at the gateway, by the rule of the inquiry or by an operator's word.
    case notCharged
    /// Approved and unwanted: a void or refund of it is decided.
    case reversing
    /// Approved once, and taken back.
    case reversed

    /// True when nothing more is to be done.
    public var isEnd: Bool {
        switch self {
        case .queued, .intent, .accepted, .reversing: false
        case .approved, .declined, .rejected, .notSent, .cancelled, .notCharged, .reversed: true
        }
    }

    /// True when the card is, or may be, charged.
    public var mayHoldMoney: Bool {
        switch self {
        case .intent, .accepted, .approved, .reversing: true
        case .queued, .declined, .rejected, .notSent, .cancelled, .notCharged, .reversed: false
        }
    }

    /// True when an attempt may begin in it.
    public var isFirst: Bool { self == .intent || self == .queued }

    /// The states that may follow. `approved` is left only when the till takes it back.
    public var successors: Set<AttemptState> {
        switch self {
        case .queued: [.intent, .notSent, .cancelled]
        case .intent:
            [
                .accepted, .approved, .declined, .rejected, .notSent, .cancelled, .notCharged,
                .reversing,
            ]
        case .accepted: [.approved, .declined, .notCharged, .reversing]
        case .approved: [.reversing]
        case .reversing: [.reversed, .approved]
        case .declined, .rejected, .notSent, .cancelled, .notCharged, .reversed: []
        }
    }
}
