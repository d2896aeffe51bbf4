internal import Journal
internal import Timeline
internal import Values

/// The payment in the foreground: arm, swipe, outcome, cancel.
extension LaneMachine {
    mutating func arm(_ demand: Attempt.Demand, _ history: [Attempt]) {
        if let refusal = refusal(of: demand, history) {
            steps.append(.tell(.refused(refusal)))
            return
        }
        if demand.entry != nil { hasUnswiped = true }
        let attempt = begin(demand, isQueued: phase != .idle)
        guard stop == nil else { return }
        if phase != .idle {
            queue = attempt.sequence
            steps.append(.tell(.queued(attempt)))
            return
        }
        phase = .arming(attempt.sequence)
        steps.append(.arm(attempt))
    }

    /// The payment that waits comes to the foreground when that is free: only now is it an intent,
    /// durable before its link is opened.
    mutating func takeTurn() {
        guard phase == .idle, !isJournalLost, let sequence = queue,
            let attempt = book.attempts[sequence]
        else { return }
        queue = nil
        guard stop == nil else {
            return end(attempt, .notSent, by: .answer, "the lane has stopped")
        }
        let intent = attempt.moved(to: .intent, at: wall)
        record([.attempt(intent)])
        guard stop == nil else { return }
        phase = .arming(sequence)
        steps.append(.arm(intent))
    }

    private func refusal(of demand: Attempt.Demand, _ history: [Attempt]) -> LaneRefusal? {
        if let stop { return .stopped(stop) }
        guard queue == nil else { return .busy }
        guard demand.takesCard else { return .notPossible(nil) }
        if book.wishes.contains(demand.ticket) { return .ticketCancelled }
        let known = book.attempts.values.filter { $0.ticket == demand.ticket }
        let former = history.filter { book.attempts[$0.sequence] == nil }
        for attempt in known + former where attempt.isPayment {
            switch attempt.state {
            case .queued, .intent, .accepted, .reversing:
                return .ticketInDoubt(attempt.reference)
            case .approved: return .ticketPaid(attempt.reference)
            case .declined, .rejected, .notSent, .cancelled, .notCharged, .reversed: continue
            }
        }
        return nil
    }

    mutating func armed(_ sequence: UInt64) {
        guard phase == .arming(sequence), let attempt = book.attempts[sequence] else { return }
        phase = .armed(sequence, since: now)
        steps.append(.tell(.armed(attempt)))
    }

    mutating func armFailed(_ sequence: UInt64, _ reason: String) {
        guard phase.sequence == sequence, let attempt = book.attempts[sequence] else { return }
        phase = .idle
        end(attempt, .notSent, by: .answer, reason)
    }

    mutating func cancel(_ ticket: Ticket) {
        if let sequence = phase.sequence, book.attempts[sequence]?.ticket == ticket {
            steps.append(.withdraw(sequence))
            return
        }
        if let sequence = queue, let waiting = book.attempts[sequence], waiting.ticket == ticket {
            queue = nil
            return end(waiting, .cancelled, by: .answer, "cancelled before its turn")
        }
        guard let open = book.open.first(where: { $0.ticket == ticket && $0.isPayment })
        else {
            let last = book.attempts.values.filter { $0.ticket == ticket }
                .max { $0.sequence < $1.sequence }
            steps.append(.tell(.refused(.notPossible(last?.state))))
            return
        }
        wishCancelled(open)
    }

    /// The till wants an attempt cancelled that may have been sent.
    private mutating func wishCancelled(_ attempt: Attempt) {
        if !book.wishes.contains(attempt.ticket) {
            record([.wish(attempt.ticket, at: wall)])
        }
        steps.append(.tell(.willBeCancelled(attempt.ticket)))
    }

    mutating func withdrawn(_ sequence: UInt64, _ reason: String) {
        guard phase.sequence == sequence, let attempt = book.attempts[sequence] else { return }
        phase = .idle
        end(attempt, .cancelled, by: .answer, reason)
    }

    mutating func tooLate(_ sequence: UInt64) {
        guard let attempt = book.attempts[sequence], !attempt.state.isEnd else { return }
        wishCancelled(attempt)
    }

