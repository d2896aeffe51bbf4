public import Secrets
public import Values

/// What the transactions of a report have in common. Everything is optional and narrows; what is
/// given goes out as text. The gateway may ignore or cut a filter: what comes back is to be
/// compared again.
///
/// In the gateway's filters `;` stands between values and `!` before one that is not wanted, and
/// nothing escapes them; a value with either is refused when the request is written.
///
/// Source: PayHub API, "Transaction report", filters.
public struct ReportFilter: Equatable, Sendable {
    /// The batch's number.
    public var batches: ReportRange<Int>?
    /// What it is.
    public var types: ReportChoice<ReportedType>?
    /// The response code.
    public var responseCodes: ReportChoice<ResponseCode>?
    /// The amount.
    public var amounts: ReportRange<Cents>?
    /// What the customer's first name contains.
    public var firstNames: ReportChoice<String>?
    /// What the customer's last name contains.
    public var lastNames: ReportChoice<String>?
    /// What the customer's phone number contains.
    public var phoneNumbers: ReportChoice<String>?
    /// What the customer's mail address contains.
    public var mailAddresses: ReportChoice<String>?
    /// When, in the gateway's own time.
    public var times: ReportRange<GatewayTime>?
    /// The card's brand in the gateway's words: MasterCard, Visa, Discover, Amex, Diners, JCB.
    public var cardTypes: ReportChoice<String>?
    /// The card's last four digits.
    public var lastFours: ReportChoice<LastFour>?
    /// The card's token.
    public var cardTokens: ReportChoice<KeptSecret>?
    /// The amount that the issuer was asked for.
    public var authorizedAmounts: ReportRange<Cents>?
    /// Swiped, or keyed.
    public var swiped: Bool?
    /// Where it came from, such as `3rd Party API`.
    public var sources: ReportChoice<String>?
    /// The bill's note: on sales of ours the reference alone.
    public var notes: ReportChoice<String>?
    /// The gateway's word for what became of it, such as `Approved`.
    public var statuses: ReportChoice<String>?
    /// The recurring bill that made it.
    public var recurringBills: ReportedBills?
    /// The customer's number.
    public var customers: ReportChoice<Int>?

    /// A filter of nothing yet; it is refused as long as it is empty.
    public init() {}

    /// What bears a reference of ours.
    public init(note reference: PaymentReference) { notes = .only(reference.text) }

    /// What looks like a payment of ours without its note: a cent around the amount, and swiped.
    public init(around amount: Amount, lastFour: LastFour?, swiped: Bool = true) {
        let (least, most) = (Cents(max(0, amount.cents - 1)), Cents(amount.cents + 1))
        if let least { amounts = most.map { ReportRange(least...$0) } ?? .above(least) }
        lastFours = lastFour.map { .only($0) }
        self.swiped = swiped
    }

    /// The filter in the gateway's names and the document's order.
    internal func members() throws(RequestFault) -> [(name: String, value: EncodedNode)] {
        var members = FilterMembers()
        members.add(("batchIdFrom", "batchIdTo"), batches)
        try members.add("transactionType", types)
        try members.add("responseCode", responseCodes)
        members.add(("amountFrom", "amountTo"), amounts)
        try members.add("firstName", firstNames)
        try members.add("lastName", lastNames)
        try members.add("phoneNumber", phoneNumbers)
        try members.add("email", mailAddresses)
        members.add(("trnDateFrom", "trnDateTo"), times)
        try members.add("cardType", cardTypes)
        try members.add("cardLast4Digits", lastFours)
        try members.add("cardToken", secrets: cardTokens)
        members.add(("authAmountFrom", "authAmountTo"), authorizedAmounts)
        if let swiped { members.add("swiped", plain: swiped ? "true" : "false") }
        try members.add("source", sources)
        try members.add("note", notes)
        try members.add("transactionStatus", statuses)
        switch recurringBills {
        case .ofAnyBill: members.add("recurringBillId", plain: "!")
        case .ofNoBill: members.add("recurringBillId", plain: "")
        case .bills(let bills): try members.add("recurringBillId", bills)
        case nil: break
        }
        try members.add("customerId", customers)
        guard !members.list.isEmpty else { throw .filterEmpty }
        return members.list
    }
}

/// What a row of the report is.
///
/// Source: PayHub API, "Transaction report" (Void, Sale, Refund, Verify); authorisations are named
/// in webhooks only. An open set.
public enum ReportedType: Equatable, Hashable, Sendable {
    case sale
    case authOnly
    case capture
    case void
    case refund
    case verify
    /// A word that is not known.
    case other(String)

    /// Reads the gateway's word, in any case.
    public init(_ text: String) {
        self = Self.known.first { $0.text.lowercased() == text.lowercased() } ?? .other(text)
    }

    /// The gateway's word.
    public var text: String {
        switch self {
        case .sale: "Sale"
        case .authOnly: "Authorization Only"
        case .capture: "Capture"
        case .void: "Void"
        case .refund: "Refund"
        case .verify: "Verify"
        case .other(let text): text
        }
    }

    private static let known: [ReportedType] = [
        .sale, .authOnly, .capture, .void, .refund, .verify,
    ]
}

/// A moment as the report writes it, `yyyy-MM-dd HH:mm:ss`, in the gateway's own time, whose zone
/// the document does not name.
///
/// Source: PayHub API, "Transaction report", trnDateFrom.
public struct GatewayTime: Comparable, Hashable, Sendable, CustomStringConvertible {
    /// The 19 characters.
    public let text: String

    /// Reads the form; `nil` when it is another.
    public init?(_ text: String) {
        let form = Array("0000-00-00 00:00:00".utf8)
        guard text.utf8.count == form.count,
            zip(text.utf8, form).allSatisfy({ byte, wanted in
                wanted == UInt8(ascii: "0") ? (0x30...0x39).contains(byte) : byte == wanted
            })
        else { return nil }
        self.text = text
    }

    /// The moment so many seconds after 1970 by its own zone; `nil` beyond the year 9999.
    public init?(seconds: Int) {
        let rest = (seconds % 86_400 + 86_400) % 86_400
        let day = CivilDate(daysSinceEpoch: (seconds - rest) / 86_400)
        let clock = [rest / 3600, rest / 60 % 60, rest % 60]
            .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        self.init("\(day.iso8601) \(clock)")
    }

    /// The 19 characters.
    public var description: String { text }
    /// Orders by time.
    public static func < (one: GatewayTime, other: GatewayTime) -> Bool { one.text < other.text }
}
