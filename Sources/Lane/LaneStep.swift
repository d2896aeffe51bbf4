internal import Advice
public import Journal
public import Values

/// What the lane's shell does next, in this order. When a record fails, what follows is not done.
public enum LaneStep: Equatable, Sendable {
    /// Makes changes durable, in one transaction.
    case record([JournalChange])
    /// Opens the link and prepares the request of an attempt; then the reader is listened to.
    case arm(Attempt)
    /// Decides between sending and cancelling: takes the right to send from the hot path, if it
    /// has not been used.
    case withdraw(UInt64)
    /// Asks or tells the gateway something in the background.
    case call(LaneCall)
    /// Tells the till.
    case tell(LaneNews)
}

/// A call in the background. One is under way at a time.
public enum LaneCall: Equatable, Sendable {
    /// The four questions about an attempt, or about the attempt that it follows up.
    case inquire(attempt: Attempt, about: Attempt, control: Attempt?)
    /// The resource of a known id.
    case fetch(attempt: Attempt, transactionID: String)
    /// Takes a transaction back.
    case void(attempt: Attempt, transactionID: String)
    /// Gives money back; without an amount all of it.
    case refund(attempt: Attempt, transactionID: String, amount: Amount?)
    /// Takes what is reserved.
    case capture(attempt: Attempt, transactionID: String, amount: Amount?)
    /// What the gateway shows of this lane since then: of what was swiped, and of all else too
    /// where the lane has had any.
    case sweep(since: WallTime, unswiped: Bool)
    /// What the gateway's lists show.
    case list(ListQuestion)

    /// The attempt that it is about.
    public var sequence: UInt64? {
        switch self {
        case .inquire(let attempt, _, _), .fetch(let attempt, _), .void(let attempt, _),
            .refund(let attempt, _, _), .capture(let attempt, _, _):
            attempt.sequence
        case .sweep, .list: nil
        }
    }
}

/// What came of a call.
public enum CallResult: Equatable, Sendable {
    /// The four answers.
    case inquired(InquiryRound)
    /// The resource; `nil` when it could not be had.
    case fetched(Sighting?)
    /// Done, with the id of what was made.
    case done(transactionID: String?)
    /// It had been done before: "already voided", "already refunded".
    case alreadyDone
    /// The transaction is settled and cannot be voided.
    case settled
    /// The gateway refuses.
    case refused([ErrorCode])
    /// Nothing was sent: the gateway could not be reached.
    case notSent
    /// It may or may not have been done.
    case unknown
    /// The rows of the sweep.
    case swept(ReportAnswer)
    /// What the lists show; `nil` when one could not be read.
    case listed(ListFinding?)
}

/// What a lane tells its till. Nothing in it is secret.
public enum LaneNews: Equatable, Sendable {
    /// The payment waits for the one in the foreground; nothing of it can be sent yet.
    case queued(Attempt)
    /// The lane waits for a card.
    case armed(Attempt)
    /// The swipe cannot be used; the lane still waits for a card.
    case swipeAgain(Attempt, Outcome)
    /// The same card and amount again within the window: the next swipe needs a confirmation.
    case duplicateSwipe(Attempt)
    /// An attempt is at its end.
    case ended(Attempt)
    /// It is not known what became of it: no second swipe, the lane asks by itself.
    case inDoubt(Attempt)
    /// The payment will be cancelled; its end is told when it is known.
    case willBeCancelled(Ticket)
    /// What was asked cannot be done; nothing has changed.
    case refused(LaneRefusal)
    /// Something that should not be: a person must look.
    case alarm(LaneAlarm)
    /// The lane sells no more.
    case stopped(LaneStop)
}

/// Why a lane does not do what it is asked. Nothing has changed.
public enum LaneRefusal: Error, Equatable, Sendable {
    /// A payment is under way, and another waits already.
    case busy
    /// The lane has stopped.
    case stopped(LaneStop)
    /// An attempt for the ticket is in doubt: no second swipe before that is known.
    case ticketInDoubt(PaymentReference)
    /// The ticket is paid.
    case ticketPaid(PaymentReference)
    /// The ticket was cancelled; a new one is needed.
    case ticketCancelled
    /// There is no such payment, or it is not in a state for this.
    case notPossible(AttemptState?)
    /// More than what is left of the payment.
    case overAmount(left: Int)
    /// The same is under way already.
    case underWay
}

extension LaneRefusal: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .busy:
            "a payment is under way on this lane and one more waits; end or cancel one first"
        case .stopped(let stop): stop.line
        case .ticketInDoubt(let reference):
            "payment \(reference) of this ticket is in doubt; do not swipe again, wait for its end"
        case .ticketPaid(let reference):
            "this ticket is paid by \(reference); use another ticket for another payment"
        case .ticketCancelled: "this ticket was cancelled; use a new ticket"
        case .notPossible(let state?):
            "the payment is \(state.rawValue), and what was asked cannot be done with it, or is "
                + "done already; look at `journal show`"
        case .notPossible(nil): "the journal has no such payment; look at `journal list`"
        case .overAmount(let left):
            "that is more than what is left of the payment: \(left) cents"
        case .underWay: "the same is under way for this payment; wait for its end"
        }
    }
}