    mutating func duplicateSwipe(_ sequence: UInt64) {
        guard phase.sequence == sequence, let attempt = book.attempts[sequence] else { return }
        steps.append(.tell(.duplicateSwipe(attempt)))
    }

    mutating func submitted(_ sequence: UInt64, _ submission: LaneEvent.Submission) {
        guard phase.sequence == sequence, var attempt = book.attempts[sequence] else { return }
        switch submission.outcome {
        case .badRead, .refused:
            steps.append(.tell(.swipeAgain(attempt, submission.outcome)))
            return
        default: phase = .idle
        }
        copies(of: sequence, mayComeSince: now)
        attempt.facts = submission.facts
        if submission.isMismatch { return shownOtherwise(attempt) }
        switch submission.outcome {
        case .approved: approved(attempt, by: .answer)
        case .declined: end(attempt, .declined, by: .answer)
        case .rejected: end(attempt, .rejected, by: .answer)
        case .notSent(let failure): end(attempt, .notSent, by: .answer, failure.rawValue)
        case .inDoubt(let reason): inDoubt(attempt, reason)
        case .badRead, .refused: break
        }
    }

    /// Whether an answer names a transaction that the journal has under another payment: then it
    /// says nothing of this one.
    func isOfAnother(_ outcome: Outcome, than sequence: UInt64) -> Bool {
        switch outcome {
        case .approved(let approval): isOfAnother(approval.transactionID, than: sequence)
        case .declined(let decline): isOfAnother(decline.transactionID, than: sequence)
        default: false
        }
    }

    func isOfAnother(_ transactionID: String?, than sequence: UInt64) -> Bool {
        guard let transactionID else { return false }
        // The id of a mere 201 may be wrong itself.
        let known: Set<AttemptState> = [.approved, .declined, .reversing, .reversed]
        return book.attempts.values.contains {
            $0.sequence != sequence && $0.facts.transactionID == transactionID
                && known.contains($0.state)
        }
    }

    /// The gateway holds something for our reference that is not what was asked: neither approved
    /// nor declined is true of it, so it stays in doubt until a person has looked.
    private mutating func shownOtherwise(_ attempt: Attempt) {
        let state = attempt.facts.transactionID == nil ? AttemptState.intent : .accepted
        var open = attempt.moved(to: state, at: wall)
        open.facts.reason = "the gateway shows another amount or merchant"
        record([.attempt(open)])
        doubt(open, maySent: true, after: setup.times.pauseMaximum)
        steps.append(.tell(.inDoubt(open)))
        mismatch(open)
    }

    /// A live charge of an attempt: kept, or taken back when the till had cancelled it.
    mutating func approved(_ attempt: Attempt, by settler: AttemptFacts.Settler) {
        guard book.wishes.contains(attempt.ticket), attempt.isPayment,
            let id = attempt.facts.transactionID
        else { return end(attempt, .approved, by: settler) }
        var unwanted = attempt
        unwanted.facts.settledBy = settler
        takeBack(id, of: unwanted, .cancelled)
    }

    private mutating func inDoubt(_ attempt: Attempt, _ reason: Doubt.Cause) {
        if attempt.operation == .verify {
            end(attempt, .notCharged, by: .answer, "no answer; a verify moves no money")
            return
        }
        let state = reason.transactionID == nil ? AttemptState.intent : .accepted
        var open = attempt.moved(to: state, at: wall)
        open.facts.transactionID = reason.transactionID
        open.facts.reason = reason.reason.rawValue
        record([.attempt(open)])
        doubt(open, maySent: true, after: setup.times.pause)
        steps.append(.tell(.inDoubt(open)))
    }

    mutating func mismatch(_ attempt: Attempt) {
        guard stop != .mismatch(attempt.reference) else { return }
        alarm(.mismatch(attempt.reference))
        halt(.mismatch(attempt.reference))
    }

    /// A lane that waits too long for a card gives the payment up.
    mutating func giveUpWithoutCard() {
        guard case .armed(let sequence, let since) = phase,
            now >= since.adding(milliseconds: setup.times.card)
        else { return }
        // Told again only after another while, in case the hot path is just sending.
        phase = .armed(sequence, since: now)
        steps.append(.withdraw(sequence))
    }
}

extension Doubt {
    /// What the outcome of a submission calls doubt.
    typealias Cause = Values.Doubt
}
