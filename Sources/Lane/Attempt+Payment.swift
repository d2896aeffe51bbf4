internal import HotPath
internal import Journal
internal import PayHub
internal import Values

extension PaymentOrder {
    /// The order of an attempt that takes a card.
    init?(_ attempt: Attempt, merchant: Merchant) {
        let operation: PaymentOperation
        switch attempt.operation {
        case .sale: operation = .sale
        case .authOnly: operation = .authOnly
        case .verify: operation = .verify
        case .refund where attempt.isUnlinkedRefund: operation = .refund
        case .capture, .void, .refund: return nil
        }
        // A verify sends no bill; the order has one all the same.
        guard let amount = attempt.amount ?? (try? Amount(cents: 1)) else { return nil }
        self.init(
            operation: operation, merchant: merchant, amount: amount,
            reference: attempt.reference)
    }
}

extension AttemptFacts {
    /// What of a report may be kept.
    init(_ report: PaymentReport) {
        self.init()
        maskedPAN = report.maskedPAN
        brand = report.brand
        entry = report.entry?.rawValue
        switch report.outcome {
        case .approved(let approval):
            transactionID = approval.transactionID
            responseCode = approval.responseCode
            approvalCode = approval.approvalCode
        case .declined(let decline):
            transactionID = decline.transactionID
            responseCode = decline.responseCode
        case .rejected(let rejection): errorCodes = rejection.codes
        case .inDoubt(let doubt): transactionID = doubt.transactionID
        case .notSent, .badRead, .refused: break
        }
    }
}

extension Attempt {
    /// Whether the gateway shows it as swiped, if it shows it at all.
    var isSwiped: Bool {
        takesCard && !(facts.entry.map(Self.unswiped.contains) ?? false)
    }

    /// Whether the report shows it only where it is asked for what was not swiped.
    var isShownUnswiped: Bool { takesCard ? !isSwiped : operation == .refund }

    private static let unswiped: Set<String> = [
        PaymentReport.Entry.keyed.rawValue, PaymentReport.Entry.token.rawValue,
    ]
}

extension Attempt {
    /// What the report shows it as, if it moves money by a card.
    var shownAs: Sighting.Kind { operation == .refund ? .refund : .charge }
}
