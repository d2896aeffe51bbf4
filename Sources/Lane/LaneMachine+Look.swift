internal import Journal
internal import Timeline
internal import Values

/// One look at each approved payment once the report must show it (A2): a copy, another amount and
/// an id that is another's are found within half a minute, and not by the next sweep only.
extension LaneMachine {
    mutating func look(for payment: Attempt) {
        looks[payment.sequence] = now.adding(milliseconds: setup.times.betweenReads)
    }

    /// A payment whose look is due; what is no longer approved has another look coming.
    mutating func takeLook() -> Attempt? {
        for sequence in looks.filter({ $0.value <= now }).keys.sorted() {
            looks[sequence] = nil
            guard let payment = book.attempts[sequence], payment.state == .approved else {
                continue
            }
            lookingAt = sequence
            return payment
        }
        return nil
    }

    /// What cannot be read now is left to the sweep.
    mutating func looked(_ payment: Attempt, _ result: CallResult) {
        guard payment.state == .approved, case .inquired(let round) = result else { return }
        var rows: [String: Sighting] = [:]
        for row in round.byNote.sightings + round.byFacts.sightings
        where row.note == payment.reference.text { rows[row.transactionID] = row }
        let all = rows.values.sorted { Doubt.isLower($0.transactionID, $1.transactionID) }
        for row in all where row.kind == payment.shownAs {
            compare(row, payment.reference, among: all)
        }
    }
}
