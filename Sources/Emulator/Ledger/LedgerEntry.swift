/// One transaction that reached the issuer, approved or declined, or that followed another.
package struct LedgerEntry: Equatable, Sendable, Codable {
    /// The transaction's id, digits.
    package let id: String
    /// What it is.
    package let kind: TransactionKind
    /// The merchant's number.
    package let organization: Int
    /// The terminal's number.
    package let terminal: Int
    /// When it reached the issuer.
    package let createdAt: Timestamp
    /// What is charged; of a void the voided bill, of a verification nothing.
    package internal(set) var bill: BillRecord
    /// `nil` for cash.
    package internal(set) var card: CardRecord?
    /// `nil` for a walk-in.
    package internal(set) var customer: CustomerRecord?
    /// The customer's number, 0 when there is none.
    package let customerID: Int
    /// How it is paid, `nil` when the request did not say.
    package let recordFormat: RecordFormat?
    /// What the issuer said.
    package let answer: IssuerAnswer
    /// True when a client can read it by its id; a decline told as an error cannot be read.
    package let isReadable: Bool
    /// The id of the transaction that it captures, voids or refunds.
    package var target: String?
    /// True when a capture came with a bill of its own.
    package var hasOwnBill = true
    /// The batch that it settles with.
    package var batch = 0
    /// True once its batch is settled.
    package var isSettled = false
    /// The cents that were captured of an authorization.
    package var capturedCents: Int?
    /// The transaction that voided it.
    package var voidedBy: String?
    /// The transactions that refunded it.
    package var refundedBy: [String] = []
    /// When it changed last, `nil` when it never did.
    package var changedAt: Timestamp?
    /// The recurring bill that made it.
    package var recurringBillID: String?
    /// What a client keeps with it.
    package internal(set) var metaData: JSONValue?
}

extension LedgerEntry {
    /// The cents that the cardholder pays by it while it is live: an approved sale, or an
    /// authorization that was captured. `nil` when it charges nothing.
    package var chargedCents: Int? {
        guard answer.isApproval, voidedBy == nil else { return nil }
        switch kind {
        case .sale: return bill.totalCents
        case .authOnly: return capturedCents
        case .verify, .capture, .void, .refund: return nil
        }
    }

    /// True when the next settlement of its batch settles it.
    internal var settles: Bool {
        guard answer.isApproval, voidedBy == nil, !isSettled else { return false }
        return kind == .sale || kind == .refund || capturedCents != nil
    }

    /// Source: PayHub API, "Sale", the GET sample.
    internal var settlementStatus: String { isSettled ? "Settled" : "Not settled" }
}
