public import Values

/// One try to do something at the gateway, as the journal keeps it. Nothing in it is secret, and
/// nothing in it is enough to charge a card.
public struct Attempt: Equatable, Sendable {
    /// Its number in this journal, from 1, never used twice.
    public let sequence: UInt64
    /// Its name at the gateway, sent in at most one POST that is not repeatable.
    public let reference: PaymentReference
    /// What it pays.
    public let ticket: Ticket
    /// What it asks.
    public let operation: JournalOperation
    /// How much; `nil` for a verify.
    public let amount: Amount?
    /// Who wanted it.
    public let cause: AttemptCause
    /// The transaction that a capture, void or refund is about.
    public let target: String?
    /// The attempt that a capture, void or refund is about.
    public let parent: UInt64?
    /// The till's key of the demand, if it gave one.
    public let key: TillKey?
    /// Which latch page was in use when it was decided.
    public let incarnation: UInt64
    /// When it was decided, on the wall clock.
    public let decidedAt: WallTime
    /// Where it stands.
    public private(set) var state = AttemptState.intent
    /// Since when it stands there.
    public private(set) var stateAt: WallTime
    /// What is known of card and answer.
    public var facts = AttemptFacts()

    /// A new attempt, in the state ``AttemptState/intent``, or ``AttemptState/queued``.
    public init(
        _ identity: Identity, asks demand: Demand, incarnation: UInt64, decidedAt: WallTime,
        isQueued: Bool = false
    ) {
        sequence = identity.sequence
        reference = identity.reference
        ticket = demand.ticket
        operation = demand.operation
        amount = demand.amount
        cause = demand.cause
        target = demand.target
        parent = demand.parent
        key = demand.key
        self.incarnation = incarnation
        self.decidedAt = decidedAt
        stateAt = decidedAt
        facts.entry = demand.entry
        if isQueued { state = .queued }
    }

    /// True when a card is read for it: a refund without a payment takes one as well.
    public var takesCard: Bool { operation.takesCard || isUnlinkedRefund }

    /// True for an attempt whose approval moves money by a card: a charge, a reservation, or a
    /// refund without a payment.
    public var isPayment: Bool { operation.charges || isUnlinkedRefund }

    /// True for a refund that follows no payment: a card that is swiped, or typed in, is credited.
    public var isUnlinkedRefund: Bool { operation == .refund && parent == nil }

    /// Which attempt it is.
    public struct Identity: Equatable, Sendable {
        /// The number in this journal.
        public let sequence: UInt64
        /// The name made from it.
        public let reference: PaymentReference

        /// The attempt of this number of a lane and a journal.
        public init(sequence: UInt64, lane: Int, journal: UInt32) {
            self.sequence = sequence
            reference = PaymentReference(lane: lane, journal: journal, sequence: sequence)
        }

        /// An attempt as it was stored.
        public init(sequence: UInt64, reference: PaymentReference) {
            self.sequence = sequence
            self.reference = reference
        }
    }

    /// What an attempt asks.
    public struct Demand: Equatable, Sendable {
        /// What it pays.
        public var ticket: Ticket
        /// What it asks.
        public var operation: JournalOperation
        /// How much; `nil` for a verify.
        public var amount: Amount?
        /// Who wants it.
        public var cause = AttemptCause.till
        /// The transaction that a capture, void or refund is about.
        public var target: String?
        /// The attempt that a capture, void or refund is about.
        public var parent: UInt64?
        /// How the card comes when it is not swiped: `keyed` or `token`. What is asked of the
        /// gateway after a lost answer depends on it, so it is durable before anything is sent.
        public var entry: String?
        /// The till's key of it: no second attempt is made with the same.
        public var key: TillKey?

        /// True when a card is read for it.
        public var takesCard: Bool { operation.takesCard || operation == .refund && parent == nil }

        /// A demand of the till.
        public init(_ operation: JournalOperation, _ amount: Amount?, ticket: Ticket) {
            self.operation = operation
            self.amount = amount
            self.ticket = ticket
        }
    }

    /// The same attempt in its next state. ``JournalBook`` judges whether the step is allowed.
    public func moved(to state: AttemptState, at time: WallTime) -> Attempt {
        var next = self
        next.state = state
        next.stateAt = time
        return next
    }
}

/// What is known of an attempt beside what it asks.
public struct AttemptFacts: Equatable, Sendable {
    /// What may be shown of the card.
    public var maskedPAN = MaskedPAN.hidden
    /// The brand, if it is known.
    public var brand: CardBrand?
    /// How the card came: `plain`, `encrypted`, `keyed` or `token`.
    public var entry: String?
    /// The gateway's id of the transaction, `[0-9A-Za-z]{1,32}`.
    public var transactionID: String?
    /// The code that approved or declined.
    public var responseCode: ResponseCode?
    /// The issuer's approval code.
    public var approvalCode: String?
    /// The codes of a refusal, at most ``Limits/errorCodesMaximum``.
    public var errorCodes: [ErrorCode] = []
    /// Why it stands where it stands, in a word of ours or an operator's, at most 200 characters.
    public var reason: String?
    /// Who found out.
    public var settledBy: Settler?

    /// Nothing known.
    public init() {}

    /// Who found out what became of an attempt.
    public enum Settler: String, Equatable, Sendable, CaseIterable {
        /// The answer to the request itself.
        case answer
        /// The resource, asked for by its id later.
        case resource
        /// The report or the list.
        case inquiry
        /// The latch page: nothing had left.
        case latch
        /// An operator.
        case person
    }
}

/// Milliseconds since 1970-01-01 UTC, for people; nothing is decided by it.
public struct WallTime: Equatable, Hashable, Comparable, Sendable {
    /// The milliseconds.
    public let milliseconds: Int64

    /// A time.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Orders by time.
    public static func < (one: WallTime, other: WallTime) -> Bool {
        one.milliseconds < other.milliseconds
    }
}
