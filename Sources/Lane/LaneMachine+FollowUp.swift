internal import Journal
internal import Timeline
internal import Values

/// Capture, void and refund: the till's, and those that the lane decides itself.
extension LaneMachine {
    mutating func followUp(_ wish: LaneEvent.FollowUp) {
        let parent = book.attempts[wish.parent.sequence] ?? wish.parent
        let earlier = wish.earlier.map { book.attempts[$0.sequence] ?? $0 }
        if let refusal = refusal(of: wish, parent, earlier) {
            steps.append(.tell(.refused(refusal)))
            return
        }
        for attempt in [parent] + earlier { book.hold(attempt) }
        copies(ofEarlier: parent)
        var demand = Attempt.Demand(
            wish.operation, wish.amount ?? all(of: parent, for: wish.operation),
            ticket: parent.ticket)
        demand.parent = parent.sequence
        demand.target = parent.facts.transactionID
        demand.key = wish.key
        let changes: [JournalChange] =
            wish.operation == .void ? [.attempt(parent.moved(to: .reversing, at: wall))] : []
        let child = begin(demand, with: changes)
        doubt(child, maySent: false, after: 0)
    }

    private func refusal(
        of wish: LaneEvent.FollowUp, _ parent: Attempt, _ earlier: [Attempt]
    ) -> LaneRefusal? {
        if isJournalLost, let stop { return .stopped(stop) }
        guard parent.isPayment, parent.state == .approved,
            parent.facts.transactionID != nil, !wish.operation.takesCard,
            !parent.isUnlinkedRefund || wish.operation == .void,
            !strange.contains(parent.sequence)
        else { return .notPossible(parent.state) }
        let children = earlier + children(of: parent)
        if children.contains(where: { !$0.state.isEnd }) { return .underWay }
        let isCaptured = children.contains { $0.operation == .capture && $0.state == .approved }
        if wish.operation == .capture {
            guard parent.operation == .authOnly, !isCaptured else {
                return .notPossible(parent.state)
            }
        }
        if wish.operation == .refund {
            var given: [UInt64: Int] = [:]
            for child in children where child.operation == .refund && child.state == .approved {
                given[child.sequence] = child.amount?.cents ?? 0
            }
            let all = all(of: parent, for: .refund, children)
            let left = (all?.cents ?? 0) - given.values.reduce(0, +)
            if (wish.amount ?? all)?.cents ?? 0 > left { return .overAmount(left: left) }
        } else if wish.operation == .capture, let amount = wish.amount, let all = parent.amount,
            amount > all
        {
            return .overAmount(left: all.cents)
        }
        return nil
    }

    /// Captures, voids and refunds of a payment.
    private func children(of payment: Attempt) -> [Attempt] {
        book.attempts.values.filter { $0.parent == payment.sequence }
    }

    /// What all of a payment is: to a refund of a reservation, what was captured of it.
    func all(
        of payment: Attempt, for operation: JournalOperation, _ children: [Attempt]? = nil
    ) -> Amount? {
        guard operation == .refund else { return payment.amount }
        let capture = (children ?? self.children(of: payment)).first {
            $0.operation == .capture && $0.state == .approved
        }
        return capture?.amount ?? payment.amount
    }

    /// Decides that a live transaction of an attempt is taken back; both are durable in one.
    mutating func takeBack(_ id: String, of parent: Attempt, _ cause: AttemptCause) {
        var demand = Attempt.Demand(.void, parent.amount, ticket: parent.ticket)
        demand.cause = cause
        demand.parent = parent.sequence
        demand.target = id
        var changes: [JournalChange] = []
        if cause == .cancelled {
            var unwanted = parent
            unwanted.facts.transactionID = id
            if parent.state != .reversing { unwanted = unwanted.moved(to: .reversing, at: wall) }
            changes = [.attempt(unwanted)]
            doubts[parent.sequence] = nil
        }
        let child = begin(demand, with: changes)
        doubt(child, maySent: false, after: 0)
    }

    /// A void that a settled batch makes impossible becomes a refund of all.
    mutating func giveBack(_ void: Attempt) {
        let payment = void.parent.flatMap { book.attempts[$0] }
        let amount = payment.flatMap { all(of: $0, for: .refund) } ?? void.amount
        var demand = Attempt.Demand(.refund, amount, ticket: void.ticket)
        demand.cause = void.cause
        demand.parent = void.parent
        demand.target = void.target
        var failed = void.moved(to: .rejected, at: wall)
        failed.facts.reason = "settled"
        doubts[void.sequence] = nil
        let child = begin(demand, with: [.attempt(failed)])
        doubt(child, maySent: false, after: 0)
    }

    /// How many voids and refunds of a payment's own transaction stand in a state.
    func reversals(of parent: Attempt, in state: AttemptState) -> Int {
        book.attempts.values.count {
            $0.parent == parent.sequence && $0.state == state
                && $0.target == parent.facts.transactionID
                && ($0.operation == .void || $0.operation == .refund)
        }
    }

