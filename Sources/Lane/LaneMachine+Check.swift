internal import Journal
internal import Timeline
internal import Values

/// The last look at what was taken back: "taken back" is told when no copy of its request can come
/// any more and none is there, since a copy holds the customer's money as the payment did.
extension LaneMachine {
    /// From when on no copy of a request comes that was sent now (A1), and all that came is shown
    /// (A2).
    private var copies: Int { setup.times.lateCommit + setup.times.betweenReads }

    /// Remembers that a request may have left at this moment at the latest.
    mutating func copies(of sequence: UInt64, mayComeSince sent: Moment) {
        copiesUntil = copiesUntil.filter { $0.value > now }
        copiesUntil[sequence] = sent.adding(milliseconds: copies)
    }

    /// A payment of an earlier process was answered when the wall clock says; where that is set
    /// forward meanwhile, a copy may come unexpected and is found by the sweep.
    mutating func copies(ofEarlier payment: Attempt) {
        guard copiesUntil[payment.sequence] == nil else { return }
        let age = max(0, wall.milliseconds - payment.stateAt.milliseconds)
        let left = wall < payment.stateAt ? copies : copies - Int(min(age, Int64(copies)))
        copiesUntil[payment.sequence] = now.adding(milliseconds: left)
    }

    /// Looks once more for a payment that was taken back, as soon as it means something.
    mutating func check(_ payment: Attempt) {
        doubt(payment, maySent: false, after: 0)
        let latest = startedAt.adding(milliseconds: copies)
        doubts[payment.sequence]?.next = max(now, copiesUntil[payment.sequence] ?? latest)
    }

    mutating func checked(
        _ payment: Attempt, _ remainder: Doubt.Remainder, since asked: Moment
    ) {
        let sequence = payment.sequence
        switch remainder {
        case .nothing: end(payment, .reversed, by: .inquiry)
        case .copies(let copies):
            for copy in copies { takeBackExtra(copy, of: sequence, .extraCopy) }
            again(sequence, helped: true)
        case .itself: itself(payment, asked)
        case .notShown:
            keep("the report does not show the payment that was taken back", payment)
            again(sequence, helped: false)
        case .unread: again(sequence, helped: false)
        }
    }

    /// The gateway said that it is taken back, and shows it as it was: perhaps not yet, perhaps the
    /// word was about another. It is taken back once more; after that a person must look.
    private mutating func itself(_ payment: Attempt, _ asked: Moment) {
        guard var doubt = doubts[payment.sequence] else { return }
        guard let seen = doubt.firstEmptyAt else {
            doubt.firstEmptyAt = asked
            doubt.next = asked.adding(milliseconds: setup.times.betweenReads)
            doubts[payment.sequence] = doubt
            return
        }
        guard asked >= seen.adding(milliseconds: setup.times.betweenReads) else {
            return again(payment.sequence, helped: false)
        }
        guard let id = payment.facts.transactionID, mayRepeatReversal(of: payment) else {
            keep("the gateway shows it as it was, though it said that it is taken back", payment)
            alarmOnce(payment, .takenBackYetCharged(payment.reference))
            return again(payment.sequence, helped: false)
        }
        takeBack(id, of: payment, .cancelled)
    }

    /// Where a second refund may move money, a void that is repeated may still not become one.
    private func mayRepeatReversal(of payment: Attempt) -> Bool {
        guard reversals(of: payment, in: .approved) < 2 else { return false }
        return setup.times.refundsRepeat
            || !book.attempts.values.contains {
                $0.parent == payment.sequence && $0.operation == .refund
                    && $0.target == payment.facts.transactionID && $0.state == .approved
            }
    }

    private mutating func keep(_ reason: String, _ payment: Attempt) {
        guard payment.facts.reason != reason else { return }
        var told = payment
        told.facts.reason = reason
        record([.attempt(told)])
    }
}
