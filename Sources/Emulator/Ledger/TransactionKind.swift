/// What kind of resource a transaction is, and its name in a path.
package enum TransactionKind: String, Equatable, Hashable, Sendable, CaseIterable, Codable {
    case sale
    case authOnly = "authonly"
    case verify
    case capture
    case void
    case refund

    /// Reads a path's word; "authOnly" is spelled in either way.
    internal init?(path word: String) {
        self.init(
            rawValue: word.lowercased() == Self.authOnly.rawValue ? word.lowercased() : word)
    }

    /// The name of a list of them, as the vendor's clients read it.
    internal var listName: String {
        self == .verify ? "verifications" : "\(rawValue)s"
    }

    /// True when it always follows another transaction.
    internal var follows: Bool { self == .capture || self == .void }

    /// The name in a row of the report.
    ///
    /// Source: PayHub API, "Transaction report", and "Webhooks" for the authorization.
    internal var reportName: String {
        switch self {
        case .sale: "Sale"
        case .authOnly: "Authorization Only"
        case .verify: "Verify"
        case .capture: "Capture"
        case .void: "Void"
        case .refund: "Refund"
        }
    }

    /// The parts that a transaction of this kind links to.
    ///
    /// Source: PayHub API, the GET samples.
    internal var parts: [ResourcePart] {
        switch self {
        case .sale, .authOnly: [.merchant, .customer, .cardData, .bill]
        case .verify: [.merchant, .customer, .cardData]
        case .capture: [.merchant, .bill]
        case .void, .refund: [.merchant]
        }
    }
}
