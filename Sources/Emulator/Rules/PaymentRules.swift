internal import Values

/// What a merchant's set-up asks of a request beyond the document's own rules.
package struct MerchantSettings: Equatable, Sendable {
    /// A swipe needs a customer too; without it, a walk-in swipe goes without.
    package var requiresCustomer = false
    /// A keyed card needs its CVV.
    package var requiresCVV = false
    /// Every card needs a ZIP (the merchant's AVS flag).
    package var requiresAVS = false
    /// A keyed card needs its address.
    package var requiresAddress = false

    /// The defaults.
    package init() {}
}

/// A request about a card that breaks no rule.
internal struct PaymentRequest: Sendable {
    let terminal: Int
    /// Of a verification a bill of nothing.
    let bill: BillRecord
    let card: JudgedCard?
    let customer: CustomerRecord?
    let recordFormat: RecordFormat?
    /// The recurring bill that makes it.
    var recurringBillID: String?
}

/// The rules of a sale, an authorization, a verification and a refund to a card.
///
/// Source: PayHub API, "Sale", "AuthOnly", "Verify", "Refund".
internal struct PaymentRules: Sendable {
    let account: MerchantAccount
    let settings: MerchantSettings
    let sources: CardSources
    let kind: TransactionKind

    private static let members: Set<String> = [
        "merchant", "customer", "card_data", "bill", "record_format", "metaData",
    ]

    /// Judges all of a body, so that one answer names every rule that it breaks; `nil` when it
    /// breaks one.
    func judge(
        _ body: JSONValue, _ findings: inout Findings
    ) throws(EmulatorError) -> PaymentRequest? {
        let members = kind == .refund ? Self.members.union(["transaction_id"]) : Self.members
        findings.warn(ofUnknownMembersOf: body, known: members, at: "the body")
        let terminal = MerchantRules.judge(body["merchant"], of: account, &findings)
        let format = format(of: body, &findings)
        // A sample of a verification sends a bill of nulls.
        let bill = kind == .verify ? BillRecord() : BillRules.judge(body["bill"], &findings)
        let rules = CardRules(sources: sources, settings: settings)
        let card = try rules.judge(body["card_data"], format: format, &findings)
        let isWalkIn = CardRules.entry(of: body["card_data"])?.isSwiped ?? true
        let customer = CustomerRules.judge(
            body["customer"], isRequired: settings.requiresCustomer || !isWalkIn, &findings)
        guard findings.violations.isEmpty, let terminal, let bill else { return nil }
        return PaymentRequest(
            terminal: terminal, bill: bill, card: card, customer: customer,
            recordFormat: format)
    }

    /// A verification has none; two samples send one.
    private func format(of body: JSONValue, _ findings: inout Findings) -> RecordFormat? {
        kind == .verify ? nil : RecordFormat.judge(body, &findings)
    }
}
