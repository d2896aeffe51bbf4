internal import PayHub
internal import Values

/// A request for a recurring bill that breaks no rule.
internal struct RecurringRequest: Sendable {
    let terminal: Int
    let bill: BillRecord
    let card: CardRecord
    let customer: CustomerRecord
    let schedule: BillingSchedule
    let metaData: RecurringBill.MetaData
}

/// The rules of a recurring bill.
///
/// Source: PayHub API, "Recurring Bill".
internal struct RecurringRules: Sendable {
    let account: MerchantAccount
    let settings: MerchantSettings
    let sources: CardSources

    private static let members: Set<String> = [
        "merchant", "customer", "card_data", "bill", "schedule", "metaData", "record_format",
    ]

    /// Judges all of a body; `nil` when it breaks a rule.
    func judge(
        _ body: JSONValue, _ findings: inout Findings
    ) throws(EmulatorError) -> RecurringRequest? {
        findings.warn(ofUnknownMembersOf: body, known: Self.members, at: "the body")
        let terminal = MerchantRules.judge(body["merchant"], of: account, &findings)
        let customer = CustomerRules.judge(body["customer"], isRequired: true, &findings)
        let card = try card(body["card_data"], &findings)
        let bill = BillRules.judge(body["bill"], &findings)
        let schedule = ScheduleRules.judge(body["schedule"], on: sources.today, &findings)
        guard findings.violations.isEmpty, let terminal, let customer, let card, let bill,
            let schedule
        else { return nil }
        let metaData = RecurringBill.MetaData(
            bill: body["metaData"] ?? .null, merchant: body["merchant"]?["metaData"] ?? .null,
            schedule: body["schedule"]?["metaData"] ?? .null)
        return RecurringRequest(
            terminal: terminal, bill: bill, card: card, customer: customer, schedule: schedule,
            metaData: metaData)
    }

    /// Judges the card and asks its issuer, without an amount.
    func card(
        _ value: JSONValue?, _ findings: inout Findings
    ) throws(EmulatorError) -> CardRecord? {
        let earlier = findings.violations.count
        let rules = CardRules(sources: sources, settings: settings)
        let judged = try rules.judge(value, format: nil, &findings)
        guard let judged, findings.violations.count == earlier else { return nil }
        if judged.record.entry.isSwiped { findings.warn("a swipe for a recurring bill") }
        guard Issuer.decide(judged, cents: 0, sequence: 0).isApproval else {
            findings.refuse(.cardValidationFailed, "card_data")
            return nil
        }
        return judged.record
    }
}
