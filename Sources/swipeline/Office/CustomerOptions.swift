internal import ArgumentParser
internal import PayHub

/// Who is billed.
internal struct CustomerOptions: ParsableArguments {
    @Option(help: "The customer's first name.")
    var firstName: String?
    @Option(help: "The customer's last name.")
    var lastName: String?
    @Option(help: "The mail address, by which the gateway links customers.")
    var email: String?
    @Option(help: "The phone number, by which it links those without a mail address.")
    var phone: String?
    @Option(help: "The company.")
    var company: String?

    /// True when anything is said.
    var isGiven: Bool {
        firstName != nil || lastName != nil || email != nil || phone != nil || company != nil
    }

    /// The customer that is asked for: a new one, or that of a file with what is said changed.
    /// - Throws: ``Failure`` with exit code 2.
    func customer(changing old: Customer? = nil) throws -> Customer {
        var customer = old ?? Customer()
        if firstName != nil || lastName != nil {
            customer.name = (
                firstName ?? customer.name?.first ?? "", lastName ?? customer.name?.last ?? ""
            )
        }
        if let email { customer.emailAddress = email }
        if let phone { customer.phoneNumber = phone }
        if let company { customer.companyName = company }
        return customer
    }
}

extension Customer {
    /// A customer as a file has it.
    internal init(_ written: CustomerContent) {
        self.init(emailAddress: written.emailAddress, phoneNumber: written.phoneNumber)
        if written.firstName != nil || written.lastName != nil {
            name = (written.firstName ?? "", written.lastName ?? "")
        }
        companyName = written.companyName
        jobTitle = written.jobTitle
        webAddress = written.webAddress
        phoneExtension = written.phoneExtension
        phoneType = written.phoneType.flatMap { PhoneType(rawValue: $0) }
    }
}
