public import Values

/// A row of the gateway's table of response codes.
///
/// Source: PayHub API, "Response codes".
public struct ResponseCodeRow: Equatable, Sendable {
    /// The code as printed; `06*` is a row of its own that no answer carries.
    public let code: String
    /// The short text that a terminal shows.
    public let text: String
    /// What the code says, without the leading "Successful" or "Failed".
    public let description: String
    /// True where the description begins with "Successful".
    public let isApproval: Bool
}

/// Every response code that the gateway's document lists. An open set: answers carry others too.
///
/// Source: PayHub API, "Response codes" (51 rows, 4 of them approving).
public enum ResponseCodeTable {
    /// The row of a code, `nil` when the document does not list it.
    public static func row(for code: ResponseCode) -> ResponseCodeRow? { rowsByCode[code.text] }

    /// All rows in the document's order.
    public static let rows: [ResponseCodeRow] = [
        approving("00", "Approval", "Approved and completed"),
        failing("01", "Call", "Refer to issuer"),
        failing("02", "Call", "Refer to issuer-Special condition"),
        failing("03", "Term ID Error No Merchant", "Invalid Merchant ID"),
        failing("04", "Hold-call or Pick Up Card", "Pick up card (no fraud)"),
        failing("05", "Decline", "Do not honor"),
        failing("06", "Error XXXX", "General error"),
        failing("06*", "(Check Service Custom Text)", "Error response text from check service"),
        failing(
            "07", "Hold-call or Pick Up Card",
            "Pick up card, special condition (fraud account)"
        ),
        approving("08", "Approval", "Honor MasterCard with ID"),
        failing("10", "Partial Approval", "PayHub does not support partial approvals."),
        approving("11", "Approval", "VIP approval"),
        failing("12", "Invalid Trans", "Invalid transaction"),
        failing("13", "Amount Error", "Invalid amount"),
        failing("14", "Card No. Error", "Invalid card number"),
        failing("15", "No such Issuer", "No such issuer"),
        failing("19", "RE Enter", "Re-enter transaction"),
        failing("21", "No Action Taken", "Unable to back out transaction"),
        failing("28", "No Reply", "File is temporarily unavailable"),
        failing(
            "34", "Transaction Cancelled",
            "MasterCard use only, Transaction Cancelled; Fraud Concern "
                + "(Used in reversal requests only)"
        ),
        failing("39", "No Credit Acct", "No credit account"),
        failing("41", "Hold-call or Pick Up Card", "Lost card, pick up (fraud account)"),
        failing("43", "Hold-call or Pick Up Card", "Stolen card, pick up (fraud account)"),
        failing("51", "Decline", "Insufficient funds"),
        failing("52", "No Check Account", "No checking account"),
        failing("53", "No Save Account", "No savings account"),
        failing("54", "Expired Card", "Expired card"),
        failing("55", "Wrong PIN", "Incorrect PIN"),
        failing("57", "Serv not allowed", "Transaction not permitted-Card"),
        failing("58", "Serv not allowed", "Transaction not permitted-Terminal"),
        failing("59", "Serv not allowed", "Transaction not permitted-Merchant"),
        failing("61", "Declined", "Exceeds withdrawal limit"),
        failing("62", "Declined", "Invalid service code, restricted"),
        failing("63", "Sec Violation", "Security violation"),
        failing("65", "Declined", "Activity limit exceeded"),
        failing("75", "PIN Exceeded", "PIN tried exceeded"),
        failing("76", "Unsolicated Reversal", "Unable to locate, no match"),
        failing("77", "No Action Taken", "Inconsistent data, reversed, or repeat"),
        failing("78", "No Account", "No account"),
        failing("79", "Already Reversed", "Already reversed at switch"),
        failing("80", "Date Error", "Invalid date"),
        failing("81", "Encryption Error", "Cryptographic error"),
        failing("82", "Incorrect CVV", "CVV data is not correct"),
        failing("83", "Cannot Verify PIN", "Cannot verify PIN"),
        approving("85", "Card OK", "No reason to decline"),
        failing("86", "Cannot Verify PIN", "Cannot verify PIN"),
        failing("91", "No Reply", "Issuer or switch is unavailable"),
        failing("92", "Invalid Routing", "Destination not found"),
        failing("93", "Decline", "Violation, cannot complete"),
        failing("94", "Duplicate Trans", "Unable to locate, no match"),
        failing("96", "System Error", "System malfunction"),
    ]

    private static let rowsByCode = Dictionary(
        uniqueKeysWithValues: rows.map { ($0.code, $0) })

    private static func approving(
        _ code: String, _ text: String, _ description: String
    ) -> ResponseCodeRow {
        ResponseCodeRow(code: code, text: text, description: description, isApproval: true)
    }

    private static func failing(
        _ code: String, _ text: String, _ description: String
    ) -> ResponseCodeRow {
        ResponseCodeRow(code: code, text: text, description: description, isApproval: false)
    }
}
