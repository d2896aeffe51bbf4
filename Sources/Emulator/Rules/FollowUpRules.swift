internal import Values

/// A request that follows a transaction (capture, void, linked refund) and breaks no rule.
internal struct FollowUpRequest: Sendable {
    let terminal: Int
    /// The id of the transaction that it follows.
    let target: String
    /// The bill that it brings, `nil` when it is for all of that transaction.
    let bill: BillRecord?
    let recordFormat: RecordFormat?
}

/// The rules of capture, void and linked refund.
///
/// Source: PayHub API, "Capture", "Void", "Refund".
internal struct FollowUpRules: Sendable {
    let account: MerchantAccount
    let settings: MerchantSettings
    let kind: TransactionKind

    private static let location = "transaction_id"

    /// True when a body names a transaction; a refund without one is for a card.
    static func isLinked(_ body: JSONValue) -> Bool {
        switch body[location] {
        case nil, .null?, .string("")?: false
        default: true
        }
    }

    private var members: Set<String> {
        switch kind {
        case .void: ["merchant", Self.location, "metaData"]
        case .capture: ["merchant", Self.location, "bill", "record_format", "metaData"]
        // A linked refund ignores card and customer, which samples send.
        default:
            [
                "merchant", Self.location, "bill", "record_format", "card_data", "customer",
                "metaData",
            ]
        }
    }

    /// Judges all of a body; `nil` when it breaks a rule.
    func judge(_ body: JSONValue, _ findings: inout Findings) -> FollowUpRequest? {
        findings.warn(ofUnknownMembersOf: body, known: members, at: "the body")
        let terminal = MerchantRules.judge(body["merchant"], of: account, &findings)
        let target = target(of: body, &findings)
        var format: RecordFormat?
        var bill: BillRecord?
        if kind != .void {
            let isRequired = kind == .refund && settings.requiresRecordFormat
            format = RecordFormat.judge(body, isRequired: isRequired, &findings)
            if let value = body["bill"], value != .null { bill = BillRules.judge(value, &findings) }
        }
        if kind == .refund, body["record_format"] == nil { findings.warn("no record_format") }
        guard findings.violations.isEmpty, let terminal, let target else { return nil }
        return FollowUpRequest(
            terminal: terminal, target: target, bill: bill, recordFormat: format)
    }

    private func target(of body: JSONValue, _ findings: inout Findings) -> String? {
        guard Self.isLinked(body), let value = body[Self.location] else {
            findings.refuse(.transactionIDRequired, Self.location)
            return nil
        }
        guard let text = value.numberText, text.utf8.count <= 18,
            MerchantRules.identifier(value) != nil
        else {
            findings.refuse(.invalidTransactionID, Self.location)
            return nil
        }
        return text
    }
}
