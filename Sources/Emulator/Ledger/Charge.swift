/// What one transaction comes to for the cardholder: the judge's view.
package struct Charge: Equatable, Sendable {
    /// The transaction's id.
    package let id: String
    /// A sale, an authorization, or a refund to a card without a transaction.
    package let kind: TransactionKind
    /// The reference in its bill's note.
    package let reference: String?
    /// Cents that were charged at first; of an authorization what was captured.
    package let cents: Int
    /// Cents that are held and not charged.
    package let heldCents: Int
    /// Cents that were refunded.
    package let refundedCents: Int
    /// The void, if there is one.
    package let voidedBy: String?
    /// True when it is settled.
    package let isSettled: Bool
    /// Cents that the cardholder has paid in the end; below zero for a refund to a card.
    package let liveCents: Int

    /// True when the cardholder has paid something by it.
    package var isLive: Bool { liveCents > 0 }

    /// `nil` for what charges nothing: declines, verifications, captures, voids, linked refunds.
    internal init?(_ entry: LedgerEntry, in book: borrowing LedgerBook) {
        guard entry.answer.isApproval else { return nil }
        let isVoided = entry.voidedBy != nil
        switch entry.kind {
        case .sale:
            cents = entry.bill.totalCents
            heldCents = 0
        case .authOnly:
            cents = entry.capturedCents ?? 0
            heldCents = entry.capturedCents == nil && !isVoided ? entry.bill.totalCents : 0
        case .refund where entry.target == nil:
            cents = -entry.bill.totalCents
            heldCents = 0
        case .verify, .capture, .void, .refund: return nil
        }
        id = entry.id
        kind = entry.kind
        reference = entry.bill.note
        refundedCents = book.refundedCents(of: entry)
        voidedBy = entry.voidedBy
        isSettled = entry.isSettled
        liveCents = isVoided ? 0 : cents - refundedCents
    }

    /// The charge as the operator reads it.
    package var json: JSONValue {
        .members([
            "id": .string(id), "kind": .string(kind.rawValue), "cents": .integer(cents),
            "heldCents": .integer(heldCents), "refundedCents": .integer(refundedCents),
            "voidedBy": .optional(voidedBy), "settled": .boolean(isSettled),
            "liveCents": .integer(liveCents),
        ])
    }
}

extension Ledger {
    /// Every charge, voided and refunded ones too, in the order in which they were made.
    package var charges: [Charge] {
        read { book in
            let entries = book.entries
            var charges: [Charge] = []
            for entry in entries {
                if let charge = Charge(entry, in: book) { charges.append(charge) }
            }
            return charges
        }
    }
}
