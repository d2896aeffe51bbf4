public import Values

/// A row of the gateway's table of error codes.
public struct ErrorCodeRow: Equatable, Sendable {
    /// The code as printed.
    public let code: String
    /// The name, spelled as the document spells it.
    public let name: String
    /// What it says, in a few words of ours: the document gives names only.
    public let meaning: String

    fileprivate init(_ code: String, _ name: String, _ meaning: String) {
        self.code = code
        self.name = name
        self.meaning = meaning
    }
}

/// The gateway's error codes. An open set: answers carry other codes too, and no text of the
/// document says when each occurs.
///
/// Source: PayHub API, "Error codes" (136 rows).
public enum ErrorCodeTable {
    /// The row of a code, `nil` when the document does not list it.
    public static func row(for code: ErrorCode) -> ErrorCodeRow? { rowsByCode[code.text] }

    /// The name of a code, `nil` when the document does not list it.
    public static func name(of code: ErrorCode) -> String? { row(for: code)?.name }

    /// All rows in the document's order.
    public static let rows = general + core + web

    private static let rowsByCode = Dictionary(
        uniqueKeysWithValues: rows.map { ($0.code, $0) })
}

extension ErrorCodeTable {
    /// Codes of one, two or another four digits.
    fileprivate static let general: [ErrorCodeRow] = [
        .init("00", "VALID_OPERATION", "the request was carried out"),
        .init("02", "CARD_NUMBER_MISSING_CODE", "the card's number is missing"),
        .init("1009", "INVALID_REFERENCE_NUMBER", "the reference number is not of the right form"),
    ]
}

