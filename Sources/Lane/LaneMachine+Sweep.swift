internal import Journal
internal import Timeline
internal import Values

/// The sweep: whatever the gateway shows under our references is compared with the journal, both
/// ways.
extension LaneMachine {
    /// Payments of so many days are compared. The report has no pages and grows for ever: all of
    /// it would be more than is read of an answer, after some weeks of a busy shop.
    private static let sweptDays = 7
    /// The report is asked for so many: the gateway's clock and zone are its own.
    private static let askedDays = sweptDays + 2

    /// From when on the report is asked for.
    var sweepStart: WallTime { daysAgo(Self.askedDays) }

    private func daysAgo(_ days: Int) -> WallTime {
        WallTime(milliseconds: wall.milliseconds - Int64(days * Self.day))
    }

    mutating func swept(_ answer: ReportAnswer) {
        guard case .rows(let rows) = answer else {
            nextSweep = now.adding(milliseconds: min(setup.times.sweep, setup.times.pauseMaximum))
            return
        }
        var shown: Set<String> = []
        for row in rows {
            guard row.kind == .charge || row.kind == .refund, let note = row.note,
                let reference = PaymentReference(note),
                reference.isOf(lane: setup.lane, journal: setup.journal)
            else { continue }
            shown.insert(note)
            compare(row, reference, among: rows)
        }
        // A report that shows nothing of ours proves nothing of any payment.
        wantList(missing: absent(shown), isReportEmpty: shown.isEmpty)
    }

    mutating func compare(
        _ row: Sighting, _ reference: PaymentReference, among rows: [Sighting]
    ) {
        guard row.isLive else { return notLive(row, reference) }
        guard let attempt = book.attempts[reference.sequence] else {
            if reference.sequence >= book.nextSequence {
                alarmOfSweep(.neverMade(reference))
            }
            return
        }
        // A refund of all of a payment may be shown with that one's note.
        guard attempt.shownAs == row.kind else { return }
        let isOwn = attempt.facts.transactionID == row.transactionID
        switch attempt.state {
        case .approved, .reversing:
            if isOwn, attempt.operation != .authOnly, let cents = row.cents,
                cents != attempt.amount?.cents
            {
                return mismatch(attempt)
            }
            guard !isOwn else { return }
            // Only beside the one that the journal has is it one too many.
            if attempt.state == .approved,
                !rows.contains(where: {
                    $0.transactionID == attempt.facts.transactionID && $0.note == row.note
                })
            {
                strange.insert(attempt.sequence)
                return alarmOfSweep(.otherTransaction(reference, held: row.transactionID))
            }
            takeBackExtra(row, of: attempt.sequence, .extraCopy)
        case .queued, .intent, .accepted:
            // The inquiry about it is under way and will find this row.
            break
        case .reversed:
            guard isOwn else { return takeBackExtra(row, of: attempt.sequence, .extraCopy) }
            guard isShownByNow(attempt) else { return }
            alarmOfSweep(.takenBackYetCharged(reference))
        case .declined, .rejected, .notSent, .cancelled, .notCharged:
            takeBackExtra(row, of: attempt.sequence, .lateCharge)
        }
    }

    /// What is at rest at the gateway should be so by a decision of ours.
    private mutating func notLive(_ row: Sighting, _ reference: PaymentReference) {
        guard let attempt = book.attempts[reference.sequence], attempt.state == .approved,
            attempt.facts.transactionID == row.transactionID
        else { return }
        if row.isVoided || row.isApproved == false {
            alarmOfSweep(
                row.isVoided ? .approvedYetVoided(reference) : .approvedYetDeclined(reference))
        }
    }

    /// A live transaction that must not be: taken back, and a person is told.
    mutating func takeBackExtra(_ row: Sighting, of sequence: UInt64, _ cause: AttemptCause) {
        guard let attempt = book.attempts[sequence],
            !book.attempts.values.contains(where: {
                $0.target == row.transactionID
                    && ($0.state.mayHoldMoney || $0.state == .rejected && row.kind == .refund)
                    && ($0.operation == .void || $0.operation == .refund)
            })
        else { return }
        let (reference, id) = (attempt.reference, row.transactionID)
        alarm(
            cause == .extraCopy
                ? .secondCopy(reference, transaction: id) : .lateCharge(reference, transaction: id))
        takeBack(row.transactionID, of: attempt, cause)
    }

    /// Approved payments that the report does not show.
    private func absent(_ shown: Set<String>) -> [Attempt] {
        book.attempts.values.filter {
            $0.state == .approved && $0.isPayment && !shown.contains($0.reference.text)
                && $0.facts.settledBy != .person && isShownByNow($0)
                && $0.decidedAt >= daysAgo(Self.sweptDays)
        }
    }

    /// A report may show a payment late.
    private func isShownByNow(_ attempt: Attempt) -> Bool {
        wall.milliseconds > attempt.stateAt.milliseconds + Int64(setup.times.betweenReads)
    }

    /// An alarm that each sweep would repeat is given once a run.
    mutating func alarmOfSweep(_ alarm: LaneAlarm) {
        if alarmed.insert(alarm).inserted { self.alarm(alarm) }
    }
}
