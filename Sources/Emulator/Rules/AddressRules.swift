internal import Values

/// The rules of the billing address. Source: PayHub API, "Sale", "card_data".
internal enum AddressRules {
    private static let states = Set(
        """
        AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ \
        NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI AA AE AP
        """.split(separator: " ").map(String.init))

    /// Judges the address members of `card_data`; a merchant may require the ZIP.
    static func judge(
        _ card: JSONValue, isRequired: Bool, _ findings: inout Findings
    ) -> BillingAddress {
        var address = BillingAddress()
        address.line1 = text("billing_address_1", of: card, else: .invalidAddress, &findings)
        address.line2 = text("billing_address_2", of: card, else: .invalidAddress, &findings)
        address.city = text("billing_city", of: card, else: .invalidAddress, &findings)
        address.state = text(
            "billing_state", of: card, else: .invalidState, where: states.contains, &findings)
        address.zip = text("billing_zip", of: card, else: .invalidZIP, where: isZIP, &findings)
        if isRequired, card["billing_zip"]?.string ?? "" == "" {
            findings.refuse(.avsRequired, "card_data.billing_zip")
        }
        return address
    }

    private static func text(
        _ member: String, of card: JSONValue, else fault: GatewayFault,
        where isValid: (String) -> Bool = { _ in true }, _ findings: inout Findings
    ) -> String? {
        guard let value = card[member], value != .null, value != .string("") else { return nil }
        guard let text = value.string, text.utf8.count <= Limits.billTextBytesMaximum,
            isValid(text)
        else {
            findings.refuse(fault, "card_data.\(member)")
            return nil
        }
        return text
    }

    /// Five digits, or five, a hyphen and four.
    private static func isZIP(_ text: String) -> Bool {
        let form = text.utf8.map { (0x30...0x39).contains($0) ? UInt8(ascii: "9") : $0 }
        return form == Array("99999".utf8) || form == Array("99999-9999".utf8)
    }
}
