internal import Values

extension PaymentOperation {
    /// The resource's name in a path that is read; POST writes `authOnly`, links `authonly`.
    ///
    /// Source: PayHub API, "AuthOnly", both spellings.
    internal var resourceName: String {
        switch self {
        case .sale: "sale"
        case .authOnly: "authonly"
        }
    }

    /// The member of the resource that tells what became of it.
    internal var responseMember: String {
        switch self {
        case .sale: "saleResponse"
        case .authOnly: "authOnlyResponse"
        }
    }

    /// The member of the response that repeats the id.
    internal var idMember: String {
        switch self {
        case .sale: "saleId"
        case .authOnly: "transactionId"
        }
    }

    /// The member of the response that says when.
    internal var dateMember: String {
        switch self {
        case .sale: "saleDateTime"
        case .authOnly: "dateTime"
        }
    }
}
