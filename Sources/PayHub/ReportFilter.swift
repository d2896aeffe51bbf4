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
    /// The bill's note: on sales of ours the reference alone.
    public var note: String?
    /// The amount in cents. The document leaves open whether bounds belong to it: ask wider.
    public var amountCents: ClosedRange<Int>?
    /// The card's last four digits.
    public var lastFour: LastFour?
    /// Swiped, or keyed.
    public var swiped: Bool?
    /// What it is.
    public var type: ReportedType?
    /// The response code.
    public var responseCode: ResponseCode?
    /// The gateway's word for what became of it, such as `Approved`.
    public var status: String?
    /// Not before this.
    public var from: GatewayTime?
    /// Not after this.
    public var to: GatewayTime?
    /// The batch's number.
    public var batches: ClosedRange<Int>?

    /// A filter of nothing yet; it is refused as long as it is empty.
    public init() {}

    /// What bears a reference of ours.
    public init(note reference: PaymentReference) { note = reference.text }

    /// What looks like a payment of ours without its note: a cent around the amount, and swiped.
    public init(around amount: Amount, lastFour: LastFour?, swiped: Bool = true) {
        amountCents = max(0, amount.cents - 1)...(amount.cents + 1)
        self.lastFour = lastFour
        self.swiped = swiped
    }

    /// The filter in the gateway's names.
    internal func members() throws(RequestFault) -> [(name: String, value: String)] {
        let members: [(String, String?)] = [
            ("note", note), ("amountFrom", amountCents.map { Self.dollars($0.lowerBound) }),
            ("amountTo", amountCents.map { Self.dollars($0.upperBound) }),
            ("cardLast4Digits", lastFour?.text), ("swiped", swiped.map { $0 ? "true" : "false" }),
            ("transactionType", type?.text), ("responseCode", responseCode?.text),
            ("transactionStatus", status), ("trnDateFrom", from?.text), ("trnDateTo", to?.text),
            ("batchIdFrom", batches.map { String($0.lowerBound) }),
            ("batchIdTo", batches.map { String($0.upperBound) }),
        ]
        var given: [(name: String, value: String)] = []
        for (name, value) in members {
            guard let value else { continue }
            try Self.check(value, name)
            given.append((name, value))
        }
        guard !given.isEmpty else { throw .filterEmpty }
        return given
    }

    private static func check(_ value: String, _ name: String) throws(RequestFault) {
        guard !value.isEmpty else { throw .filterEmpty }
        guard value.utf8.count <= Limits.billTextBytesMaximum else {
            throw .breach(RuleBreach(name, .textLength))
        }
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: ";"), UInt8(ascii: "!"), 0..<0x20, 0x7F: throw .filterOperator
            default: continue
            }
        }
    }

    private static func dollars(_ cents: Int) -> String {
        let rest = cents.magnitude % 100
        return "\(cents / 100).\(rest < 10 ? "0" : "")\(rest)"
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
public struct GatewayTime: Equatable, Hashable, Sendable, CustomStringConvertible {
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

    /// The 19 characters.
    public var description: String { text }
}
