public import Values

/// The resource of a capture, a void or a refund.
///
/// Source: PayHub API, "Capture", "Void" and "Refund", response. The document's own samples name
/// several numbers in a refund; the id is the one under which it was read.
public struct FollowUpRecord: Equatable, Sendable {
    /// What it is.
    public let kind: ResourceKind
    /// Its id.
    public let id: TransactionID
    /// The transaction that was captured, voided or refunded; `nil` for a refund without one.
    public var transactionID: TransactionID?
    /// The merchant's organization.
    public var organizationID: Int?
    /// A refund's response code.
    public var responseCode: ResponseCode?
    /// A refund's settlement.
    public var settlementStatus: String?
    /// The batch it is in.
    public var batchID: String?
    /// A capture's new bill.
    public var bill: BillRecord?
    /// When, in the gateway's own time.
    public var dateTime: String?

    /// A record of which only kind and id are known.
    public init(kind: ResourceKind, id: TransactionID) {
        self.kind = kind
        self.id = id
    }
}

extension BodyReader {
    /// Reads the resource of a capture, a void or a refund.
    /// - Returns: `nil` when the body is none, or names another one.
    public mutating func followUp(
        _ body: Span<UInt8>, of kind: ResourceKind, id: TransactionID
    ) -> FollowUpRecord? {
        guard [.capture, .void, .refund].contains(kind),
            let response = response(body, of: kind, id: id)
        else { return nil }
        var record = FollowUpRecord(kind: kind, id: id)
        let subject =
            short("transaction_id", of: 0, body)
            ?? short(
                kind == .capture ? "transactionId" : "saleTransactionId", of: response, body)
        record.transactionID = subject.flatMap(TransactionID.init)
        record.organizationID = organizationID(body)
        record.responseCode = responseCode(of: response, body)
        record.settlementStatus = tape.text("settlementStatus", of: 0, body)
        record.batchID = short("batchId", of: response, body)
        record.bill = tape.member("bill", of: 0, body).flatMap { bill(at: $0, body) }
        record.dateTime = kind.dateMember.flatMap { short($0, of: response, body) }
        return record
    }
}
