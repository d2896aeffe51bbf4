public import PayHub
internal import Secrets
public import Values

extension GatewayCaller {
    /// Asks for the report's rows that a filter finds.
    ///
    /// The gateway may ignore or cut the filter: rows are to be compared with what was asked, and
    /// none found says nothing unless the same question finds what must be there.
    /// - Parameters:
    ///   - filter: at least one value.
    ///   - isWanted: which rows are kept, of all that come.
    /// - Returns: the rows that are wanted, in the gateway's order.
    /// - Throws: ``InquiryFault``; never an empty result for an answer that was not understood.
    public mutating func inquire(
        _ filter: ReportFilter, keeping isWanted: (ReportRow) -> Bool = { _ in true }
    ) throws(InquiryFault) -> [ReportRow] {
        try read(limit: Limits.reportAnswerBytesMaximum) {
            endpoint, token, request throws(RequestFault) in
            try RequestWriter.report(filter, from: endpoint, token: token, into: &request)
        } _: { reader, body throws(InquiryFault) in
            do throws(ReportFault) { return try reader.report(body, keeping: isWanted) } catch {
                throw .report(error)
            }
        }
    }

    /// Asks for a page of a list.
    /// - Throws: ``InquiryFault``
    public mutating func list(
        _ kind: ResourceKind, _ page: ListPage = ListPage()
    ) throws(InquiryFault) -> ResourceList {
        try read(limit: Limits.listAnswerBytesMaximum) {
            endpoint, token, request throws(RequestFault) in
            try RequestWriter.list(kind, page, from: endpoint, token: token, into: &request)
        } _: { reader, body throws(InquiryFault) in
            guard let list = reader.list(body, of: kind, asked: page) else { throw .unreadable }
            return list
        }
    }

    /// Asks what became of a sale, an authorisation or a verification, and what the gateway holds
    /// of its amount, note and merchant. The parts that the resource does not embed are read one by
    /// one: up to three reads.
    /// - Throws: ``InquiryFault``; `notFound` when there is no such transaction.
    public mutating func transaction(
        _ id: TransactionID, _ operation: PaymentOperation
    ) throws(InquiryFault) -> FoundTransaction {
        let kind = ResourceKind(operation)
        let resource = try get(TransactionResource(kind, id)) { reader, body in
            reader.resource(body, of: operation, id: id)
        }
        var bill = resource.bill
        if kind.hasBill, bill?.note == nil {
            bill =
                try ifFound { caller throws(InquiryFault) in
                    try caller.bill(id, of: kind)
                } ?? bill
        }
        var organizationID = resource.organizationID
        if organizationID == nil {
            organizationID = try ifFound { caller throws(InquiryFault) in
                try caller.merchant(id, of: kind).organizationID
            }
        }
        return FoundTransaction(resource: resource, bill: bill, organizationID: organizationID)
    }

    /// Asks for the bill of a transaction: amounts, note and invoice number.
    /// - Throws: ``InquiryFault``
    public mutating func bill(
        _ id: TransactionID, of kind: ResourceKind = .sale
    ) throws(InquiryFault) -> BillRecord {
        try get(TransactionResource(kind, id, part: .bill)) { reader, body in reader.bill(body) }
    }

    /// Asks for the merchant of a transaction.
    /// - Throws: ``InquiryFault``
    public mutating func merchant(
        _ id: TransactionID, of kind: ResourceKind = .sale
    ) throws(InquiryFault) -> Merchant {
        try get(TransactionResource(kind, id, part: .merchant)) { reader, body in
            reader.merchant(body)
        }
    }

    /// Asks for a capture, a void or a refund by its own id.
    /// - Throws: ``InquiryFault``
    public mutating func followUp(
        _ kind: ResourceKind, _ id: TransactionID
    ) throws(InquiryFault) -> FollowUpRecord {
        try get(TransactionResource(kind, id)) { reader, body in
            reader.followUp(body, of: kind, id: id)
        }
    }

