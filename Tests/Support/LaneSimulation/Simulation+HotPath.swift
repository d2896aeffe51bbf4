import Journal
import Lane
import Values

/// The swipe and its request.
extension Simulation {
    mutating func swipe(_ sequence: UInt64) {
        guard let attempt = machine?.book.attempts[sequence],
            attempt.state == .intent || attempt.state == .queued && mutant == .queuedSent,
            claims[sequence] == nil
        else { return }
        if random.happens(100) {
            feed(
                .submitted(sequence, .init(.badRead(.incomplete), AttemptFacts())))
            queue.add(.swipe(sequence, epoch: epoch), at: time + random.pick(500...9000))
            return
        }
        if mayDie() { return }
        claims[sequence] = true
        if mayDie() { return }
        if mutant != .latchLate { disk.latchWord = max(disk.latchWord, sequence) }
        if mayDie() { return }
        send(attempt)
        if mutant == .latchLate, machine != nil {
            disk.latchWord = max(disk.latchWord, sequence)
        }
    }

    private mutating func send(_ attempt: Attempt) {
        let sequence = attempt.sequence
        if gateway.outage.contains(time) || random.happens(60) {
            // Part of it left, or none; an incomplete body is never committed (A3).
            end(sequence, .notSent(.connectionLost), in: random.pick(1...10_000))
            return
        }
        let post = Post(
            reference: attempt.reference.text, ticket: attempt.ticket.text,
            cents: attempt.amount?.cents ?? 0, isRefund: attempt.isUnlinkedRefund)
        sendsOfReference[post.reference, default: 0] += 1
        if (sendsOfReference[post.reference] ?? 0) > 1, mutant != .blindRepeat {
            violations.append("I2: \(post.reference) was sent twice")
        }
        travel(post, sequence)
        _ = mayDie()
    }

    private mutating func travel(_ post: Post, _ sequence: UInt64) {
        let fate = random.pick(0...99)
        let isApproved = random.happens(850)
        if random.happens(80) {
            let delay = random.happens(800) ? random.pick(10...169_000) : random.pick(10...900_000)
            copied.insert(post.reference)
            if delay > 169_000 { copiedLate.insert(post.reference) }
            queue.add(
                .deliver(post, isCopy: true, isApproved: random.happens(850)), at: time + delay)
        }
        switch fate {
        case 0..<8: silence(post, sequence)
        case 8..<20:
            // Committed late, at most as late as A1 allows.
            queue.add(
                .deliver(post, isCopy: false, isApproved: isApproved),
                at: time + random.pick(1000...169_000))
            silence(post, sequence)
        case 20..<24:
            end(
                sequence, .rejected(Rejection(status: 401, codes: [])), in: random.pick(10...3000))
        case 24..<27:
            end(sequence, .inDoubt(Values.Doubt(.unexpectedStatus)), in: random.pick(10...3000))
        default:
            let delay = random.pick(5...3000)
            queue.add(.deliver(post, isCopy: false, isApproved: isApproved), at: time + delay)
            if fate < 40 { return silence(post, sequence) }
            queue.add(
                .sendEnded(
                    sequence, .answered(post, getFails: random.happens(150)), epoch: epoch),
                at: time + delay + random.pick(5...400))
        }
    }

    private mutating func silence(_ post: Post, _ sequence: UInt64) {
        let wait = random.happens(500) ? 45_000 : random.pick(1...45_000)
        switch mutant {
        case .timeOutIsNotSent?: end(sequence, .notSent(.sendTimedOut), in: wait)
        case .timeOutIsDecline?:
            guard let code = ResponseCode("05") else { return }
            end(sequence, .declined(Decline(responseCode: code)), in: wait)
        case .blindRepeat?:
            queue.add(
                .deliver(post, isCopy: false, isApproved: true), at: time + wait)
            end(sequence, .inDoubt(Values.Doubt(.timedOut)), in: wait)
        default: end(sequence, .inDoubt(Values.Doubt(.timedOut)), in: wait)
        }
    }

    private mutating func end(_ sequence: UInt64, _ outcome: Outcome, in milliseconds: Int) {
        queue.add(
            .sendEnded(
                sequence, .outcome(.init(outcome, AttemptFacts())), epoch: epoch),
            at: time + milliseconds)
    }

    mutating func sendEnded(_ sequence: UInt64, _ sending: Sending) {
        if mayDie() { return }
        switch sending {
        case .outcome(let submission): feed(.submitted(sequence, submission))
        case .answered(let post, let getFails):
            let row = gateway.transactions.first {
                $0.note == post.reference && $0.kind == (post.isRefund ? .refund : .charge)
                    && !$0.isCopy
            }
            guard let row else {
                return feed(
                    .submitted(
                        sequence, .init(.inDoubt(Values.Doubt(.timedOut)), AttemptFacts())))
            }
            feed(.submitted(sequence, submission(row, getFails: getFails)))
        }
    }

    private mutating func submission(
        _ row: SimulatedGateway.Transaction, getFails: Bool
    ) -> LaneEvent.Submission {
        var facts = AttemptFacts()
        let id = String(row.id)
        guard let approval = ResponseCode("00"), let refusal = ResponseCode("05") else {
            return .init(.inDoubt(Values.Doubt(.badAnswer)), facts)
        }
        facts.transactionID = id
        if getFails, mutant != .createdIsApproval {
            let isForeign = random.happens(300)
            facts.transactionID = isForeign ? nil : id
            return .init(
                .inDoubt(
                    Values.Doubt(.resourceUnreadable, transactionID: isForeign ? nil : id)), facts)
        }
        var submission =
            row.isApproved || mutant == .createdIsApproval
            ? LaneEvent.Submission(
                .approved(
                    Approval(transactionID: id, responseCode: approval, approvalCode: nil)), facts)
            : LaneEvent.Submission(
                .declined(Decline(responseCode: refusal, transactionID: id)), facts)
        submission.isMismatch = gateway.habits.showsWrongAmount && row.isApproved
        return submission
    }

    mutating func deliver(_ post: Post, _ isCopy: Bool, _ isApproved: Bool) {
        note("commit")
        _ = gateway.commit(
            .init(
                id: 0, note: post.reference, ticket: post.ticket, cents: post.cents,
                kind: post.isRefund ? .refund : .charge, isApproved: isApproved,
                visibleAt: time + random.pick(0...gateway.habits.lagMaximum), isCopy: isCopy,
                isUnlinked: post.isRefund))
    }
}
