/// The rules of `merchant`. Source: PayHub API, "Sale", "merchant".
internal enum MerchantRules {
    private static let members: Set<String> = [
        "organization_id", "terminal_id", "record_format", "metaData",
    ]

    /// Judges a request of the merchant to whom the token belongs; the terminal if it is one.
    static func judge(
        _ merchant: JSONValue?, of account: MerchantAccount, _ findings: inout Findings
    ) -> Int? {
        let merchant = merchant ?? .null
        findings.warn(ofUnknownMembersOf: merchant, known: members, at: "merchant")
        judgeOrganization(merchant["organization_id"], of: account, &findings)
        return terminal(merchant["terminal_id"], of: account, &findings)
    }

    private static func judgeOrganization(
        _ value: JSONValue?, of account: MerchantAccount, _ findings: inout Findings
    ) {
        let location = "merchant.organization_id"
        guard let value, value != .null else {
            findings.refuse(.organizationRequired, location)
            return
        }
        guard let number = identifier(value) else {
            findings.refuse(.invalidMerchant, location)
            return
        }
        if number != account.organization { findings.refuse(.wrongTokenForMerchant, location) }
    }

    private static func terminal(
        _ value: JSONValue?, of account: MerchantAccount, _ findings: inout Findings
    ) -> Int? {
        let location = "merchant.terminal_id"
        guard let value, value != .null else {
            findings.refuse(.terminalRequired, location)
            return nil
        }
        // The terminals of another organization are not ours to judge.
        let isOurs = !findings.violations.contains { $0.fault == .wrongTokenForMerchant }
        guard let number = identifier(value), !isOurs || account.terminals.contains(number)
        else {
            findings.refuse(.invalidTerminal, location)
            return nil
        }
        return number
    }

    /// A whole number from 0 up, as a number or as a text of digits.
    static func identifier(_ value: JSONValue) -> Int? {
        guard let text = value.numberText, !text.isEmpty,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(text)
    }
}
