internal import Journal
internal import Timeline
internal import Values

/// The second book: where report and journal disagree, and once a day in any case, the gateway's
/// lists say what is there.
extension LaneMachine {
    static let day = 86_400_000

    /// After a sweep: whether the lists are asked, and what for.
    mutating func wantList(missing all: [Attempt], isReportEmpty: Bool) {
        // A report that shows nothing may not go back as far as the last payment.
        let missing = isReportEmpty ? all.filter(isOfToday) : all
        missingInReport = missing.map(\.sequence)
        isReportBlank = isReportEmpty
        guard !missing.isEmpty || nextList <= now else { return }
        listQuestion = question(missing)
        if listQuestion == nil { tellMissing(nil) }
    }

    /// The list before the settlement comes with the last sweep before it.
    mutating func listBeforeSettlement(pause: Int) {
        if setup.times.settlement != nil, pause < setup.times.sweep { nextList = nextSweep }
    }

    private func question(_ missing: [Attempt]) -> ListQuestion? {
        var question = ListQuestion()
        for attempt in book.attempts.values {
            if let id = attempt.facts.transactionID {
                question.known.insert(id)
                question.own[attempt.reference.text] = id
            }
            if let id = attempt.target { question.known.insert(id) }
        }
        let young = book.attempts.values.filter {
            $0.state == .approved && $0.isPayment && isOfToday($0)
        }
        let compared = (young + missing).filter { $0.facts.transactionID != nil }
        question.kinds = Set(
            compared.compactMap { ListQuestion.Kind(rawValue: $0.operation.rawValue) })
        guard let oldest = compared.compactMap(\.facts.transactionID).min(by: Doubt.isLower) else {
            return nil
        }
        question.oldest = oldest
        return question
    }

    private func isOfToday(_ attempt: Attempt) -> Bool {
        wall.milliseconds - attempt.stateAt.milliseconds < Int64(Self.day)
    }

    mutating func listed(_ finding: ListFinding?) {
        nextList = now.adding(milliseconds: Self.day)
        tellMissing(finding)
        guard let finding else { return }
        for row in finding.others {
            guard let note = row.note, let reference = PaymentReference(note),
                reference.isOf(lane: setup.lane, journal: setup.journal)
            else { continue }
            compare(row, reference, among: finding.others)
        }
        if !finding.isWhole {
            let text = "the gateway's lists hold more than was compared: many are not of this lane"
            record([.remark(JournalRemark(.compared, text, at: wall))])
        }
    }

    /// Approved payments that the report lacks, with what the lists say of them.
    private mutating func tellMissing(_ finding: ListFinding?) {
        let missing = missingInReport.compactMap { book.attempts[$0] }
        missingInReport = []
        if isReportBlank, !missing.isEmpty {
            alarmOfSweep(.reportEmpty)
            if finding == nil { return }
        }
        for attempt in missing.sorted(by: { $0.sequence < $1.sequence })
        where attempt.state == .approved {
            let isListed = attempt.facts.transactionID.map { finding?.seen.contains($0) } ?? nil
            switch isListed {
            case true?:
                if !isReportBlank { alarmOfSweep(.listedNotReported(attempt.reference)) }
            case false? where finding?.isWhole == true:
                alarmOfSweep(.inNeitherBook(attempt.reference))
            default:
                alarmOfSweep(.notReported(attempt.reference))
            }
        }
    }
}
