package import Values

/// A bill as the ledger keeps it; amounts in cents.
package struct BillRecord: Equatable, Sendable, Codable {
    /// The amount before shipping and tax.
    package var baseCents = 0
    /// Shipping, `nil` when there is none.
    package var shippingCents: Int?
    /// Tax, `nil` when there is none.
    package var taxCents: Int?
    /// The till's invoice number.
    package var invoiceNumber: String?
    /// The purchase order number.
    package var purchaseOrder: String?
    /// Free text; it carries the reference of the payment.
    package var note: String?
    /// The client's own JSON, returned unchanged.
    package var metaData = JSONValue.null

    /// An empty bill.
    package init() {}

    /// A bill of an amount and nothing else.
    package init(baseCents: Int) { self.baseCents = baseCents }

    /// What is charged: base, shipping and tax.
    package var totalCents: Int { baseCents + (shippingCents ?? 0) + (taxCents ?? 0) }
}

/// A customer as the ledger keeps it.
package struct CustomerRecord: Equatable, Sendable, Codable {
    /// The first name.
    package var firstName = ""
    /// The last name.
    package var lastName = ""
    /// The company.
    package var companyName: String?
    /// The position in the company.
    package var jobTitle: String?
    /// The mail address.
    package var email: String?
    /// The web address.
    package var webAddress: String?
    /// The phone number as it was written.
    package var phoneNumber: String?
    /// The extension.
    package var phoneExtension: String?
    /// H home, W work, M mobile.
    package var phoneType: String?
    /// The client's own JSON, returned unchanged.
    package var metaData = JSONValue.null
}

/// How the card came to the gateway.
package enum CardEntry: String, Equatable, Sendable, Codable {
    case plainTracks = "plain"
    case encryptedTracks = "encrypted"
    case keyed
    case token

    /// True when the card was swiped.
    package var isSwiped: Bool { self == .plainTracks || self == .encryptedTracks }
}

/// What the ledger may know of a card: never its number, tracks or CVV.
package struct CardIdentity: Equatable, Sendable {
    /// The first four digits.
    package let prefix: String
    /// The length and the last four digits.
    package let maskedPAN: MaskedPAN
    /// The brand, `nil` when no brand that we know issues the card.
    package let brand: CardBrand?
}

/// A card as the ledger keeps it.
package struct CardRecord: Equatable, Sendable, Codable {
    /// What may be known of the number.
    package var identity: CardIdentity
    /// The gateway's token of the card, 16 digits; `nil` when the card could not be known.
    package var token: String?
    /// How the card came.
    package var entry: CardEntry
    /// The expiry, `nil` when nothing showed it.
    package var expiry: CardMonth?
    /// The billing address.
    package var address = BillingAddress()
    /// The client's own JSON, returned unchanged.
    package var metaData = JSONValue.null

    /// What a file keeps: all but the expiry, which nobody needs later.
    private enum CodingKeys: String, CodingKey {
        case identity, token, entry, address, metaData
    }
}

/// The address that the issuer compares.
package struct BillingAddress: Equatable, Sendable, Codable {
    /// Street and number.
    package var line1: String?
    /// What does not fit into the first line.
    package var line2: String?
    /// The city.
    package var city: String?
    /// Two capitals of a US state.
    package var state: String?
    /// Five digits, or five and four.
    package var zip: String?
}

/// The last month in which a card is good, with its year in full.
package struct CardMonth: Equatable, Sendable {
    /// The year.
    package let year: Int
    /// The month, 1 to 12.
    package let month: Int

    /// True when the month's last day lies before `day`.
    package func isPast(on day: CivilDate) -> Bool {
        (year, month) < (day.year, day.month)
    }

    /// YYYYMM, as the gateway writes it.
    package var text: String { "\(year)\(month < 10 ? "0" : "")\(month)" }

    /// Reads YYYYMM of this century and the nine after it; `nil` when it is none.
    ///
    /// Source: PayHub API, "card_expiry_date".
    package init?(text: String) {
        guard text.utf8.count == 6, text.hasPrefix("2"),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let year = Int(text.prefix(4)), let month = Int(text.suffix(2)),
            (1...12).contains(month)
        else { return nil }
        self.year = year
        self.month = month
    }

    /// The month of a track, seen from `day`; `nil` when it is no month.
    package init?(_ expiry: CardExpiry, seenFrom day: CivilDate) {
        guard expiry.isValid else { return nil }
        year = expiry.year(seenFrom: day)
        month = expiry.month
    }
}
