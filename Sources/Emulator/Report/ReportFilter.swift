internal import Values

/// What a report is asked for. Names are read in any case, with or without underscores.
///
/// Source: PayHub API, "Transaction report"; the document says both that names are case
/// sensitive and that they are not.
internal enum ReportField: String, CaseIterable, Sendable {
    case batchIdFrom, batchIdTo, transactionType, responseCode, amountFrom, amountTo
    case firstName, lastName, phoneNumber, email, trnDateFrom, trnDateTo, cardType
    case cardLast4Digits, cardToken, authAmountFrom, authAmountTo, swiped, source, note
    case transactionStatus, recurringBillId, customerId

    /// Reads a name.
    init?(name: String) {
        let plain = name.lowercased().filter { $0 != "_" }
        guard let field = Self.allCases.first(where: { $0.rawValue.lowercased() == plain }) else {
            return nil
        }
        self = field
    }

    /// What a value that it cannot have is refused with.
    var fault: GatewayFault {
        switch self {
        case .batchIdFrom, .batchIdTo: .invalidBatchID
        case .transactionType: .invalidTransactionType
        case .recurringBillId: .invalidRecurringFilter
        case .customerId: .invalidCustomerID
        default: .bodyInvalid
        }
    }

    /// True for the ends of a range, which have no lists.
    var isBound: Bool { rawValue.hasSuffix("From") || rawValue.hasSuffix("To") }
}

/// The filters of one request.
internal struct ReportFilter: Sendable {
    /// The texts by field, as they were given.
    private(set) var texts: [ReportField: String] = [:]
    /// The bounds in cents, batch numbers or milliseconds.
    private(set) var bounds: [ReportField: Int] = [:]

    /// Reads a request's body; what no filter is breaks a rule.
    init(_ body: JSONValue, offsetMinutes: Int, _ findings: inout Findings) {
        for member in body.members ?? [] where member.value != .null {
            guard let field = ReportField(name: member.name) else {
                findings.refuse(.bodyNotMapped, Self.location(of: member.name))
                continue
            }
            guard let text = member.value.filterText else {
                findings.refuse(.bodyInvalid, field.rawValue)
                continue
            }
            if field.isBound {
                bounds[field] = Self.bound(field, text, offsetMinutes)
            } else if Self.isValid(FilterList(text).values, for: field) {
                texts[field] = text
            }
            if bounds[field] == nil, texts[field] == nil {
                findings.refuse(field.fault, field.rawValue)
            }
        }
    }

    private static func bound(
        _ field: ReportField, _ text: String, _ offsetMinutes: Int
    ) -> Int? {
        switch field {
        case .amountFrom, .amountTo, .authAmountFrom, .authAmountTo: AmountText.cents(text)
        case .trnDateFrom, .trnDateTo:
            Timestamp(localText: text, offsetMinutes: offsetMinutes)?.milliseconds
        default: Int(text)
        }
    }

    /// False for a type of transaction that there is not, and for what is no number of a bill or
    /// customer; of a bill, "!" alone has an empty value.
    private static func isValid(_ values: [String], for field: ReportField) -> Bool {
        switch field {
        case .transactionType: values.allSatisfy(TransactionKind.isReportName)
        case .recurringBillId: values.allSatisfy { $0.allSatisfy(\.isWholeNumber) }
        case .customerId: values.allSatisfy { Int($0) != nil }
        default: true
        }
    }

    /// A name that could hold digits of a card is not repeated.
    private static func location(of name: String) -> String {
        let isPlain =
            name.utf8.count <= 40
            && name.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || $0 == 0x5F }
        return isPlain ? name : "(name withheld)"
    }

    /// True when a value lies between two bounds: both given they belong to the range, one alone
    /// does not ("greater than", "less than").
    func isBetween(_ value: Int, _ from: ReportField, _ to: ReportField) -> Bool {
        switch (bounds[from], bounds[to]) {
        case (nil, nil): true
        case (let low?, nil): value > low
        case (nil, let high?): value < high
        case (let low?, let high?): (min(low, high)...max(low, high)).contains(value) && low <= high
        }
    }
}

extension JSONValue {
    /// The text of a filter's value.
    fileprivate var filterText: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .boolean(let value): value ? "true" : "false"
        default: nil
        }
    }
}
