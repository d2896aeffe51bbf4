/// How a payment is made. Source: PayHub API, "Sale", "record_format".
package enum RecordFormat: String, Equatable, Sendable, Codable {
    case creditCard = "CREDIT_CARD"
    case debitCard = "DEBIT_CARD"
    case cashPayment = "CASH_PAYMENT"

    /// Reads the member where the document or its samples put it: top level first, then inside
    /// `merchant`, then inside `customer`. "CC" of two samples is a credit card. `nil` when it is
    /// absent, null or refused; a credit card is meant then, unless it must be there.
    static func judge(
        _ body: JSONValue, isRequired: Bool = false, _ findings: inout Findings
    ) -> RecordFormat? {
        let places: KeyValuePairs = [
            "record_format": body["record_format"],
            "merchant.record_format": body["merchant"]?["record_format"],
            "customer.record_format": body["customer"]?["record_format"],
        ]
        for (location, value) in places {
            guard let value, value != .null else { continue }
            if value.string == "CC" { return .creditCard }
            if let format = value.string.flatMap(RecordFormat.init(rawValue:)) { return format }
            findings.refuse(.invalidRecordFormat, location)
            return nil
        }
        if isRequired { findings.refuse(.paymentTypeRequired, "record_format") }
        return nil
    }
}
