/// Which mails the gateway sends to the merchant.
///
/// Source: PayHub API, "Email configuration".
public struct EmailConfiguration: Equatable, Sendable, GatewayRequest, Decodable {
    /// The form of a report that is mailed.
    public enum ReportForm: String, Equatable, Sendable, CaseIterable, Codable {
        case pdf = "0"
        case spreadsheet = "1"
    }

    /// A mail that can be switched; the raw value is its name at the gateway.
    public enum Mail: String, Equatable, Hashable, Sendable, CaseIterable {
        case recurringReport = "customRBReport"
        case batchReport = "customBatchReport"
        case receipts = "emailTrnReceipt"
        case passwordExpiry = "emailExpPsw"
        case recurringSucceeded = "emailRbSuccessTransaction"
        case recurringFailed = "emailRbFailTransaction"
        case batchSettled = "emailBatchSuccess"
        case batchNotSettled = "emailBatchFail"
    }

    /// What is mailed.
    public var mails: Set<Mail>
    /// The form of the report on recurring bills.
    public var recurringReportForm: ReportForm
    /// The form of the report on batches.
    public var batchReportForm: ReportForm

    /// A configuration.
    public init(
        mails: Set<Mail> = [], recurringReportForm: ReportForm = .pdf,
        batchReportForm: ReportForm = .pdf
    ) {
        self.mails = mails
        self.recurringReportForm = recurringReportForm
        self.batchReportForm = batchReportForm
    }

    private static let recurringFormName = "pdfOrCsvForRB"
    private static let batchFormName = "pdfOrCsvForBatch"

    /// Reads it; every member must be there.
    public init(from decoder: any Decoder) throws {
        let reader = try PathReader(decoder)
        recurringReportForm = try reader.value(Self.recurringFormName)
        batchReportForm = try reader.value(Self.batchFormName)
        mails = []
        for mail in Mail.allCases where try reader.value(mail.rawValue) { mails.insert(mail) }
    }

    /// Writes all of it.
    public func encode(to encoder: any Encoder) throws {
        let switches = Mail.allCases.map {
            PathValues.Entry($0.rawValue, mails.contains($0))
        }
        let forms = [
            PathValues.Entry(Self.recurringFormName, recurringReportForm),
            PathValues.Entry(Self.batchFormName, batchReportForm),
        ]
        try PathValues(entries: switches + forms).encode(to: encoder)
    }
}
