/// A transaction as the gateway's report or list shows it: what the reconciler judges by.
public struct Sighting: Equatable, Sendable {
    /// The gateway's id.
    public var transactionID: String
    /// What stands in the note; our reference, if it is ours.
    public var note: String?
    /// The amount in cents; `nil` when it cannot be read.
    public var cents: Int?
    /// What it is.
    public var kind = Kind.charge
    /// Approved, declined, or not readable.
    public var isApproved: Bool?
    /// The response code, if one is shown.
    public var responseCode: String?
    /// Taken back before settlement.
    public var isVoided = false
    /// Given back, wholly or in part.
    public var isRefunded = false
    /// An authorisation that was captured.
    public var isCaptured = false
    /// The last four digits of the card.
    public var lastFour: String?

    /// A charge of which only the id is known.
    public init(_ transactionID: String) { self.transactionID = transactionID }

    /// What a transaction is. The report does not name authorisations among its types, so whatever
    /// is no void, refund, verify or capture counts as a charge.
    public enum Kind: String, Equatable, Sendable, CaseIterable {
        case charge
        case void
        case refund
        case verify
        case capture
    }

    /// True while money that it moved or reserved is where it moved it.
    public var isLive: Bool {
        (kind == .charge || kind == .refund) && isApproved == true && !isVoided && !isRefunded
    }
}

/// One question to the report.
public enum ReportAnswer: Equatable, Sendable {
    /// The rows, in the gateway's order.
    case rows([Sighting])
    /// No answer that can be read.
    case failed

    /// The rows; none when there was no answer.
    public var sightings: [Sighting] {
        if case .rows(let rows) = self { rows } else { [] }
    }

    /// Whether it shows the transaction under this note.
    func shows(_ reference: String, _ transactionID: String?) -> Bool {
        sightings.contains {
            $0.note == reference && (transactionID == nil || $0.transactionID == transactionID)
        }
    }
}

/// One round of an inquiry: both shapes of question about the attempt, and the same two shapes
/// about an earlier transaction of ours that must be there: the positive control.
public struct InquiryRound: Equatable, Sendable {
    /// The attempt, by its note.
    public var byNote = ReportAnswer.failed
    /// The attempt, by amount, card and kind, its note compared by us.
    public var byFacts = ReportAnswer.failed
    /// The control, by its note.
    public var controlByNote = ReportAnswer.failed
    /// The control, by amount, card and kind.
    public var controlByFacts = ReportAnswer.failed

    /// A round without any answer.
    public init() {}
}
