extension TransactionKind {
    /// The transaction as JSON, its members named and spelled as in the samples.
    internal func json(_ envelope: Envelope) -> JSONValue {
        switch self {
        case .sale: payment(envelope, "saleResponse", saleResponse(envelope))
        case .authOnly: payment(envelope, "authOnlyResponse", authOnlyResponse(envelope))
        case .verify: verification(envelope)
        case .capture: capture(envelope)
        case .void: void(envelope)
        case .refund: refund(envelope)
        }
    }

    private func payment(_ envelope: Envelope, _ name: String, _ own: JSONValue) -> JSONValue {
        let entry = envelope.entry
        let members = envelope.members(metaData: entry.metaData).adding([
            "record_format": .optional(entry.recordFormat?.rawValue),
            "settlementStatus": .string(entry.settlementStatus),
        ])
        return members.adding([name: own, "_links": envelope.links])
    }

    /// Source: PayHub API, "Sale", the GET sample.
    private func saleResponse(_ envelope: Envelope) -> JSONValue {
        answer(envelope, id: "saleId").adding([
            "saleDateTime": .string(envelope.entry.createdAt.withoutZone),
            "tokenizedCard": .null,
            "customerReference": envelope.customerReference,
            "billingReferences": .object(billing(envelope, isCardFirst: true)),
        ])
    }

    /// Source: PayHub API, "AuthOnly", the GET sample.
    private func authOnlyResponse(_ envelope: Envelope) -> JSONValue {
        answer(envelope, id: "transactionId").adding([
            "dateTime": .string(envelope.entry.createdAt.withoutZone),
            "customerReference": envelope.customerReference,
            "billingReferences": .object(billing(envelope, isCardFirst: false)),
        ])
    }

    private func answer(_ envelope: Envelope, id: String) -> JSONValue {
        let answer = envelope.entry.answer
        return .members([
            id: .string(envelope.entry.id),
            "approvalCode": .string(answer.approvalCode),
            "processedDateTime": .null,
            "avsResultCode": .string(answer.avsResult),
            "verificationResultCode": .string(answer.verificationResult),
            "batchId": .string(String(envelope.entry.batch)),
            "responseCode": .string(answer.responseCode),
            "responseText": .string(answer.responseText),
            "cisNote": .string(""),
            "riskStatusResponseText": .string(""),
            "riskStatusRespondeCode": .string(""),
        ])
    }

    /// `cardObscured` stands first in a sale, last and with `cardType` in an authorization.
    private func billing(_ envelope: Envelope, isCardFirst: Bool) -> [JSONMember] {
        let obscured = JSONMember(name: "cardObscured", value: .null)
        let entry = envelope.entry
        let rest = JSONValue.members([
            "tokenizedCard": .optional(entry.card?.token),
            "customerId": .integer(entry.customerID),
            "customerCardId": .null,
            "customerBillId": .integer(1),
        ])
        let members = rest.members ?? []
        if isCardFirst { return [obscured] + members }
        return members + [obscured, JSONMember(name: "cardType", value: .null)]
    }
}
