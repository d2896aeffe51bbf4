internal import Journal
internal import Timeline
internal import Values

/// Turning doubt into truth: one call at a time, the most urgent first.
extension LaneMachine {
    /// Starts the call that is due, if none is under way.
    mutating func dispatch() {
        giveUpWithoutCard()
        guard calling == nil, !isJournalLost else { return }
        if let due = doubts.filter({ $0.value.next <= now })
            .min(by: { ($0.value.next, $0.key) < ($1.value.next, $1.key) }),
            let attempt = book.attempts[due.key]
        {
            ageAlarm(attempt, due.value)
            guard let call = call(about: attempt, due.value) else {
                doubts[due.key]?.next = now.adding(milliseconds: setup.times.pauseMaximum)
                return
            }
            begin(call)
            doubts[due.key]?.maySent = true
        } else if let payment = takeLook() {
            begin(.inquire(attempt: payment, about: payment, control: nil))
        } else if let question = listQuestion {
            listQuestion = nil
            begin(.list(question))
        } else if nextSweep <= now {
            let ofDay = Int(wall.milliseconds % 86_400_000)
            let pause = setup.times.sweepPause(millisecondOfDay: ofDay)
            nextSweep = now.adding(milliseconds: pause)
            listBeforeSettlement(pause: pause)
            begin(.sweep(since: sweepStart, unswiped: hasUnswiped))
        }
    }

    /// Payments in doubt are asked about now and not after their pause. Only reads come sooner by
    /// it: what sends is left to its own time.
    mutating func askSoon() {
        for number in doubts.keys {
            guard let attempt = book.attempts[number], attempt.isPayment,
                attempt.state == .intent || attempt.state == .accepted
            else { continue }
            doubts[number]?.next = now
        }
    }

    private mutating func begin(_ call: LaneCall) {
        calling = (call, now)
        steps.append(.call(call))
    }

    private func call(about attempt: Attempt, _ doubt: Doubt) -> LaneCall? {
        switch attempt.operation {
        case .verify: return nil
        case .sale, .authOnly:
            if attempt.state == .reversing { return inquiry(attempt, about: attempt) }
            if attempt.state == .accepted, let id = attempt.facts.transactionID,
                doubt.failures % 3 != 2
            {
                return .fetch(attempt: attempt, transactionID: id)
            }
            return inquiry(attempt, about: attempt)
        case .void:
            // An answer that never can be read is not waited for: the report may show it.
            if doubt.failures % 3 == 2, let parent = attempt.parent.flatMap({ book.attempts[$0] }) {
                return inquiry(attempt, about: parent)
            }
            return attempt.target.map { .void(attempt: attempt, transactionID: $0) }
        case .refund:
            if attempt.state == .reversing || attempt.isUnlinkedRefund {
                return inquiry(attempt, about: attempt)
            }
            if doubt.maySent, !mayRepeat(attempt) { return inquiry(attempt, about: attempt) }
            return attempt.target.map {
                .refund(attempt: attempt, transactionID: $0, amount: partOnly(attempt))
            }
        case .capture:
            if doubt.maySent, let number = attempt.parent, let parent = book.attempts[number] {
                return inquiry(attempt, about: parent)
            }
            if doubt.maySent, attempt.isOutside {
                return attempt.target.map { .fetch(attempt: attempt, transactionID: $0) }
            }
            return attempt.target.map {
                .capture(attempt: attempt, transactionID: $0, amount: partOnly(attempt))
            }
        }
    }

    private func inquiry(_ attempt: Attempt, about: Attempt) -> LaneCall {
        .inquire(attempt: attempt, about: about, control: control(for: attempt))
    }

    /// An earlier approved one of ours that both shapes of question must show: the newest of the
    /// same operation, since a report may show sales and leave out authorisations or refunds. A
    /// capture shows on the row of its authorisation, which is its own control. An authorisation
    /// that was captured in part is none: the report may show the captured amount in place of the
    /// one that is asked for.
    private func control(for attempt: Attempt) -> Attempt? {
        if attempt.operation == .capture {
            return attempt.parent.flatMap { book.attempts[$0] }
        }
        let inPart = book.attempts.values.filter {
            $0.operation == .capture && $0.state.mayHoldMoney && partOnly($0) != nil
        }.compactMap(\.parent)
        return book.attempts.values.filter {
            $0.sequence < attempt.sequence && $0.state == .approved
                && $0.operation == attempt.operation && $0.facts.transactionID != nil
                && !inPart.contains($0.sequence) && bearsNote($0)
        }.max { $0.sequence < $1.sequence }
    }

