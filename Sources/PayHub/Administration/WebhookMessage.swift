public import Values

/// A notification that the gateway has posted to the merchant's URL.
///
/// It has no signature: whoever gets one asks the gateway before acting on it. It may come twice,
/// late, or not at all.
///
/// Source: PayHub API, "Webhook", the two printed messages, which the table of fields contradicts.
public struct WebhookMessage: Equatable, Sendable, Decodable {
    /// What it tells of.
    public enum Event: Equatable, Sendable {
        case transaction(TransactionNotice)
        case batchSettled(BatchNotice)
        /// A kind that this program does not know, by the gateway's name.
        case other(String)
    }

    /// The URL that it was sent to, as the gateway has it.
    public let endpoint: String
    /// What it tells of.
    public let event: Event

    /// Reads a message.
    public init(from decoder: any Decoder) throws {
        let reader = try PathReader(decoder)
        endpoint = try reader.value("endpoint")
        let type: String = try reader.value("eventType")
        event =
            switch type {
            case "transaction": .transaction(try reader.value("event.type.transaction"))
            case "batch_settled": .batchSettled(try reader.value("event.type.batch_settled"))
            default: .other(type)
            }
    }
}

/// A transaction of which the gateway tells.
public struct TransactionNotice: Equatable, Sendable, Decodable {
    /// The transaction.
    public let transactionID: TransactionID
    /// What it is.
    public let type: ReportedType
    /// Where it came from.
    public let source: TransactionSource
    /// The merchant's organization.
    public let organizationID: Int
    /// The recurring bill that made it, `nil` when none did.
    public let recurringBillID: TransactionID?
    /// The response code; `nil` when blank.
    public let responseCode: ResponseCode?
    /// The gateway's text for it.
    public let responseText: String
    /// The card's last four digits.
    public let lastFour: LastFour?

    /// Reads it.
    public init(from decoder: any Decoder) throws {
        let reader = try PathReader(decoder)
        transactionID = try reader.value("transactionId")
        type = ReportedType(try reader.value("transactionType"))
        source = TransactionSource(try reader.value("source"))
        organizationID = try reader.value("orgId")
        let bill = try reader.find("recurringBillId", as: String.self) ?? ""
        recurringBillID = TransactionID(bill)
        let code = try reader.find("responseCode", as: String.self) ?? ""
        responseCode = ResponseCode(code)
        // Text that is there and says something else must not pass for none.
        guard code.isEmpty == (responseCode == nil), bill.isEmpty == (recurringBillID == nil)
        else { throw RecordFault.wrongForm(PathStep.text(decoder.codingPath)) }
        responseText = try reader.find("responseText") ?? ""
        lastFour = LastFour(of: try reader.find("cardObscured"))
    }
}

/// Where a transaction came from. An open set.
///
/// Source: PayHub API, "Webhook", `source`; "Transaction report", `source`.
public enum TransactionSource: Equatable, Hashable, Sendable {
    case virtualTerminal
    case api
    case recurring
    case mobile
    /// A word that is not known.
    case other(String)

    /// Reads the gateway's word.
    public init(_ text: String) {
        self = Self.known.first { $0.text == text } ?? .other(text)
    }

    /// The gateway's word.
    public var text: String {
        switch self {
        case .virtualTerminal: "Virtual Terminal"
        case .api: "3rd Party API"
        case .recurring: "Recurring"
        case .mobile: "Mobile VT"
        case .other(let text): text
        }
    }

    private static let known: [TransactionSource] = [
        .virtualTerminal, .api, .recurring, .mobile,
    ]
}

/// A batch that the gateway has settled.
public struct BatchNotice: Equatable, Sendable, Decodable {
    /// The batch's number.
    public let batchID: TransactionID
    /// When, as it is written.
    public let date: JavaDate
    /// What it comes to, in cents; below zero when more was refunded than charged.
    public let netCents: Int
    /// How many transactions were settled in it.
    public let transactionCount: Int
    /// The terminal, by the merchant's or the gateway's name.
    public let terminal: String
    /// The gateway's word for what became of it: `Settled`.
    public let status: String

    /// Reads it.
    public init(from decoder: any Decoder) throws {
        let reader = try PathReader(decoder)
        batchID = try reader.value("batch_id")
        let total: String = try reader.value("net_total")
        let isOwed = total.hasPrefix("-")
        guard let cents = Cents(dollars: isOwed ? String(total.dropFirst()) : total),
            let date = JavaDate(try reader.value("date"))
        else { throw RecordFault.wrongForm(PathStep.text(decoder.codingPath)) }
        netCents = isOwed ? -cents.value : cents.value
        self.date = date
        transactionCount = try reader.value("trans_count")
        terminal = try reader.find("terminal") ?? ""
        status = try reader.find("status") ?? ""
    }
}

/// A moment as Java's Date writes it, "Thu Oct 29 11:23:11 ART 2015": a local time and the short
/// name of a zone, which does not tell one zone from another.
///
/// Source: PayHub API, "Webhook", `date`.
public struct JavaDate: Equatable, Sendable, CustomStringConvertible {
    /// The text.
    public let text: String
    /// The local time in the form of the report.
    public let localTime: GatewayTime
    /// The zone's short name.
    public let zone: String

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Reads the form; `nil` when it is another.
    public init?(_ text: String) {
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 6, parts[2].utf8.count == 2, parts[5].utf8.count == 4,
            let month = Self.months.firstIndex(of: parts[1])
        else { return nil }
        let number = month + 1
        let day = "\(parts[5])-\(number < 10 ? "0" : "")\(number)-\(parts[2])"
        guard CivilDate(iso8601: day) != nil, let time = GatewayTime("\(day) \(parts[3])") else {
            return nil
        }
        self.text = text
        localTime = time
        zone = parts[4]
    }

    /// The text.
    public var description: String { text }
}
