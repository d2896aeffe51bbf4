/// The customer of a transaction; its own `customerId` is the transaction's id, as printed.
///
/// Source: PayHub API, "Verify", the GET sample.
internal enum CustomerResource {
    static func json(_ envelope: Envelope) -> JSONValue? {
        guard let customer = envelope.entry.customer else { return nil }
        let id = envelope.entry.id
        return envelope.members(id: id, metaData: customer.metaData).adding([
            "first_name": .string(customer.firstName),
            "last_name": .string(customer.lastName),
            "email_address": .optional(customer.email),
            "phone_number": .optional(customer.phoneNumber),
            "phone_ext": .optional(customer.phoneExtension),
            "phone_type": .optional(customer.phoneType),
            "company_name": .optional(customer.companyName),
            "job_title": .optional(customer.jobTitle),
            "web_address": .optional(customer.webAddress),
            "customerReference": envelope.customerReference,
            "customerId": .number(id),
        ])
    }
}
