/// One thing that the journal makes durable, and one link of its audit chain.
public enum JournalChange: Equatable, Sendable {
    /// A new attempt, or the next state or facts of one.
    case attempt(Attempt)
    /// The till wants the payment of a ticket cancelled, whatever is found.
    case wish(Ticket, at: WallTime)
    /// Something to be kept that changes no attempt.
    case remark(JournalRemark)
}

/// What the audit chain keeps beside the attempts.
public struct JournalRemark: Equatable, Sendable {
    /// What kind of thing happened.
    public let kind: Kind
    /// In words, at most 500 characters, never card data.
    public let text: String
    /// The attempt that it is about.
    public let attempt: UInt64?
    /// When.
    public let at: WallTime

    /// A remark.
    public init(_ kind: Kind, _ text: String, attempt: UInt64? = nil, at: WallTime) {
        self.kind = kind
        self.text = String(text.prefix(500))
        self.attempt = attempt
        self.at = at
    }

    /// The kinds of remarks.
    public enum Kind: String, Equatable, Sendable, CaseIterable {
        /// A program opened or closed the journal.
        case opened
        case closed
        /// Something that should not be: a person must look.
        case alarm
        /// An operator decided.
        case operatorDecision
        /// Old rows were taken out; the text says how many and up to where.
        case pruned
        /// The gateway's books were compared, and not all of them.
        case compared
        /// A configuration was changed.
        case configuration
        /// A device was refused.
        case refusedDevice
        /// A program or page that may not was refused.
        case refusedPeer
        /// The supervisor's code was given: right, wrong, or locked.
        case supervisor
    }
}
