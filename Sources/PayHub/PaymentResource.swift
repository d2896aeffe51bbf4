public import Values

/// What a transaction's resource says, as far as decisions are taken on it.
public struct PaymentResource: Equatable, Sendable {
    /// What it is.
    public let operation: PaymentOperation
    /// Its id, as it was asked for.
    public let id: TransactionID
    /// The response code, approving or not.
    public let responseCode: ResponseCode
    /// The issuer's approval code; `nil` when blank.
    public let approvalCode: String?
    /// The bill, where the resource embeds it. The document's samples do not: there the amount is
    /// only to be had from `/bill`.
    public let bill: BillRecord?
    /// The merchant's organization, where the resource tells it.
    public let organizationID: Int?

    /// A resource.
    public init(
        _ operation: PaymentOperation, _ id: TransactionID, responseCode: ResponseCode,
        approvalCode: String? = nil, said: (bill: BillRecord?, organizationID: Int?) = (nil, nil)
    ) {
        self.operation = operation
        self.id = id
        self.responseCode = responseCode
        self.approvalCode = approvalCode
        bill = said.bill
        organizationID = said.organizationID
    }

    /// What became of the transaction: approved by an approving code and by nothing else. A decline
    /// with an issuer's approval code is neither.
    public var outcome: Outcome {
        guard responseCode.isApproval else {
            guard approvalCode == nil else {
                return .inDoubt(Doubt(.resourceUnreadable, transactionID: id.text))
            }
            return .declined(Decline(responseCode: responseCode, transactionID: id.text))
        }
        return .approved(
            Approval(
                transactionID: id.text, responseCode: responseCode, approvalCode: approvalCode))
    }

    /// What the resource says otherwise than it was ordered; `nil` when it agrees in all that it
    /// tells. What it does not tell is no mismatch.
    public func mismatch(with order: PaymentOrder) -> ResourceMismatch? {
        ResourceMismatch(
            bill: operation.movesMoney ? bill : nil, organizationID: organizationID, order: order)
    }
}

/// A transaction that exists at the gateway and is not what was ordered: another amount, or another
/// merchant's. The charge is real, so the outcome stays what the response code says; but whoever
/// sees this takes no further payment until somebody has looked into it.
public struct ResourceMismatch: Equatable, Sendable {
    /// An amount that is not the one that was ordered.
    public enum ToldAmount: Equatable, Sendable {
        /// So many cents came back.
        case different(cents: Int)
        /// An amount stands there and cannot be read, or is in another currency.
        case unreadable
    }

    /// The amount that came back, where it differs.
    public let amount: ToldAmount?
    /// The organization that came back, where it differs.
    public let organizationID: Int?

    /// Compares what came back with what was ordered; `nil` when they agree.
    public init?(bill: BillRecord?, organizationID: Int?, order: PaymentOrder) {
        amount = bill.flatMap { bill -> ToldAmount? in
            guard let told = bill.totalCents else { return .unreadable }
            return told == order.bill.totalCents ? nil : .different(cents: told)
        }
        self.organizationID = organizationID == order.merchant.organizationID ? nil : organizationID
        if amount == nil, self.organizationID == nil { return nil }
    }
}
