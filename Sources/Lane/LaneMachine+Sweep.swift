internal import Journal
internal import Timeline
internal import Values

/// The sweep: whatever the gateway shows under our references is compared with the journal, both
/// ways.
extension LaneMachine {
    mutating func swept(_ answer: ReportAnswer) {
        guard case .rows(let rows) = answer else {
            nextSweep = now.adding(milliseconds: min(setup.times.sweep, setup.times.pauseMaximum))
            return
        }
        var shown: Set<String> = []
        for row in rows {
            guard row.kind == .charge, let note = row.note, let reference = PaymentReference(note),
                reference.isOf(lane: setup.lane, journal: setup.journal)
            else { continue }
            shown.insert(note)
            compare(row, reference, among: rows)
        }
        absent(shown)
    }

    private mutating func compare(
        _ row: Sighting, _ reference: PaymentReference, among rows: [Sighting]
    ) {
        guard row.isLive else { return }
        guard let attempt = book.attempts[reference.sequence] else {
            if reference.sequence >= book.nextSequence {
                alarmOfSweep("the gateway holds \(reference), which this journal never made")
            }
            return
        }
        let isOwn = attempt.facts.transactionID == row.transactionID
        switch attempt.state {
        case .approved, .reversing:
            if isOwn, attempt.operation == .sale, let cents = row.cents,
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
                return alarmOfSweep(
                    "the gateway holds \(reference) as transaction \(row.transactionID), and not "
                        + "as \(attempt.facts.transactionID ?? "none")")
            }
            takeBackExtra(row, of: attempt.sequence, .extraCopy)
        case .queued, .intent, .accepted:
            // The inquiry about it is under way and will find this row.
            break
        case .reversed:
            guard isOwn else { return takeBackExtra(row, of: attempt.sequence, .extraCopy) }
            // A report may show it late.
            let shownBy = attempt.stateAt.milliseconds + Int64(setup.times.betweenReads)
            guard wall.milliseconds > shownBy else { return }
            alarmOfSweep("\(reference) was taken back, and the gateway shows it as charged")
        case .declined, .rejected, .notSent, .cancelled, .notCharged:
            takeBackExtra(row, of: attempt.sequence, .lateCharge)
        }
    }

    /// A live transaction that must not be: taken back, and a person is told.
    mutating func takeBackExtra(_ row: Sighting, of sequence: UInt64, _ cause: AttemptCause) {
        guard let attempt = book.attempts[sequence],
            !book.attempts.values.contains(where: {
                $0.target == row.transactionID && $0.state.mayHoldMoney
                    && ($0.operation == .void || $0.operation == .refund)
            })
        else { return }
        let what = cause == .extraCopy ? "a second charge" : "a late charge"
        alarm(
            "\(what), transaction \(row.transactionID), of \(attempt.reference) is taken back",
            sequence)
        takeBack(row.transactionID, of: attempt, cause)
    }

    /// An approved payment that the gateway shows no more.
    private mutating func absent(_ shown: Set<String>) {
        // A report that shows nothing of ours proves nothing.
        guard !shown.isEmpty else { return }
        for attempt in book.attempts.values.sorted(by: { $0.sequence < $1.sequence })
        where attempt.state == .approved && attempt.operation.charges
            && !shown.contains(attempt.reference.text)
            && attempt.facts.settledBy != .person
        {
            alarmOfSweep("\(attempt.reference) is approved, but the gateway does not show it")
        }
    }

    /// An alarm that each sweep would repeat is given once a run.
    private mutating func alarmOfSweep(_ text: String) {
        guard alarmed.insert(text).inserted else { return }
        alarm(text)
    }
}
