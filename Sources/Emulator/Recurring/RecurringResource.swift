internal import Values

/// A recurring bill and its parts as JSON. The document shows none of it: the envelope is that of
/// the other resources, `lastRecurringBillResponse` is named in its text, and the status has the
/// members that the vendor's clients read.
///
/// Source: PayHub API, "Recurring Bill", `tokenized_card`, and "Extended Methods".
internal struct RecurringResource {
    private let bill: RecurringBill
    private let envelope: Envelope

    init(_ bill: RecurringBill, base: String) {
        self.bill = bill
        envelope = Envelope(
            entry: bill.subject, base: base, collection: RecurringRoute.name)
    }

    /// The URL of the bill.
    var url: String { envelope.url }

    /// The bill.
    var json: JSONValue {
        let identity = bill.card.identity
        let billing = JSONValue.members([
            "tokenizedCard": .optional(bill.card.token),
            "customerId": .integer(bill.customerID),
            "customerCardId": .null,
            "customerBillId": .integer(1),
            "cardObscured": .optional(identity.maskedPAN.obscured),
            "cardType": .optional(identity.brand?.rawValue),
        ])
        let response = JSONValue.members([
            "recurringBillId": .string(bill.id),
            "customerReference": envelope.customerReference,
            "billingReferences": billing,
        ])
        return envelope.members(metaData: bill.metaData.bill).adding([
            "lastRecurringBillResponse": response, "_links": links,
        ])
    }

    /// A part of the bill.
    func json(of part: RecurringPart) -> JSONValue {
        let body =
            switch part {
            case .merchant: MerchantResource.json(envelope, metaData: bill.metaData.merchant)
            case .customer: CustomerResource.json(envelope) ?? .null
            case .bill: BillResource.json(envelope)
            case .cardData: CardResource.json(envelope) ?? .null
            case .schedule: schedule
            case .status: status
            }
        return body.adding(["_links": .object([link("self", "\(url)/\(part.rawValue)")])])
    }

    private var schedule: JSONValue {
        let own = envelope.members(id: bill.id, metaData: bill.metaData.schedule)
        return .object((own.members ?? []) + (bill.schedule.members ?? []))
    }

    private var status: JSONValue {
        envelope.members(id: bill.id, metaData: bill.metaData.status).adding([
            "nextBillDate": .optional(bill.nextBillAt?.day.iso8601),
            "recurring_bill_status": .string(bill.status.rawValue),
            "statusLastChangedOn": .string(bill.statusChangedAt.withOffset),
        ])
    }

    private var links: JSONValue {
        .object(
            [link("self", url)]
                + RecurringPart.allCases.map { link($0.rawValue, "\(url)/\($0.rawValue)") })
    }

    private func link(_ relation: String, _ url: String) -> JSONMember {
        JSONMember(name: relation, value: .members(["href": .string(url)]))
    }
}
