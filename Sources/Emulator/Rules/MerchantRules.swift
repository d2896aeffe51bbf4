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
        if number != account.organization {
            findings.refuse(.wrongTokenForMerchant, location)
        } else if account.standing == .inactive {
            findings.refuse(.inactiveMerchant, location)
        }
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
        guard let number = identifier(value) else {
            findings.refuse(.invalidTerminal, location)
            return nil
        }
        guard isOurs, let fault = fault(of: number, of: account) else { return number }
        findings.refuse(fault, location)
        return nil
    }

    /// Why a terminal of the organization cannot be used; `nil` when it can.
    private static func fault(of terminal: Int, of account: MerchantAccount) -> GatewayFault? {
        if account.inactiveTerminals.contains(terminal) { return .inactiveTerminal }
        if account.otherTerminals.contains(terminal) { return .terminalOfAnotherOrigin }
        return account.terminals.contains(terminal) ? nil : .invalidTerminal
    }

    /// A whole number from 0 up, as a number or as a text of digits.
    static func identifier(_ value: JSONValue) -> Int? {
        guard let text = value.numberText, !text.isEmpty,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(text)
    }
}
