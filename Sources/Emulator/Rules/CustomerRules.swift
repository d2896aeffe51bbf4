internal import Values

/// The rules of `customer`. Source: PayHub API, "Sale", "customer".
internal enum CustomerRules {
    private static let members: Set<String> = [
        "first_name", "last_name", "company_name", "job_title", "email_address", "web_address",
        "phone_number", "phone_ext", "phone_type", "record_format", "metaData",
    ]

    /// Judges a customer that may be absent when a card was swiped; the customer, if there is one.
    static func judge(
        _ value: JSONValue?, isRequired: Bool, _ findings: inout Findings
    ) -> CustomerRecord? {
        guard let value, value != .null else {
            if isRequired { findings.refuse(.missingProperty, "customer") }
            return nil
        }
        guard value.members != nil else {
            findings.refuse(.invalidCustomer, "customer")
            return nil
        }
        findings.warn(ofUnknownMembersOf: value, known: members, at: "customer")
        var customer = CustomerRecord()
        customer.firstName = name("first_name", of: value, &findings)
        customer.lastName = name("last_name", of: value, &findings)
        readContact(of: value, into: &customer, &findings)
        customer.companyName = text(
            "company_name", of: value, else: .invalidCompanyName, &findings)
        customer.jobTitle = text("job_title", of: value, &findings)
        customer.metaData = value["metaData"] ?? .null
        return customer
    }

    private static func readContact(
        of value: JSONValue, into customer: inout CustomerRecord, _ findings: inout Findings
    ) {
        customer.email = text(
            "email_address", of: value, else: .invalidEmail, where: isEmail, &findings)
        customer.phoneNumber = text(
            "phone_number", of: value, else: .invalidPhoneNumber, where: isPhone, &findings)
        customer.phoneExtension = text("phone_ext", of: value, &findings)
        customer.phoneType = text(
            "phone_type", of: value, else: .invalidPhoneType,
            where: { ["H", "W", "M"].contains($0) }, &findings)
        customer.webAddress = text(
            "web_address", of: value, else: .invalidWebAddress, where: isWebAddress, &findings)
        if isBlank(value["email_address"]), isBlank(value["phone_number"]) {
            findings.refuse(.inconsistentCustomerData, "customer")
        }
    }

    private static func name(
        _ member: String, of value: JSONValue, _ findings: inout Findings
    ) -> String {
        if isBlank(value[member]) {
            findings.refuse(.missingProperty, "customer.\(member)")
            return ""
        }
        return text(member, of: value, &findings) ?? ""
    }

    private static func text(
        _ member: String, of value: JSONValue, else fault: GatewayFault = .invalidCustomerField,
        where isValid: (String) -> Bool = { _ in true }, _ findings: inout Findings
    ) -> String? {
        guard let found = value[member], !isBlank(found) else { return nil }
        guard let text = found.string, text.utf8.count <= Limits.billTextBytesMaximum,
            isValid(text)
        else {
            findings.refuse(fault, "customer.\(member)")
            return nil
        }
        return text
    }

    private static func isBlank(_ value: JSONValue?) -> Bool {
        switch value {
        case nil, .null?: true
        case .string(let text)?: text.allSatisfy { $0 == " " }
        default: false
        }
    }

    /// The form of a mail address.
    static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && !text.contains(" ")
            && isHost(parts[1])
    }

    private static func isWebAddress(_ text: String) -> Bool {
        var rest = Substring(text)
        for scheme in ["http://", "https://"] where rest.hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
        }
        return isHost(rest.prefix { $0 != "/" && $0 != ":" && $0 != "?" })
            && !text.contains(" ")
    }

    private static func isHost(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                !label.isEmpty
                    && label.utf8.allSatisfy {
                        (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20)
                            || $0 == 0x2D
                    }
            }
    }

    private static func isPhone(_ text: String) -> Bool {
        let digits = text.utf8.count { (0x30...0x39).contains($0) }
        let others = text.filter { !$0.isASCII || !$0.isNumber }
        return (7...15).contains(digits) && others.allSatisfy { " ()+-.".contains($0) }
    }
}