extension ErrorCodeTable {
    /// Codes of the gateway's core.
    fileprivate static let core: [ErrorCodeRow] = [
        .init("4006", "INVALID_MERCHANT", "the organization id is no merchant's number"),
        .init("4007", "INVALID_TERMINAL", "the terminal id is no terminal of the merchant"),
        .init("4008", "INVALID_USER_NAME", "the user's name is not known"),
        .init("4009", "INVALID_USER_PASSWORD", "the user's password is wrong"),
        .init("4010", "INVALID_RECORD_FORMAT", "record_format names no way to pay"),
        .init("4011", "INACTIVE_TERMINAL", "the terminal is switched off"),
        .init(
            "4012", "INVALID_AUTHENTICATION",
            "the credentials are of no form that the gateway takes"),
        .init("4013", "INVALID_TRANSACTION_CD", "the transaction type is not one that there is"),
        .init(
            "4014", "INVALID_OFFLINE_APPROVAL_CD",
            "the approval code of an offline transaction is not of the right form"),
        .init(
            "4015", "INVALID_CARDHOLDER_ID_CODE",
            "the code that says how the cardholder proves who he is is unknown"),
        .init(
            "4016", "INVALID_CARD_HOLDER_ID_DATA",
            "what the cardholder proves who he is with is wrong"),
        .init(
            "4017", "INVALID_ACCOUNT_DATA_SOURCE",
            "how the card's data were taken is not one of the ways"),
        .init(
            "4018", "INVALID_CUSTOMER_DATA_FIELD",
            "a member of the customer has a value that it cannot have"),
        .init("4019", "INVALID_CVV_CODE", "cvv_code is neither Y nor N"),
        .init("4020", "INVALID_CVV_DATA", "the CVV has the wrong number of digits"),
        .init(
            "4021", "INVALID_TRANSACTION_AMOUNT",
            "the amount is missing, negative, too large or has more than two decimals"),
        .init(
            "4022", "INVALID_CARD_NUMBER",
            "the card number, track or token is not one that can be charged"),
        .init("4023", "INVALID_BATCH_ID", "the batch id is no number"),
        .init("4024", "INVALID_TRANSACTION_ID", "the transaction id is no number"),
        .init("4025", "INVALID_CARD_EXPIRY_DATE", "the expiry date is no month, or is past"),
        .init("4026", "INVALID_AVS_DATA_FLAG", "the address check is asked for in an unknown way"),
        .init("4027", "INVALID_CUSTOMER_ID", "no customer of the merchant has this id"),
        .init("4028", "INVALID_CUSTOMER_WEB", "the web address is not well formed"),
        .init("4029", "INVALID_CUSTOMER_EMAIL_ID", "the mail address is not well formed"),
        .init(
            "4030", "INVALID_CUSTOMER_BILLING_ADD_ZIP",
            "the ZIP of the billing address is not well formed"),
        .init(
            "4031", "INVALID_CUSTOMER_SHIPPING_ADD_ZIP",
            "the ZIP of the shipping address is not well formed"),
        .init("4032", "INACTIVE_MERCHANT", "the merchant is switched off"),
        .init("4033", "INVALID_TERMINAL_ORIGIN", "the terminal is not one for programs like this"),
        .init("4034", "INVALID_CARD_DATA_FOR_DEBIT", "the card cannot be read as a debit card"),
        .init(
            "4035", "INVALID_TRANSACTION_CODE_FOR_DEBIT",
            "a debit card cannot be used for this operation"),
        .init(
            "4036", "INVALID_CUSTOMER_ADDRESS",
            "a line of the address has a value that it cannot have"),
        .init(
            "4037", "INVALID_CUSTOMER_COMPANY_NAME",
            "the company's name has a value that it cannot have"),
        .init("4038", "INVALID_CUSTOMER_DATA", "customer is no object"),
        .init("4039", "INVALID_TRANSACTION_NOTE", "the note is too long or no plain text"),
        .init(
            "4040", "CARD_NOT_SUPPORT_CODE",
            "the card or its reader is of a kind that is not taken"),
        .init("4041", "CVV_REQUIRED_CODE", "the CVV is missing and this merchant asks for it"),
        .init("4042", "AVS_REQUIRED_CODE", "the ZIP is missing and this merchant asks for it"),
        .init(
            "4043", "CARD_REQUIRED_CODE",
            "there is no card: no token, number, track or encrypted block"),
        .init("4044", "EXPIRY_REQUIRED_CODE", "the expiry date is missing"),
        .init("4045", "TRACK_DATA_REQUIRED_CODE", "a track is missing where one is needed"),
        .init("4046", "CARD_TOKEN_GENRATION_FAILED_CODE", "a token for the card could not be made"),
        .init("4047", "PAYMENT_TYPE_REQUIRED_CODE", "how it is paid is missing"),
        .init("4048", "TRANSACTION_TYPE_REQUIRED_CODE", "the transaction type is missing"),
        .init("4049", "TRANSACTION_ID_REQUIRED_CODE", "the transaction id is missing"),
        .init("4050", "BATCH_ID_REQUIRED_CODE", "the batch id is missing"),
        .init("4051", "TERMINAL_ID_REQUIRED_CODE", "the terminal id is missing"),
        .init("4052", "ORGANIZATION_REQUIRED_CODE", "the organization id is missing"),
        .init("4053", "BATCH_TRANSACTION_NOT_FOUND_CODE", "the batch has no such transaction"),
        .init("4054", "ALREADY_SETTLED_BATCH_CODE", "the batch is settled already"),
        .init("4055", "DUPLICATE_BATCH_CODE", "there is a batch of that id already"),
        .init("4056", "BATCH_SETTLED_SUCCESSFULLY_CODE", "the batch was settled"),
        .init("4057", "BATCH_SETTLEMENT_FAILD_CODE", "the batch could not be settled"),
        .init("4058", "BATCH_REJECTED_CODE", "the batch was rejected"),
        .init(
            "4059", "NETWORK_UNAVAILABLE_CODE",
            "the network behind the gateway is not available"),
        .init(
            "4060", "UNABLE_TO_BUILT_REQUEST_CODE",
            "the gateway could not make its own request to the network"),
        .init(
            "4061", "RECORD_NOT_FOUND_CODE",
            "there is no such entry, or none that this can be done to"),
        .init("4062", "RECURRING_SAVED_CODE", "the recurring bill was saved"),
        .init("4063", "RECURRING_SAVING_FAILED_CODE", "the recurring bill could not be saved"),
        .init("4064", "RECURRING_UPDATION_CODE", "the recurring bill was changed"),
        .init("4065", "RECURRING_UPDATION_FAILED_CODE", "the recurring bill could not be changed"),
        .init(
            "4066", "RECURRING_STATUS_CHANGED_SUCCESSFULLY",
            "the status of the recurring bill was changed"),
        .init(
            "4067", "RECURRING_STATUS_CHANGING_FAILED",
            "the status of the recurring bill could not be changed"),
        .init("4068", "INVALID_TRANSACTION_ID_CODE", "no transaction of the merchant has this id"),
        .init("4069", "TRANSACTION_ALREADY_VOIDED_CODE", "the transaction is voided already"),
        .init("4070", "CARD_TYPE_REQUIRED_CODE", "the type of card is missing"),
        .init("4071", "INVALID_BATCH_NO_CODE", "the batch number is not one of the merchant's"),
        .init("4072", "TRANSACTION_ALREADY_REFUNDED_CODE", "the transaction is refunded already"),
        .init("4073", "UNABLE_TO_VOID_CODE", "the transaction cannot be voided"),
        .init(
            "4074", "UNABLE_TO_REFUND_CODE",
            "the transaction cannot be refunded, or not for so much"),
        .init(
            "4075", "UNABLE_TO_CAPTURE_CODE",
            "the authorization cannot be captured, or not for so much"),
        .init("4076", "CAPTURED_TRANSACTION_SENT_CODE", "the capture was sent"),
        .init("4077", "CAPTURED_TRANSACTION_FAILED_CODE", "the capture was sent and failed"),
        .init("4078", "INVALID_INVOICE_NUMBER", "the invoice number is too long or no text"),
        .init("4080", "INVALID_BILL_TYPE_CODE", "the kind of schedule is not one that there is"),
        .init(
            "4081", "INVALID_BILL_GENERATION_SPAN_CODE",
            "the interval between bills is not a whole number from 1 up"),
        .init("4082", "INVALID_END_DATE_TYPE_CODE", "how the schedule ends is not one of the ways"),
        .init(
            "4083", "INVALID_END_BILL_COUNT_CODE",
            "the number of bills after which it ends is not a whole number from 1 up"),
        .init("4084", "INVALID_END_BILL_DATE_CODE", "the day on which the schedule ends is no day"),
        .init(
            "4085", "INVALID_WEEK_DAYS_CODE",
            "the days of the week are missing or not of the week"),
        .init(
            "4086", "INVALID_MONTHLY_TYPE_CODE",
            "the kind of monthly schedule is not one that there is"),
        .init(
            "4087", "INVALID_MONTHLY_WEEK_DAYS_CODE",
            "the day of the week of a monthly schedule is not 1 to 7"),
        .init(
            "4088", "INVALID_MONTHLY_DAYS_POSSION_CODE",
            "the position in the month is not 1 to 5"),
        .init(
            "4089", "INVALID_MONTHLY_DAYS_CODE",
            "the days of the month are missing or not 1 to 32"),
        .init(
            "4090", "INVALID_START_DATE_CODE",
            "the day on which the schedule starts is missing or no day"),
        .init(
            "4091", "INVALID_SPECIFIC_DATES_CODE",
            "the dates of the schedule are missing, no days, or past"),
        .init("4092", "SPECIFIC_SAME_DATES_CODE", "a date stands twice in the schedule"),
        .init("4093", "INVALID_RECURRING_DATA_CODE", "the recurring bill is not whole"),
        .init("4094", "END_BILL_DATE_BEFORE_START_CODE", "the schedule ends before it starts"),
        .init(
            "4095", "CARD_HOLDER_DATA_REQUIRED_CODE",
            "what is known of the cardholder is missing"),
        .init(
            "4096", "CARD_HOLDER_CODE_REQUIRED_CODE",
            "the code that says how the cardholder proves who he is is missing"),
        .init("4097", "INVALID_STATUS_CODE", "the status is not one that can be set"),
        .init("4098", "UNABLE_TO_CHANGE_STATUS", "the status cannot be changed"),
        .init("4099", "CARD_VALIDATION_FAILED_CODE", "the card was not found good"),
        .init(
            "4100", "RECURRING_CIS_FAILED_CODE",
            "the recurring bill could not be handed to the card store"),
        .init(
            "4101", "UNABLE_BUILT_RECURRING_FILTER__CODE",
            "a filter on recurring bills cannot be understood"),
        .init("4103", "UNABLE_TO_BUILT_NEXT_BILL_CODE", "the schedule has no next bill"),
    ]
}

