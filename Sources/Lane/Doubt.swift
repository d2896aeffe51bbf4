internal import Journal
internal import Timeline
internal import Values

/// What the lane keeps in memory about an attempt that is not at its end.
struct Doubt: Equatable, Sendable {
    /// From when the gateway's latest moment to commit is counted: the end of the sending, or the
    /// start of this process where that is not known.
    var since: Moment
    /// Since when it is open: what the alarm about its age counts from.
    let openSince: Moment
    /// When the next call about it is due.
    var next: Moment
    /// Calls in a row that did not help.
    var failures = 0
    /// When the first empty read that counts was asked for.
    var firstEmptyAt: Moment?
    /// True when its request may have left.
    var maySent: Bool
    /// True when the alarm about its age was given.
    var isAlarmed = false

    /// What one round of questions shows.
    enum Finding: Equatable {
        /// A live charge, or a refund or capture that is done, and further live ones.
        case done(Sighting, extra: [Sighting])
        /// Declined, and nothing live.
        case declined(Sighting)
        /// Charged and taken back.
        case takenBack(Sighting)
        /// Ours by its reference, with another amount.
        case mismatch(Sighting)
        /// Both questions show nothing, and both controls are there.
        case empty
        /// Both questions show nothing, but no control proves that they would.
        case noControl
        /// Not all questions were answered.
        case unread
    }

    /// Judges a round. Rows are compared with the reference here: a filter may be ignored, cut or
    /// read as "contains".
    static func judge(
        _ round: InquiryRound, attempt: Attempt, about: Attempt, control: Attempt?
    ) -> Finding {
        var seen: [String: Sighting] = [:]
        for row in round.byNote.sightings + round.byFacts.sightings
        where row.note == about.reference.text { seen[row.transactionID] = row }
        let rows = seen.values.sorted { isLower($0.transactionID, $1.transactionID) }
        if let finding = found(rows, attempt) { return finding }
        guard case .rows = round.byNote, case .rows = round.byFacts else { return .unread }
        guard let control else { return .noControl }
        let reference = control.reference.text
        let id = control.facts.transactionID
        return round.controlByNote.shows(reference, id)
            && round.controlByFacts.shows(reference, id) ? .empty : .noControl
    }

    private static func found(_ rows: [Sighting], _ attempt: Attempt) -> Finding? {
        switch attempt.operation {
        case .capture:
            return rows.first { $0.isCaptured && $0.transactionID == attempt.target }
                .map { .done($0, extra: []) }
        case .void:
            return rows.first { $0.isVoided && $0.transactionID == attempt.target }
                .map { .done($0, extra: []) }
        case .refund where !attempt.isUnlinkedRefund:
            return rows.first { $0.kind == .refund && $0.isApproved != false }
                .map { .done($0, extra: []) }
        case .verify: return nil
        case .sale, .authOnly, .refund: break
        }
        let own = rows.filter { $0.kind == attempt.shownAs }
        if let wrong = own.first(where: { $0.isLive && $0.cents != attempt.amount?.cents }) {
            return .mismatch(wrong)
        }
        let live = own.filter(\.isLive)
        if let first = live.first { return .done(first, extra: Array(live.dropFirst())) }
        if let back = own.first(where: { $0.isApproved == true }) { return .takenBack(back) }
        return own.first { $0.isApproved == false }.map { .declined($0) }
    }

    /// What a look at the report shows of a payment that was taken back.
    enum Remainder: Equatable {
        /// It, taken back, and nothing else of its reference that holds money.
        case nothing
        /// It still holds its money.
        case itself
        /// Further transactions of its reference hold money.
        case copies([Sighting])
        /// Not it, so nothing is proved.
        case notShown
        /// The questions were not answered.
        case unread
    }

    /// Judges a round about a payment that was taken back. Its own row is the control: a copy
    /// bears the same note, amount and card.
    static func remainder(_ round: InquiryRound, of attempt: Attempt) -> Remainder {
        guard case .rows(let byNote) = round.byNote, case .rows(let byFacts) = round.byFacts else {
            return .unread
        }
        var rows: [String: Sighting] = [:]
        for row in byNote + byFacts
        where row.note == attempt.reference.text && row.kind == attempt.shownAs {
            rows[row.transactionID] = row
        }
        let own = attempt.facts.transactionID.flatMap { rows.removeValue(forKey: $0) }
        let copies = rows.values.filter(\.isLive)
        if !copies.isEmpty {
            return .copies(copies.sorted { isLower($0.transactionID, $1.transactionID) })
        }
        guard let own else { return .notShown }
        return own.isLive ? .itself : .nothing
    }

    /// Orders ids: numbers by value, the rest by text.
    static func isLower(_ one: String, _ other: String) -> Bool {
        (one.utf8.count, one) < (other.utf8.count, other)
    }
}
