internal import Values

/// The resources of verifications, captures, voids and refunds.
extension TransactionKind {
    /// Source: PayHub API, "Verify", the GET sample.
    internal func verification(_ envelope: Envelope) -> JSONValue {
        let entry = envelope.entry
        let text =
            entry.answer.isApproval
            ? "APPROVAL \(entry.answer.approvalCode)" : entry.answer.responseText
        let response = JSONValue.members([
            "verifyId": .string(entry.id),
            "approvalCode": .string(entry.answer.approvalCode),
            "processedDateTime": .null,
            "avsResultCode": .string(entry.answer.avsResult),
            "verificationResultCode": .string(entry.answer.verificationResult),
            "responseCode": .string(entry.answer.responseCode),
            "responseText": .string(text),
            "cisNote": .string(""),
            "riskStatusResponseText": .string(""),
            "riskStatusRespondeCode": .string(""),
            "saleDateTime": .string(entry.createdAt.withoutZone),
            "tokenizedCard": .optional(entry.card?.token),
            "customerReference": envelope.customerReference,
            "cardObscured": .null,
            "cardType": .null,
        ])
        return envelope.members(id: entry.id, metaData: entry.metaData).adding([
            "merchant": MerchantResource.json(envelope),
            "customer": CustomerResource.json(envelope) ?? .null,
            "card_data": CardResource.json(envelope) ?? .null,
            "verifyResponse": response,
            "_links": envelope.links,
        ])
    }

    /// Source: PayHub API, "Capture", the GET sample.
    internal func capture(_ envelope: Envelope) -> JSONValue {
        let entry = envelope.entry
        let response = JSONValue.members([
            "batchId": .string(String(entry.batch)),
            "transactionId": .optional(entry.target),
            "billingReferences": .null,
        ])
        return envelope.members(id: entry.id, metaData: entry.metaData).adding([
            "merchant": MerchantResource.json(envelope),
            "bill": entry.hasOwnBill ? BillResource.json(envelope) : .null,
            "transaction_id": number(entry.target),
            "lastCaptureResponse": response,
            "_links": envelope.links,
        ])
    }

    /// Source: PayHub API, "Void", the GET sample.
    internal func void(_ envelope: Envelope) -> JSONValue {
        let entry = envelope.entry
        let response = JSONValue.members([
            "saleTransactionId": .optional(entry.target),
            "voidTransactionId": .string(entry.id),
            "token": .optional(entry.card?.token),
        ])
        return envelope.members(metaData: entry.metaData).adding([
            "transaction_id": .optional(entry.target),
            "lastVoidResponse": response,
            "merchantOrganizationId": .integer(entry.organization),
            "_links": envelope.links,
        ])
    }

    /// Source: PayHub API, "Refund", the GET sample.
    internal func refund(_ envelope: Envelope) -> JSONValue {
        let entry = envelope.entry
        return envelope.members(metaData: entry.metaData).adding([
            "transaction_id": number(entry.target),
            "record_format": .optional(entry.recordFormat?.rawValue),
            "lastRefundResponse": refundResponse(envelope),
            "settlementStatus": .string(entry.settlementStatus),
            "merchantOrganizationId": .integer(entry.organization),
            "_links": envelope.links,
        ])
    }

    private func refundResponse(_ envelope: Envelope) -> JSONValue {
        let entry = envelope.entry
        let identity = entry.card?.identity
        let billing = JSONValue.members([
            "tokenizedCard": .optional(entry.card?.token),
            "customerId": .integer(entry.customerID),
            "customerCardId": .null,
            "customerBillId": .integer(1),
            "cardObscured": .optional(identity?.maskedPAN.obscured),
            "cardType": .optional(identity?.brand?.rawValue),
        ])
        return .members([
            "saleTransactionId": .string(entry.target ?? ""),
            "refundTransactionId": .string(entry.id),
            "token": .null,
            "approvalCode": .string(entry.answer.isApproval ? "      " : ""),
            "processedDateTime": .null,
            "avsResultCode": .string("0"),
            "verificationResultCode": .string(""),
            "batchId": .string(String(entry.batch)),
            "responseCode": .string(entry.answer.responseCode),
            "responseText": .string(
                entry.answer.isApproval ? "OFFLINE APPROVAL" : entry.answer.responseText),
            "cisNote": .string(""),
            "riskStatusResponseText": .string(""),
            "riskStatusResponseCode": .string(""),
            "refundDateTime": .string(entry.createdAt.withoutZone),
            "customerReference": envelope.customerReference,
            "billingReferences": billing,
        ])
    }

    private func number(_ id: String?) -> JSONValue { id.map(JSONValue.number) ?? .null }
}
