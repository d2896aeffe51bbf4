/// Something on a lane that should not be: a person must look. Which it is and what it is about;
/// the words are in the catalogue of texts.
public enum LaneAlarm: Equatable, Hashable, Sendable {
    /// The gateway holds a payment of this lane that its journal never made.
    case neverMade(PaymentReference)
    /// The gateway holds a payment under another transaction than it told.
    case otherTransaction(PaymentReference, held: String)
    /// A payment was taken back, and the gateway shows it as charged.
    case takenBackYetCharged(PaymentReference)
    /// A payment is approved, and the gateway shows it as voided.
    case approvedYetVoided(PaymentReference)
    /// A payment is approved, and the gateway shows it as declined.
    case approvedYetDeclined(PaymentReference)
    /// The gateway holds a second transaction of a payment: it is being taken back.
    case secondCopy(PaymentReference, transaction: String)
    /// A transaction came after its payment was told as not charged: it is being taken back.
    case lateCharge(PaymentReference, transaction: String)
    /// It has not been known for long what became of a payment.
    case stillOpen(PaymentReference)
    /// The gateway shows another amount or merchant than was asked.
    case mismatch(PaymentReference)
    /// The gateway's report has no payment of this lane, though there are some.
    case reportEmpty
    /// A payment is in the gateway's list and not in its report.
    case listedNotReported(PaymentReference)
    /// A payment is approved, and neither the gateway's report nor its list has it.
    case inNeitherBook(PaymentReference)
    /// A payment is approved, and the gateway's report does not have it.
    case notReported(PaymentReference)
    /// The gateway refuses to take a transaction back that must be.
    case takeBackRefused(PaymentReference, transaction: String)
    /// A refund that was not wanted is settled: the customer has the money.
    case refundKept(PaymentReference, transaction: String)
    /// The journal cannot be read.
    case journalUnreadable(PaymentReference)

    /// The names of the alarms, which never change their meaning.
    public enum Code: String, Sendable, CaseIterable {
        case neverMade, otherTransaction, takenBackYetCharged, approvedYetVoided
        case approvedYetDeclined, secondCopy, lateCharge, stillOpen, mismatch, reportEmpty
        case listedNotReported, inNeitherBook, notReported, takeBackRefused, refundKept
        case journalUnreadable
    }

    /// Its name.
    public var code: Code {
        switch self {
        case .neverMade: .neverMade
        case .otherTransaction: .otherTransaction
        case .takenBackYetCharged: .takenBackYetCharged
        case .approvedYetVoided: .approvedYetVoided
        case .approvedYetDeclined: .approvedYetDeclined
        case .secondCopy: .secondCopy
        case .lateCharge: .lateCharge
        case .stillOpen: .stillOpen
        case .mismatch: .mismatch
        case .reportEmpty: .reportEmpty
        case .listedNotReported: .listedNotReported
        case .inNeitherBook: .inNeitherBook
        case .notReported: .notReported
        case .takeBackRefused: .takeBackRefused
        case .refundKept: .refundKept
        case .journalUnreadable: .journalUnreadable
        }
    }

    /// The payment that it is about.
    public var reference: PaymentReference? {
        switch self {
        case .neverMade(let reference), .otherTransaction(let reference, _),
            .takenBackYetCharged(let reference), .approvedYetVoided(let reference),
            .approvedYetDeclined(let reference), .secondCopy(let reference, _),
            .lateCharge(let reference, _), .stillOpen(let reference), .mismatch(let reference),
            .listedNotReported(let reference), .inNeitherBook(let reference),
            .notReported(let reference), .takeBackRefused(let reference, _),
            .refundKept(let reference, _), .journalUnreadable(let reference):
            reference
        case .reportEmpty: nil
        }
    }

    /// The gateway's transaction that it is about.
    public var transaction: String? {
        switch self {
        case .otherTransaction(_, let id), .secondCopy(_, let id), .lateCharge(_, let id),
            .takeBackRefused(_, let id), .refundKept(_, let id):
            id
        default: nil
        }
    }
}

/// Why a lane sells no more.
public enum LaneStop: Error, Equatable, Sendable {
    /// The journal cannot be written; what is wrong with it, for whoever mends it.
    case journal(String)
    /// The gateway's resource shows another amount or merchant than was asked.
    case mismatch(PaymentReference)

    /// The names of the stops, which never change their meaning.
    public enum Code: String, Sendable, CaseIterable {
        case journal, mismatch
    }

    /// Its name.
    public var code: Code {
        switch self {
        case .journal: .journal
        case .mismatch: .mismatch
        }
    }

    /// The payment that it is about.
    public var reference: PaymentReference? {
        switch self {
        case .journal: nil
        case .mismatch(let reference): reference
        }
    }

    /// What is wrong beneath, in the words of whoever mends it.
    public var detail: String? {
        switch self {
        case .journal(let fault): fault
        case .mismatch: nil
        }
    }
}
