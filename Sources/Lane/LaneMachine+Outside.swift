public import Journal
internal import Timeline
public import Values

extension LaneEvent {
    /// What the till wants done with a transaction of the gateway that this journal does not hold.
    public struct Outside: Equatable, Sendable {
        /// Capture, void or refund.
        public var operation: JournalOperation
        /// The gateway's id of the transaction.
        public var transactionID: String
        /// What all that is done with this transaction is called.
        public var ticket: Ticket
        /// How much; `nil` for all.
        public var amount: Amount?
        /// What is known of it and who wants it, for the audit chain; never card data.
        public var remark: String

        /// A wish of the till; `nil` when the id can be no name of a ticket.
        public init?(
            _ operation: JournalOperation, ofTransaction id: String, amount: Amount?,
            remark: String
        ) {
            guard let ticket = Ticket("gateway:\(id)") else { return nil }
            self.operation = operation
            transactionID = id
            self.ticket = ticket
            self.amount = amount
            self.remark = remark
        }
    }
}

/// Capture, void and refund by the gateway's id. The journal knows nothing of the transaction, so
/// the gateway alone judges whether it may be; what is sent is durable before, as ever.
extension LaneMachine {
    /// - Parameters:
    ///   - wish: what is wanted.
    ///   - earlier: what the journal has of earlier ones for the same transaction.
    mutating func followUp(_ wish: LaneEvent.Outside, earlier: [Attempt]) {
        let known = earlier.map { book.attempts[$0.sequence] ?? $0 }
        if isJournalLost, let stop { return steps.append(.tell(.refused(.stopped(stop)))) }
        guard [.capture, .void, .refund].contains(wish.operation) else {
            return steps.append(.tell(.refused(.notPossible(nil))))
        }
        guard !known.contains(where: { !$0.state.isEnd }) else {
            return steps.append(.tell(.refused(.underWay)))
        }
        var demand = Attempt.Demand(wish.operation, wish.amount, ticket: wish.ticket)
        demand.parent = Attempt.outside
        demand.target = wish.transactionID
        let remark = JournalRemark(.operatorDecision, wish.remark, at: wall)
        doubt(begin(demand, with: [.remark(remark)]), maySent: false, after: 0)
    }

    /// Whether a capture whose answer was lost is done stands on the row of its authorisation,
    /// which is the proof, too, that the report shows it.
    mutating func fetched(
        _ capture: Attempt, ofAuthorization row: Sighting?, since asked: Moment
    ) {
        guard let row, row.transactionID == capture.target else {
            return again(capture.sequence, helped: false)
        }
        if row.isCaptured {
            finished(capture, transactionID: nil)
        } else {
            empty(capture, asked)
        }
    }
}
