/// What may follow a transaction, and with which code it is refused.
///
/// Source: PayHub API, "Capture", "Void", "Refund", "Error codes"; which code tells what is our
/// reading.
internal struct TransactionLife {
    private let entry: LedgerEntry
    private let refundedCents: Int
    private let faults: ActiveFaults

    init(of entry: LedgerEntry, in book: borrowing LedgerBook, _ faults: ActiveFaults) {
        self.entry = entry
        refundedCents = book.refundedCents(of: entry)
        self.faults = faults
    }

    /// An authorization is captured once, for at most its amount.
    func capture(_ bill: BillRecord?) -> GatewayFault? {
        let cents = bill?.totalCents ?? entry.bill.totalCents
        let isOpen =
            entry.kind == .authOnly && entry.answer.isApproval && entry.voidedBy == nil
            && entry.capturedCents == nil
        return isOpen && cents <= entry.bill.totalCents ? nil : .unableToCapture
    }

    /// A sale, authorization or refund is voided once, before its batch is settled.
    func void() -> GatewayFault? {
        guard [.sale, .authOnly, .refund].contains(entry.kind) else { return .recordNotFound }
        if entry.voidedBy != nil {
            return faults.has(.secondVoidAccepted) ? nil : .alreadyVoided
        }
        if entry.isSettled {
            return faults.has(.settledVoidAs4054) ? .batchAlreadySettled : .unableToVoid
        }
        let isHeld = entry.kind == .authOnly && entry.capturedCents == nil
        if isHeld, faults.has(.authorizationVoidRefused) { return .unableToVoid }
        return entry.answer.isApproval && refundedCents == 0 ? nil : .unableToVoid
    }

    /// A charge is refunded up to its amount, in as many parts as one likes.
    func refund(_ bill: BillRecord?) -> GatewayFault? {
        guard [.sale, .authOnly].contains(entry.kind) else { return .recordNotFound }
        guard let charged = entry.chargedCents else { return .unableToRefund }
        if faults.has(.unsettledRefundRefused), !entry.isSettled { return .unableToRefund }
        let cents = bill?.totalCents ?? charged
        if cents <= charged - refundedCents || faults.has(.secondRefundAccepted) { return nil }
        return refundedCents == charged ? .alreadyRefunded : .unableToRefund
    }
}