    /// Sends a request that reads, and reads the body of its answer, which must be a 200.
    private mutating func read<Result>(
        limit: Int, _ write: Writing,
        _ body: (inout BodyReader, Span<UInt8>) throws(InquiryFault) -> Result
    ) throws(InquiryFault) -> Result {
        let outcome: Swift.Result<Result, InquiryFault>
        do throws(CallFault) {
            outcome = try carry(.read, limit: limit, writing: write) { got, reader, bytes in
                do throws(InquiryFault) {
                    let bytes = bytes.extracting(got.body.range)
                    try Self.check(got.status, &reader, bytes)
                    return .success(try body(&reader, bytes))
                } catch { return .failure(error) }
            }
        } catch {
            switch error {
            case .request(let fault): throw .request(fault)
            case .link(let failure): throw .link(failure)
            }
        }
        return try outcome.get()
    }

    private static func check(
        _ status: Int, _ reader: inout BodyReader, _ body: Span<UInt8>
    ) throws(InquiryFault) {
        switch status {
        case 200: return
        case 400, 401, 403:
            throw .refused(Rejection(status: status, codes: reader.errorCodes(body)))
        case 404: throw .notFound
        default: throw .unexpectedStatus(status)
        }
    }

    private mutating func get<Result>(
        _ resource: TransactionResource, _ record: (inout BodyReader, Span<UInt8>) -> Result?
    ) throws(InquiryFault) -> Result {
        try read(limit: Limits.listAnswerBytesMaximum) {
            endpoint, token, request throws(RequestFault) in
            try RequestWriter.get(resource, from: endpoint, token: token, into: &request)
        } _: { reader, body throws(InquiryFault) in
            guard let result = record(&reader, body) else { throw .unreadable }
            return result
        }
    }

    /// A part that a transaction may be without.
    private mutating func ifFound<Result>(
        _ part: (inout GatewayCaller) throws(InquiryFault) -> Result
    ) throws(InquiryFault) -> Result? {
        do throws(InquiryFault) { return try part(&self) } catch {
            guard error == .notFound else { throw error }
            return nil
        }
    }
}

/// A transaction as the gateway holds it.
public struct FoundTransaction: Equatable, Sendable {
    /// What became of it.
    public let resource: PaymentResource
    /// Its bill; `nil` for a verification, and where the gateway has none.
    public let bill: BillRecord?
    /// The merchant's organization, where the gateway tells it.
    public let organizationID: Int?

    /// A transaction.
    public init(resource: PaymentResource, bill: BillRecord?, organizationID: Int?) {
        self.resource = resource
        self.bill = bill
        self.organizationID = organizationID
    }

    /// Approved or declined.
    public var outcome: Outcome { resource.outcome }
    /// What was charged, in cents; `nil` when it cannot be told.
    public var amountCents: Int? { bill?.totalCents }
    /// The note: our reference on what is ours.
    public var note: String? { bill?.note }

    /// What is otherwise than it was ordered; `nil` when it agrees in all that the gateway tells.
    public func mismatch(with order: PaymentOrder) -> ResourceMismatch? {
        ResourceMismatch(
            bill: resource.operation.movesMoney ? bill : nil, organizationID: organizationID,
            order: order)
    }
}

/// Why a question has no answer. Nothing may be concluded from any of these but `notFound`, and
/// from that only for the id that was asked for.
public enum InquiryFault: Error, Equatable, Sendable {
    /// The question cannot be written.
    case request(RequestFault)
    /// No answer came, also not on a second connection where the first was dead.
    case link(LinkFailure)
    /// The gateway refused the question (400, 401, 403).
    case refused(Rejection)
    /// There is no such resource (404).
    case notFound
    /// Another status than 200.
    case unexpectedStatus(Int)
    /// The answer is not what was asked for, or of another transaction.
    case unreadable
    /// The answer is no report.
    case report(ReportFault)
}

extension InquiryFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .request(let fault): fault.description
        case .link(let failure): failure.description
        case .refused(let rejection):
            "the gateway refused the question (status \(rejection.status), codes "
                + "\(rejection.codes.map(\.text).joined(separator: " "))): check the token and "
                + "the merchant"
        case .notFound: "the gateway has no such transaction"
        case .unexpectedStatus(let status):
            "the gateway answered a question with status \(status): try again later"
        case .unreadable: "the gateway's answer is not what was asked for: call support"
        case .report(let fault): fault.description
        }
    }
}
