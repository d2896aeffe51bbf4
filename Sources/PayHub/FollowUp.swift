public import Values

/// What is done with a transaction after it was made: by its id, without a card. Each goes out at
/// most once; whether it may be repeated stands at each case.
///
/// Source: PayHub API, "Capture", "Void" and "Refund".
public enum FollowUp: Equatable, Sendable {
    /// Settles an authorisation: as authorised, or for the amount of a new bill, never a higher
    /// one. Repeated, it is refused (4075), as it is when it cannot be captured at all.
    case capture(TransactionID, bill: Bill? = nil)
    /// Cancels what is not settled. Repeated, it says that it is voided (4069).
    case void(TransactionID)
    /// Gives back a sale: all of it, or the amount of a bill. Repeated in full, it says that it is
    /// refunded (4072). A part may be given back twice: its bill's note must name it, so that the
    /// report can be asked before it is repeated.
    case refund(TransactionID, bill: Bill? = nil, format: RecordFormat = .creditCard)

    /// What it makes.
    public var kind: ResourceKind {
        switch self {
        case .capture: .capture
        case .void: .void
        case .refund: .refund
        }
    }

    /// The transaction that it is done with.
    public var transactionID: TransactionID {
        switch self {
        case .capture(let id, _), .void(let id), .refund(let id, _, _): id
        }
    }

    /// The amount and note that go out with it.
    internal var bill: Bill? {
        switch self {
        case .capture(_, let bill), .refund(_, let bill, _): bill
        case .void: nil
        }
    }
}

extension Bill {
    /// A bill of one amount whose note, and invoice number, name it.
    public init(base: Amount, reference: PaymentReference) {
        self.init(base: base)
        note = reference.text
        invoiceNumber = reference.text
    }
}
