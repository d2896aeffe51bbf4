internal import PayHub
internal import Values

/// The error codes that the emulator answers with. Which rule has which code is our reading: the
/// document lists names only.
///
/// Source: PayHub API, "Error codes".
package enum GatewayFault: String, CaseIterable, Sendable {
    case cardNumberMissing = "02"
    case invalidMerchant = "4006"
    case invalidTerminal = "4007"
    case invalidRecordFormat = "4010"
    case invalidCustomerField = "4018"
    case invalidCVVCode = "4019"
    case invalidCVV = "4020"
    case invalidAmount = "4021"
    case invalidCardNumber = "4022"
    case invalidTransactionID = "4024"
    case invalidExpiry = "4025"
    case invalidWebAddress = "4028"
    case invalidEmail = "4029"
    case invalidAddress = "4036"
    case invalidCompanyName = "4037"
    case invalidCustomer = "4038"
    case invalidNote = "4039"
    case cardNotSupported = "4040"
    case cvvRequired = "4041"
    case avsRequired = "4042"
    case cardRequired = "4043"
    case expiryRequired = "4044"
    case trackDataRequired = "4045"
    case transactionIDRequired = "4049"
    case terminalRequired = "4051"
    case organizationRequired = "4052"
    case batchAlreadySettled = "4054"
    case recordNotFound = "4061"
    case recurringUpdateFailed = "4065"
    case unknownTransactionID = "4068"
    case alreadyVoided = "4069"
    case alreadyRefunded = "4072"
    case unableToVoid = "4073"
    case unableToRefund = "4074"
    case unableToCapture = "4075"
    case invalidInvoiceNumber = "4078"
    case invalidInterval = "4081"
    case invalidEndType = "4082"
    case invalidEndCount = "4083"
    case invalidStartDate = "4090"
    case invalidSpecificDates = "4091"
    case sameSpecificDates = "4092"
    case invalidRecurringData = "4093"
    case endBeforeStart = "4094"
    case invalidStatus = "4097"
    case cardValidationFailed = "4099"
    case noNextBill = "4103"
    case invalidPhoneType = "4501"
    case invalidPhoneNumber = "4502"
    case invalidZIP = "4503"
    case invalidState = "4504"
    case invalidScheduleType = "4505"
    case invalidEndDate = "4506"
    case invalidWeekdays = "4507"
    case invalidDayOfYear = "4508"
    case invalidMonthOfYear = "4509"
    case invalidMonthlyType = "4510"
    case invalidDayPosition = "4511"
    case invalidDayOfWeek = "4512"
    case invalidDaysOfMonth = "4513"
    case inconsistentSchedule = "4514"
    case inconsistentCardData = "4516"
    case wrongTokenForMerchant = "4517"
    case invalidCurrency = "4521"
    case forbiddenStatusChange = "4522"
    case inconsistentCurrencies = "4523"
    case missingProperty = "4524"
    case inconsistentCustomerData = "4525"
    case bodyInvalid = "9989"
    case bodyNotReadable = "9990"
    case bodyNotMapped = "9992"
    case mediaTypeNotSupported = "9993"
    case methodNotSupported = "9994"
    case pageNotFound = "9995"
    case jsonSyntax = "9997"
    case notFound = "9998"
    case internalError = "9999"

    /// The name that the document gives the code.
    package var name: String {
        ErrorCode(rawValue).flatMap { ErrorCodeTable.name(of: $0) } ?? rawValue
    }
}

/// A rule that a request breaks, and the member that breaks it; never the member's value.
package struct Violation: Equatable, Sendable {
    /// The code of the rule.
    package let fault: GatewayFault
    /// The member's name, with the objects around it: `card_data.cvv_data`.
    package let location: String
}

/// What the rules find in one request.
package struct Findings: Equatable, Sendable {
    /// The rules that are broken, in the order in which they were found.
    package private(set) var violations: [Violation] = []
    /// What is tolerated and told to the log: names of members, never values.
    package private(set) var warnings: [String] = []

    /// Nothing found.
    package init() {}

    /// Notes a broken rule once for each member.
    package mutating func refuse(_ fault: GatewayFault, _ location: String) {
        let violation = Violation(fault: fault, location: location)
        if !violations.contains(violation) { violations.append(violation) }
    }

    /// Notes something that is tolerated.
    package mutating func warn(_ text: String) { warnings.append(text) }

    /// Notes the members of an object that no rule knows. A name that could hold digits of a card
    /// is not repeated.
    package mutating func warn(
        ofUnknownMembersOf object: JSONValue, known: Set<String>, at location: String
    ) {
        for member in object.members ?? [] where !known.contains(member.name) {
            let isPlain =
                member.name.utf8.count <= 40
                && member.name.utf8.allSatisfy {
                    (0x61...0x7A).contains($0) || $0 == 0x5F || $0 == 0x20
                }
            warn("unknown member \(isPlain ? member.name : "(name withheld)") in \(location)")
        }
    }
}
