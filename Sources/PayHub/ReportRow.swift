public import Secrets
public import Values

/// A transaction as the report shows it. Of the card only the last four digits are taken; token,
/// name, mail and phone stand in ``details``, for whoever asks for them.
///
/// Source: PayHub API, "Transaction report", result.
public struct ReportRow: Equatable, Sendable {
    /// The transaction.
    public var transactionID: TransactionID
    /// What it is.
    public var type: ReportedType?
    /// The gateway's word for what became of it.
    public var status: String?
    /// The response code; `nil` when blank or no code.
    public var responseCode: ResponseCode?
    /// The amount in cents; `nil` when there is none that can be read, which equals no amount.
    public var amountCents: Int?
    /// The note; digits that could be a card's are masked unless it is a reference of ours.
    public var note: String?
    /// What voided it.
    public var voidedBy: TransactionID?
    /// What refunded it, wholly or in part.
    public var refundedBy: [TransactionID] = []
    /// `Not settled`, `Settled`, `Risk Hold`, or a word that is not yet known.
    public var settlementStatus: String?
    /// True when an authorisation was captured.
    public var isCaptured: Bool?
    /// Swiped, or keyed.
    public var swiped: Bool?
    /// The card's last four digits.
    public var lastFour: LastFour?
    /// The batch it is in.
    public var batchID: String?
    /// When, in the gateway's own time, as it is written.
    public var transactionDate: String?
    /// What nothing is decided by, where it was asked for.
    public var details: ReportDetails?

    /// A row of which only the id is known.
    public init(transactionID: TransactionID) { self.transactionID = transactionID }

    /// True for an approving code, false for another, and `nil` when there is no code or the
    /// gateway's word says otherwise: then nothing may be concluded.
    public var isApproved: Bool? {
        guard let responseCode else { return nil }
        guard let status, !status.isEmpty else { return responseCode.isApproval }
        let isSaidApproved = status.lowercased() == "approved"
        return isSaidApproved == responseCode.isApproval ? isSaidApproved : nil
    }
}

/// What the report shows of a transaction beyond what is decided by.
///
/// Source: PayHub API, "Transaction report", result.
public struct ReportDetails: Equatable, Sendable {
    /// The amount in cents that the issuer was asked for; `nil` when it cannot be read.
    public var authorizedCents: Int?
    /// The card's brand in the gateway's words.
    public var cardType: String?
    /// The card's token.
    public var cardToken: KeptSecret?
    /// The customer's first and last name.
    public var customerName: String?
    /// The customer's number, which the makers' own programs read.
    public var customerID: Int?
    /// The customer's mail address.
    public var mailAddress: String?
    /// The customer's phone number.
    public var phoneNumber: String?
    /// The recurring bill that made it; `nil` for none.
    public var recurringBillID: TransactionID?
    /// Text for people; never decided by.
    public var responseText: String?
    /// Where it came from, such as `3rd Party API`.
    public var source: String?

    /// Nothing known.
    public init() {}
}

/// Why a body is no report. A row that cannot be read might be the charge that is looked for, so
/// one is enough.
public enum ReportFault: Error, Equatable, Sendable {
    /// No strict JSON, or no array, at this byte.
    case malformed(offset: Int)
    /// The row of this number, from 0, has no id, or says by whom it was voided or refunded in a
    /// way that cannot be read.
    case badRow(Int)
    /// More rows than ``Limits/reportRowsMaximum`` are to be kept.
    case tooManyRows
}

extension ReportFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .malformed(let offset):
            "the gateway's report is no JSON array (byte \(offset)): check for a proxy"
        case .badRow(let row): "row \(row) of the gateway's report cannot be read: call support"
        case .tooManyRows: "the gateway's report has too many rows: ask for less at a time"
        }
    }
}

extension BodyReader {
    /// Reads a report, row by row: the memory taken is that of one row and of the rows kept.
    ///
    /// - Parameters:
    ///   - body: an array of rows, and nothing else; an empty array is an empty report.
    ///   - hasDetails: whether rows have their details, with names and addresses of customers.
    ///   - isWanted: which rows are kept; every row is read and checked all the same.
    /// - Returns: the rows that are wanted, in the gateway's order.
    /// - Throws: ``ReportFault``
    public mutating func report(
        _ body: Span<UInt8>, withDetails hasDetails: Bool = false,
        keeping isWanted: (ReportRow) -> Bool = { _ in true }
    ) throws(ReportFault) -> [ReportRow] {
        var rows: [ReportRow] = []
        var number = 0
        var scanner = JSONScanner(body)
        while try readsRow(&scanner, isFirst: number == 0) {
            guard let row = row(body, withDetails: hasDetails) else { throw .badRow(number) }
            number += 1
            guard isWanted(row) else { continue }
            guard rows.count < Limits.reportRowsMaximum else { throw .tooManyRows }
            rows.append(row)
        }
        guard scanner.isAtEnd else { throw .malformed(offset: scanner.position) }
        return rows
    }

