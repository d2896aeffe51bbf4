internal import PayHub

/// A merchant's risk and fraud rules at work.
///
/// Source: PayHub API, "Risk and fraud settings": 1 ignores a rule, 2 processes and holds, 3
/// denies. What the document leaves open is our reading: a rule acts by its option alone; "below"
/// and "above" leave the limit out; hours and days are those of the gateway's local time and count
/// what was approved, this transaction with it; a mismatch counts from its limit on.
internal struct RiskPolicy: Sendable {
    private struct Measure {
        let rule: RiskRule
        let option: Int
        /// Cents, or transactions.
        let limit: Int
    }

    /// No rules.
    static let none = RiskPolicy(.initial)

    private let measures: [Measure]

    /// The rules that are not ignored.
    init(_ administration: Administration) {
        measures = RiskRule.allCases.compactMap { rule in
            let node = administration.risk.value(at: SettingsForm.path(rule.rawValue))
            guard let option = node?["option"].flatMap(MerchantRules.identifier), option != 1,
                let text = node?["value"]?.string
            else { return nil }
            let limit = rule.isCount ? Int(text) : AmountText.cents(text.filter { $0 != "$" })
            return limit.map { Measure(rule: rule, option: option, limit: $0) }
        }
    }

    /// True when a wrong CVV is left to the rule in place of the issuer: it is processed and held.
    func holdsWrongCVV(cents: Int) -> Bool {
        measures.contains {
            $0.rule == .cvvMismatch && $0.option == 2 && cents >= $0.limit
        }
    }

    /// What becomes of an approved sale, authorization or refund; `nil` when no rule meets it. To
    /// deny goes before to hold, and then the document's order.
    func status(of charge: RiskCharge, in book: borrowing LedgerBook) -> RiskStatus? {
        let met = measures.filter { isMet($0, by: charge, in: book) }
        let chosen = met.first { $0.option == 3 } ?? met.first
        return chosen.map { RiskStatus(rule: $0.rule.name, option: $0.option) }
    }

    private func isMet(
        _ measure: Measure, by charge: RiskCharge, in book: borrowing LedgerBook
    ) -> Bool {
        let (cents, limit) = (charge.cents, measure.limit)
        switch measure.rule {
        case .saleBelow: return !charge.isRefund && cents < limit
        case .saleAbove: return !charge.isRefund && cents > limit
        case .refundBelow: return charge.isRefund && cents < limit
        case .refundAbove: return charge.isRefund && cents > limit
        case .dayAmountAbove:
            return charge.volume(in: book, hours: 24).cents + cents > limit
        case .dayCountAbove: return charge.volume(in: book, hours: 24).count + 1 > limit
        case .hourCountAbove: return charge.volume(in: book, hours: 1).count + 1 > limit
        case .cvvMismatch: return charge.hasWrongCVV && cents >= limit
        case .streetAndZIPMismatch: return charge.address.isWrongWhole && cents >= limit
        case .streetMismatch: return charge.address.isWrongStreet && cents >= limit
        case .zipMismatch: return charge.address.isWrongZIP && cents >= limit
        }
    }
}

/// A transaction as the rules see it, before it is written down.
internal struct RiskCharge: Sendable {
    let organization: Int
    let isRefund: Bool
    let cents: Int
    let address: AddressComparison
    let hasWrongCVV: Bool
    let now: Timestamp

    /// A charge that the issuer approved; `nil` for a verification and for a decline.
    init?(_ order: Order, _ request: PaymentRequest, _ answer: IssuerAnswer, at now: Timestamp) {
        guard order.kind != .verify, answer.isApproval else { return nil }
        organization = order.organization
        isRefund = order.kind == .refund
        cents = request.bill.totalCents
        address = AddressComparison(request.card?.record.address)
        hasWrongCVV = answer.verificationResult == "N"
        self.now = now
    }

    /// The refund of a transaction; `nil` for a capture or void.
    init?(_ order: Order, _ request: FollowUpRequest, of target: LedgerEntry, at now: Timestamp) {
        guard order.kind == .refund else { return nil }
        organization = order.organization
        isRefund = true
        cents = request.bill?.totalCents ?? target.chargedCents ?? 0
        address = AddressComparison(nil)
        hasWrongCVV = false
        self.now = now
    }

    /// What the merchant's sales, authorizations and refunds of this local hour or day come to.
    fileprivate func volume(
        in book: borrowing LedgerBook, hours: Int
    ) -> (count: Int, cents: Int) {
        let begin = now.beginning(ofHours: hours).milliseconds
        var volume = (count: 0, cents: 0)
        for entry in book.entries.reversed() {
            // Entries stand in the order of their time.
            if entry.createdAt.milliseconds < begin { break }
            guard entry.organization == organization, entry.answer.isApproval,
                [.sale, .authOnly, .refund].contains(entry.kind), entry.voidedBy == nil
            else { continue }
            volume.count += 1
            volume.cents += entry.bill.totalCents
        }
        return volume
    }
}

extension Timestamp {
    /// The last local midnight, or with `hours` 1 the last full local hour.
    fileprivate func beginning(ofHours hours: Int) -> Timestamp {
        let span = hours * 3_600_000
        return adding(milliseconds: -(millisecondOfDay % span))
    }
}