extension ErrorCodeTable {
    /// Codes of its web service.
    fileprivate static let web: [ErrorCodeRow] = [
        .init("4501", "INVALID_PHONE_TYPE", "the kind of phone is not H, W or M"),
        .init("4502", "INVALID_PHONE_NUMBER", "the phone number is not well formed"),
        .init("4503", "INVALID_ZIP_CODE", "the ZIP is not five digits, or five and four"),
        .init("4504", "INVALID_STATE_CODE", "the state is not one of the United States"),
        .init("4505", "INVALID_INTERVAL_TYPE", "the kind of schedule is not M, D, Y, W or S"),
        .init(
            "4506", "INVALID_END_DATE",
            "the day on which the schedule ends is missing or no day"),
        .init(
            "4507", "INVALID_BILL_WEEKLY_DAYS",
            "the days of a weekly schedule are missing or not SUN to SAT"),
        .init("4508", "INVALID_YEAR_MONTH_DAYS", "the day of a yearly schedule is not 1 to 31"),
        .init(
            "4509", "INVALID_YEAR_BILL_ON_MONTH_NO",
            "the month of a yearly schedule is not 1 to 12"),
        .init("4510", "INVALID_MONTHLY_BILL_TYPE", "the kind of monthly schedule is not O or E"),
        .init(
            "4511", "INVALID_MDAYS_POSITION",
            "the position in the month is missing or not 1 to 5"),
        .init(
            "4512", "INVALID_MDAYS",
            "the day of the week of a monthly schedule is missing or not 1 to 7"),
        .init(
            "4513", "INVALID_MDAY_EACH_POSITIONS",
            "the days of the month are missing or not 1 to 32"),
        .init(
            "4514", "INCONSISTENT_SCHEDULE_FIELDS",
            "members of the schedule do not belong together"),
        .init("4515", "ACCOUNT_IS_NOT_ADMINISTRATOR", "the account is not an administrator's"),
        .init(
            "4516", "INCONSISTENT_CARD_DATA_FIELDS",
            "the sources of card data contradict each other"),
        .init("4517", "WRONG_OAUTH_TOKEN_FOR_MERCHANT", "the token belongs to another merchant"),
        .init(
            "4518", "NO_MERCHANT_ACCOUNT_FOR_OUTH_TOKEN_FOR_MERCHANT",
            "the token belongs to no merchant"),
        .init(
            "4519", "NO_SETUP_ACCOUNT_FOR_OUTH_TOKEN_FOR_MERCHANT",
            "the token's merchant is not set up"),
        .init(
            "4520", "NO_VT_CLIENT_ACCOUNT_FOR_OUTH_TOKEN_FOR_MERCHANT",
            "the token's merchant has no account at the virtual terminal"),
        .init("4521", "INVALID_CURRENCY_CODE", "the currency is not USD"),
        .init(
            "4522", "INVALID_RECURRING_BILL_STATUS_CHANGE_CODE",
            "the status cannot follow the one that the recurring bill has"),
        .init("4523", "INCONSISTENT_CURRENCIES", "the amounts are in several currencies"),
        .init("4524", "MISSING_PROPERTY_CODE", "a member that must be there is missing"),
        .init(
            "4525", "INCONSISTENT_CUSTOMER_DATA_CODE",
            "the customer has neither a mail address nor a phone number"),
        .init("4526", "DUPLICATE_DEVELOPER_CODE", "there is a developer of that name already"),
        .init(
            "9989", "METHOD_REQUEST_BODY_VALIDATION_ERROR_CODE",
            "a member has a value that it cannot have"),
        .init(
            "9990", "HTTP_NOT_READABLE_EXCEPTION_CODE",
            "the request has no body that could be read"),
        .init("9991", "JSONPARSE_EXCEPTION_CODE", "the body cannot be taken apart as JSON"),
        .init("9992", "MAPPING_EXCEPTION_CODE", "the body is no object of the expected form"),
        .init(
            "9993", "MEDIA_TYPE_NOT_SUPPORTED_CODE",
            "the body is not of a type that the gateway takes"),
        .init("9994", "METHOD_NOT_SUPPORTED_CODE", "the method is not one for this path"),
        .init("9995", "PAGE_NOT_FOUND_ERROR_CODE", "there is nothing at this path"),
        .init("9996", "ACCESS_DENIED_ERROR_CODE", "the account may not do this"),
        .init("9997", "JSON_SYNTAX_ERROR_CODE", "the body is no JSON"),
        .init("9998", "NOT_FOUND_ERROR_CODE", "there is no such resource"),
        .init("9999", "INTERNAL_SERVER_ERROR_CODE", "the gateway failed"),
    ]
}
