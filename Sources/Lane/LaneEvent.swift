public import Journal
public import Values

/// What happens to a lane.
public enum LaneEvent: Equatable, Sendable {
    /// The till wants a payment; with all attempts for its ticket that the journal has.
    case arm(Attempt.Demand, history: [Attempt])
    /// The link is open and the reader listened to.
    case armed(UInt64)
    /// The link could not be opened; nothing was sent.
    case armFailed(UInt64, String)
    /// The till wants the payment of a ticket cancelled.
    case cancel(Ticket)
    /// The right to send was taken away before it was used.
    case withdrawn(UInt64)
    /// The right to send had been used.
    case tooLate(UInt64)
    /// A swipe on the armed path came to this.
    case submitted(UInt64, Submission)
    /// The same card and amount within the window; nothing was sent.
    case duplicateSwipe(UInt64)
    /// The till wants a payment captured, voided or refunded.
    case followUp(FollowUp)
    /// The same with a transaction that the journal does not hold; with what it has of earlier ones
    /// for it.
    case followUpOutside(Outside, earlier: [Attempt])
    /// An operator says what became of an attempt.
    case settle(UInt64, OperatorVerdict)
    /// A call in the background has ended.
    case called(LaneCall, CallResult)
    /// A record could not be made durable.
    case journalFailed(String)
    /// Time has passed.
    case timePassed
    /// The sweep is wanted now.
    case sweepNow

    /// What the hot path says of a submission.
    public struct Submission: Equatable, Sendable {
        /// What became of it.
        public var outcome: Outcome
        /// What may be kept of the card.
        public var facts: AttemptFacts
        /// True when the resource shows another amount or merchant than was asked.
        public var isMismatch = false

        /// A submission.
        public init(_ outcome: Outcome, _ facts: AttemptFacts) {
            self.outcome = outcome
            self.facts = facts
        }
    }

    /// What the till wants done with a payment.
    public struct FollowUp: Equatable, Sendable {
        /// Capture, void or refund.
        public var operation: JournalOperation
        /// The payment, as the journal has it.
        public var parent: Attempt
        /// What the journal has of earlier captures, voids and refunds of it.
        public var earlier: [Attempt]
        /// How much; `nil` for all.
        public var amount: Amount?
        /// The till's key of it, if it gave one.
        public var key: TillKey?

        /// A wish of the till.
        public init(
            _ operation: JournalOperation, of parent: Attempt, earlier: [Attempt],
            amount: Amount? = nil
        ) {
            self.operation = operation
            self.parent = parent
            self.earlier = earlier
            self.amount = amount
        }
    }

    /// What an operator found out about an attempt in doubt.
    public enum OperatorVerdict: Equatable, Sendable {
        /// It is charged under this id.
        case charged(transactionID: String)
        /// It is not charged; why the operator knows.
        case notCharged(reason: String)
    }
}