    /// A void, refund or capture is done. The payment that it takes back is at its end only when
    /// it was looked for once more.
    mutating func finished(_ child: Attempt, transactionID: String?) {
        var done = child
        if let transactionID { done.facts.transactionID = transactionID }
        guard child.operation != .capture, let parentNumber = child.parent,
            let parent = book.attempts[parentNumber], parent.state == .reversing,
            child.target == parent.facts.transactionID
        else {
            end(done, .approved, by: .answer)
            return
        }
        end(done, .approved, by: .answer)
        check(parent)
    }

    /// The gateway refuses a void, refund or capture. What the till asked for is over; what the
    /// lane decided is tried again, and a person is told.
    mutating func refused(_ child: Attempt, _ codes: [ErrorCode], isSettled: Bool) {
        var failed = child
        failed.facts.errorCodes = codes
        if child.cause != .till || wasToBeCancelled(child) {
            if isSettled, child.operation == .void {
                return isOfRefund(child) ? keptByCustomer(child) : giveBack(child)
            }
            alarmOnce(
                child, .takeBackRefused(child.reference, transaction: child.target ?? "?"))
            again(child.sequence, helped: false)
            return
        }
        failed = failed.moved(to: .rejected, at: wall)
        failed.facts.settledBy = .answer
        failed.facts.reason = isSettled ? "settled" : nil
        doubts[child.sequence] = nil
        var changes: [JournalChange] = [.attempt(failed)]
        if let number = child.parent, let parent = book.attempts[number],
            parent.state == .reversing
        {
            changes.append(.attempt(parent.moved(to: .approved, at: wall)))
            doubts[number] = nil
        }
        record(changes)
        steps.append(.tell(.ended(failed)))
    }

    /// True when the till has been told that the payment will be cancelled, while its own void of
    /// it was under way: the void is then not the till's alone.
    private func wasToBeCancelled(_ child: Attempt) -> Bool {
        guard let number = child.parent, let parent = book.attempts[number] else { return false }
        return parent.state == .reversing && child.target == parent.facts.transactionID
            && book.wishes.contains(parent.ticket)
    }

    private func isOfRefund(_ child: Attempt) -> Bool {
        child.parent.flatMap { book.attempts[$0] }?.operation == .refund
    }

    /// A refund that must not be is settled: no call takes money back that a customer has.
    private mutating func keptByCustomer(_ child: Attempt) {
        var failed = child.moved(to: .rejected, at: wall)
        failed.facts.reason = "settled"
        doubts[child.sequence] = nil
        record([.attempt(failed)])
        alarm(.refundKept(child.reference, transaction: child.target ?? "?"))
        steps.append(.tell(.ended(failed)))
        if let parent = child.parent.flatMap({ book.attempts[$0] }), parent.state == .reversing {
            end(parent, .approved, by: .answer)
        }
    }

    mutating func alarmOnce(_ attempt: Attempt, _ alarm: LaneAlarm) {
        guard doubts[attempt.sequence]?.isAlarmed == false else { return }
        doubts[attempt.sequence]?.isAlarmed = true
        self.alarm(alarm)
    }

    mutating func settle(_ sequence: UInt64, _ verdict: LaneEvent.OperatorVerdict) {
        if let payment = book.attempts[sequence], payment.state == .reversing,
            mayBeSettled(payment, verdict)
        {
            return settle(reversing: payment, verdict)
        }
        guard var attempt = book.attempts[sequence], doubts[sequence] != nil,
            attempt.isPayment, attempt.state == .intent || attempt.state == .accepted,
            phase.sequence != sequence
        else {
            steps.append(.tell(.refused(.notPossible(book.attempts[sequence]?.state))))
            return
        }
        switch verdict {
        case .charged(let id):
            attempt.facts.transactionID = id
            remark("charged as \(id)", sequence)
            approved(attempt, by: .person)
        case .notCharged(let reason):
            remark("not charged: \(reason)", sequence)
            end(attempt, .notCharged, by: .person, reason)
        }
    }

    /// What was taken back by the gateway's word and not by its report: a person may say what is.
    private func mayBeSettled(_ payment: Attempt, _ verdict: LaneEvent.OperatorVerdict) -> Bool {
        guard doubts[payment.sequence] != nil, reversals(of: payment, in: .intent) == 0 else {
            return false
        }
        if case .charged(let id) = verdict { return id == payment.facts.transactionID }
        return true
    }

    private mutating func settle(
        reversing payment: Attempt, _ verdict: LaneEvent.OperatorVerdict
    ) {
        switch verdict {
        case .charged(let id):
            remark("charged as \(id), though it was to be taken back", payment.sequence)
            end(payment, .approved, by: .person)
        case .notCharged(let reason):
            remark("taken back: \(reason)", payment.sequence)
            end(payment, .reversed, by: .person, reason)
        }
    }

    private mutating func remark(_ text: String, _ sequence: UInt64) {
        record([
            .remark(JournalRemark(.operatorDecision, text, attempt: sequence, at: wall))
        ])
    }
}
