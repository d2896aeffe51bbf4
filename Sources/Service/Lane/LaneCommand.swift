public import Journal
public import Lane
public import PayHub
public import Values

/// What the till or the cashier wants of the lane.
public enum LaneCommand: Equatable, Sendable {
    /// A payment that takes a card.
    case pay(PaymentWish)
    /// A capture, void or refund of a payment.
    case followUp(FollowUpWish)
    /// The payment is not wanted any more.
    case cancel(PaymentReference)
    /// The next swipe may be of the same card and amount.
    case allowDuplicate(PaymentReference)
    /// The gateway is compared with soon.
    case sweep
    /// Something for the audit chain.
    case remark(JournalRemark.Kind, String)
}

/// A payment that is wanted.
public struct PaymentWish: Equatable, Sendable {
    /// Sale, authorisation, verification or refund to a card.
    public var operation: JournalOperation
    /// How much; `nil` for a verification.
    public var amount: Amount?
    /// What it pays.
    public var ticket: Ticket
    /// The till's key.
    public var key: TillKey
    /// The same card and amount may be used again.
    public var allowsDuplicate = false
    /// What else goes out with it.
    public var details = OrderDetails()
    /// What a refund is held to.
    public var limit: RefundLimit?

    /// A wish.
    public init(_ operation: JournalOperation, _ amount: Amount?, _ ticket: Ticket, key: TillKey) {
        self.operation = operation
        self.amount = amount
        self.ticket = ticket
        self.key = key
    }
}

/// A capture, void or refund that is wanted.
public struct FollowUpWish: Equatable, Sendable {
    /// Capture, void or refund.
    public var operation: JournalOperation
    /// Of which payment.
    public var reference: PaymentReference
    /// How much; `nil` for all.
    public var amount: Amount?
    /// The till's key.
    public var key: TillKey
    /// What a refund is held to.
    public var limit: RefundLimit?

    /// A wish.
    public init(
        _ operation: JournalOperation, of reference: PaymentReference, _ amount: Amount?,
        key: TillKey
    ) {
        self.operation = operation
        self.reference = reference
        self.amount = amount
        self.key = key
    }
}

/// What the lane says to a command.
public enum LaneReply: Equatable, Sendable {
    /// The payment that it led to, or had led to before.
    case payment(Attempt, isNew: Bool)
    /// It is done.
    case done
    /// It is not done; nothing has changed.
    case refused(LaneRefusal)
    /// The key belongs to another demand; nothing has changed.
    case keyMismatch(PaymentReference)
    /// The order's details break a rule; nothing has changed.
    case broken(String)
    /// The shop gives back no more; nothing has changed.
    case overLimit(RefundLimit.Breach)
    /// The journal cannot be read or written.
    case fault(String)
    /// The lane did not come to it; it has not been done and will not be.
    case notTaken
    /// The service ends.
    case stopping
}