    /// Reads the next element into the tape; false at the array's end.
    private mutating func readsRow(
        _ scanner: inout JSONScanner, isFirst: Bool
    ) throws(ReportFault) -> Bool {
        do throws(JSONFault) {
            let end = UInt8(ascii: "]")
            if isFirst {
                try scanner.take(UInt8(ascii: "["))
                if try scanner.takesNext(end) { return false }
            } else if try !scanner.goesOn(until: end) {
                return false
            }
            try tape.read(next: &scanner)
            return true
        } catch { throw .malformed(offset: error.offset) }
    }

    private func row(_ body: Span<UInt8>, withDetails hasDetails: Bool) -> ReportRow? {
        guard tape.isObject(0),
            let id = short("transactionID", of: 0, body).flatMap(TransactionID.init),
            let voidedBy = transactions("voidedBy", body), voidedBy.count <= 1,
            let refundedBy = transactions("refundedBy", body)
        else { return nil }
        var row = ReportRow(transactionID: id)
        row.voidedBy = voidedBy.first
        row.refundedBy = refundedBy
        row.type = tape.text("transactionType", of: 0, body).map(ReportedType.init)
        row.status = tape.text("transactionStatus", of: 0, body)
        row.responseCode = responseCode(of: 0, body)
        row.amountCents = short("amount", of: 0, body).flatMap(Self.cents)
        row.note = tape.text("note", of: 0, body).map(Self.withoutCardNumbers)
        row.settlementStatus = tape.text("settlementStatus", of: 0, body)
        row.isCaptured = tape.boolean("isCaptured", of: 0, body)
        row.swiped = tape.boolean("swiped", of: 0, body)
        row.lastFour = LastFour(of: tape.text("cardLast4Digits", of: 0, body))
        row.batchID = short("batchID", of: 0, body)
        row.transactionDate = short("transactionDate", of: 0, body)
        if hasDetails { row.details = details(body) }
        return row
    }

    private func details(_ body: Span<UInt8>) -> ReportDetails {
        var details = ReportDetails()
        details.authorizedCents = short("authAmount", of: 0, body).flatMap(Self.cents)
        details.cardType = tape.text("cardType", of: 0, body)
        details.cardToken = tape.member("cardToken", of: 0, body).flatMap {
            KeptSecret.read(tape, $0, body)
        }
        details.customerName = tape.text("customerName", of: 0, body)
        details.customerID = tape.number("customerId", of: 0, body)
        details.mailAddress = tape.text("email", of: 0, body)
        details.phoneNumber = tape.text("phoneNumber", of: 0, body)
        details.recurringBillID = short("recurringBillId", of: 0, body)
            .flatMap { $0 == "0" ? nil : TransactionID($0) }
        details.responseText = tape.text("responseText", of: 0, body).map(Self.withoutCardNumbers)
        details.source = tape.text("source", of: 0, body)
        return details
    }

    /// The transactions that a member names: none for "0", "", null and a member that is absent,
    /// one, or an array of them; `nil` when it is anything else.
    ///
    /// Source: PayHub API, "Transaction report": `"0"` in the sample, an array in the changelog.
    private func transactions(_ name: String, _ body: Span<UInt8>) -> [TransactionID]? {
        guard let node = tape.member(name, of: 0, body), !tape.isNull(node) else { return [] }
        var found: [TransactionID] = []
        for element in tape.isArray(node) ? tape.elements(of: node) : [node] {
            guard let text = tape.shortText(element, body) else { return nil }
            if text.isEmpty || text == "0" { continue }
            guard let id = TransactionID(text) else { return nil }
            found.append(id)
        }
        return found
    }

    /// A note as it may be kept: people write card numbers into notes.
    internal static func withoutCardNumbers(_ note: String) -> String {
        guard PaymentReference(note) == nil else { return note }
        var kept = ""
        var digits = ""
        for character in note + "\n" {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            kept += digits.count < 12 ? digits : "****" + digits.suffix(4)
            digits = ""
            kept.append(character)
        }
        return String(kept.dropLast())
    }
}