    /// False for a refund of all of a payment, which goes out without a bill and so without a note.
    private func bearsNote(_ attempt: Attempt) -> Bool {
        attempt.operation != .refund || attempt.isUnlinkedRefund || partOnly(attempt) != nil
    }

    /// The amount, if it is not all of the parent.
    private func partOnly(_ attempt: Attempt) -> Amount? {
        guard let number = attempt.parent, let parent = book.attempts[number],
            all(of: parent, for: attempt.operation) == attempt.amount
        else { return attempt.amount }
        return nil
    }

    /// Only a refund of all of a payment answers "already refunded" when it is sent again.
    private func mayRepeat(_ attempt: Attempt) -> Bool {
        setup.times.refundsRepeat && partOnly(attempt) == nil
    }

    mutating func called(_ call: LaneCall, _ result: CallResult) {
        guard let under = calling, under.call == call else { return }
        calling = nil
        if case .sweep = call {
            if case .swept(let answer) = result { swept(answer) }
            return
        }
        if case .list = call {
            if case .listed(let finding) = result { listed(finding) }
            return
        }
        guard let sequence = call.sequence, let attempt = book.attempts[sequence] else { return }
        if lookingAt == sequence {
            lookingAt = nil
            return looked(attempt, result)
        }
        guard doubts[sequence] != nil else { return }
        switch (call, result) {
        case (.inquire, .inquired(let round)) where attempt.state == .reversing:
            checked(attempt, Doubt.remainder(round, of: attempt), since: under.since)
        case (.inquire(_, let about, let control), .inquired(let round)):
            inquired(
                attempt,
                Doubt.judge(
                    round, attempt: attempt, about: about, control: control), since: under.since)
        case (.fetch, .fetched(let row)) where attempt.isOutside:
            fetched(attempt, ofAuthorization: row, since: under.since)
        case (.fetch, .fetched(let sighting)): fetched(attempt, sighting)
        case (_, .done(let id)): finished(attempt, transactionID: id)
        case (_, .alreadyDone): finished(attempt, transactionID: nil)
        case (_, .settled): refused(attempt, [], isSettled: true)
        case (_, .refused(let codes)): refused(attempt, codes, isSettled: false)
        case (.inquire, .notSent), (.fetch, .notSent):
            again(sequence, helped: false, atMost: LaneTimes.pauseUnreached)
        case (_, .notSent):
            doubts[sequence]?.maySent = attempt.takesCard
            again(sequence, helped: false, atMost: LaneTimes.pauseUnreached)
        default:
            if case .inquire = call {} else { countFromNow(sequence) }
            again(sequence, helped: false)
        }
    }

    /// A request that moves money may just have left: the gateway's time to commit starts anew.
    private mutating func countFromNow(_ sequence: UInt64) {
        guard book.attempts[sequence]?.takesCard == false else { return }
        doubts[sequence]?.since = now
        doubts[sequence]?.firstEmptyAt = nil
    }

    /// The next call about an attempt: after a pause that doubles while nothing helps.
    mutating func again(_ sequence: UInt64, helped: Bool, atMost limit: Int = .max) {
        guard var doubt = doubts[sequence] else { return }
        doubt.failures = helped ? 0 : doubt.failures + 1
        let pause = setup.times.pause << min(doubt.failures, 16)
        doubt.next = now.adding(
            milliseconds: min(max(1, pause), setup.times.pauseMaximum, limit))
        doubts[sequence] = doubt
    }

    private mutating func fetched(_ attempt: Attempt, _ sighting: Sighting?) {
        guard let sighting, sighting.note == attempt.reference.text else {
            return again(attempt.sequence, helped: false)
        }
        if sighting.isLive, sighting.cents != attempt.amount?.cents {
            return found(.mismatch(sighting), attempt)
        }
        switch sighting.isApproved {
        case true?:
            found(sighting.isLive ? .done(sighting, extra: []) : .takenBack(sighting), attempt)
        case false?: found(.declined(sighting), attempt)
        case nil: again(attempt.sequence, helped: false)
        }
    }

    private mutating func inquired(
        _ attempt: Attempt, _ finding: Doubt.Finding, since asked: Moment
    ) {
        if attempt.operation == .void {
            guard case .done = finding else { return again(attempt.sequence, helped: false) }
            return found(finding, attempt)
        }
        switch finding {
        case .done(let row, _), .declined(let row), .takenBack(let row):
            guard
                !attempt.isPayment
                    || !isOfAnother(row.transactionID, than: attempt.sequence)
            else {
                keepReason(attempt, "the report shows another payment's transaction for it")
                return again(attempt.sequence, helped: false)
            }
            if case .done = finding, attempt.isPayment, !isSeenBefore(row, attempt) {
                return seen(row, attempt)
            }
            found(finding, attempt)
        case .empty: empty(attempt, asked)
        case .noControl:
            keepReason(attempt, "the report shows no earlier payment of this lane to compare with")
            again(attempt.sequence, helped: false)
        case .unread: again(attempt.sequence, helped: false)
        case .mismatch: found(finding, attempt)
        }
    }

    private func isSeenBefore(_ row: Sighting, _ attempt: Attempt) -> Bool {
        attempt.state == .accepted && attempt.facts.transactionID == row.transactionID
    }

    /// One row of one report is not yet an approval: its id may be another's. The resource of that
    /// id says so too, or the report once more.
    private mutating func seen(_ row: Sighting, _ attempt: Attempt) {
        var named = attempt.moved(to: .accepted, at: wall)
        named.facts.transactionID = row.transactionID
        record([.attempt(named)])
        doubts[attempt.sequence]?.failures = 0
        doubts[attempt.sequence]?.next = now
    }

    private mutating func found(_ finding: Doubt.Finding, _ attempt: Attempt) {
        var known = attempt
        switch finding {
        case .done(let sighting, let extra):
            guard attempt.isPayment else {
                let id = attempt.operation == .refund ? sighting.transactionID : nil
                return finished(attempt, transactionID: id)
            }
            known.facts.transactionID = sighting.transactionID
            known.facts.responseCode = sighting.responseCode.flatMap { ResponseCode($0) }
            approved(known, by: .inquiry)
            for copy in extra { takeBackExtra(copy, of: attempt.sequence, .extraCopy) }
        case .declined(let sighting):
            known.facts.transactionID = sighting.transactionID
            known.facts.responseCode = sighting.responseCode.flatMap { ResponseCode($0) }
            end(known, .declined, by: .inquiry)
        case .takenBack(let sighting):
            known.facts.transactionID = sighting.transactionID
            known = known.moved(to: .reversing, at: wall)
            known.facts.reason = "taken back at the gateway"
            record([.attempt(known)])
            check(known)
        case .mismatch(let sighting):
            keepReason(attempt, "the gateway shows another amount in \(sighting.transactionID)")
            mismatch(attempt)
            doubts[attempt.sequence]?.next = now.adding(milliseconds: setup.times.pauseMaximum)
        case .empty, .noControl, .unread: break
        }
    }

    /// An empty read counts when it was asked for late enough; the second one decides.
    mutating func empty(_ attempt: Attempt, _ asked: Moment) {
        guard var doubt = doubts[attempt.sequence] else { return }
        let earliest = doubt.since.adding(
            milliseconds: setup.times.lateCommit + setup.times.betweenReads)
        if asked < earliest {
            again(attempt.sequence, helped: false)
            if let next = doubts[attempt.sequence]?.next, next > earliest || now > earliest {
                doubts[attempt.sequence]?.next = max(earliest, now)
            }
            return
        }
        let second = doubt.firstEmptyAt?.adding(milliseconds: setup.times.betweenReads)
        if let second, asked >= second {
            end(attempt, .notCharged, by: .inquiry)
            if attempt.operation == .refund, attempt.cause != .till { retryRefund(attempt) }
            return
        }
        if doubt.firstEmptyAt == nil { doubt.firstEmptyAt = asked }
        doubt.failures = 0
        doubt.next = (doubt.firstEmptyAt ?? asked).adding(
            milliseconds: setup.times.betweenReads)
        doubts[attempt.sequence] = doubt
    }

    /// A refund of ours that did not happen is decided anew, under a new reference.
    private mutating func retryRefund(_ attempt: Attempt) {
        var demand = Attempt.Demand(.refund, attempt.amount, ticket: attempt.ticket)
        demand.cause = attempt.cause
        demand.parent = attempt.parent
        demand.target = attempt.target
        doubt(begin(demand), maySent: false, after: setup.times.pause)
    }

    /// Keeps why an attempt is still in doubt, once a reason.
    private mutating func keepReason(_ attempt: Attempt, _ reason: String) {
        guard attempt.facts.reason != reason else { return }
        var told = attempt
        told.facts.reason = reason
        record([.attempt(told)])
        steps.append(.tell(.inDoubt(told)))
    }

    private mutating func ageAlarm(_ attempt: Attempt, _ doubt: Doubt) {
        guard now >= doubt.openSince.adding(milliseconds: setup.times.alarm) else { return }
        alarmOnce(attempt, .stillOpen(attempt.reference))
    }
}
