internal import Values

/// What the swipes of a fixture must turn out to be: its `.json`.
internal struct FixtureExpectation: Codable, Equatable {
    var swipes: [SwipeExpectation]
}

/// What one swipe must turn out to be; `Fixtures/README.md` says what each member means.
internal struct SwipeExpectation: Codable, Equatable {
    enum Kind: String, Codable {
        case plain
        case encrypted
        case badRead
    }

    struct Reader: Codable, Equatable {
        var brand: String
        var model: String
        var mode: String
    }

    struct SaleOutcome: Codable, Equatable {
        var amount: String
        var outcome: String
        var responseCode: String?
    }

    var kind: Kind
    var reader: Reader
    var brand: String?
    var maskedPAN: String?
    var track1 = false
    var track2 = false
    var chip: Bool?
    var policy: String?
    var fault: String?
    var saleOutcome: SaleOutcome?
}

extension SwipeExpectation.Reader {
    static let keyboard = Self(brand: "GENERIC", model: "MSR90", mode: "keyboard")
    static let clear = Self(brand: "IDTECH", model: "MINIMAG", mode: "hid")
    static let encrypting = Self(brand: "IDTECH", model: "UNIMAGII", mode: "hid")
}

extension SwipeExpectation.SaleOutcome {
    static let approved = Self(amount: "12.75", outcome: "approved", responseCode: "00")
    static func declined(_ amount: String) -> Self {
        Self(amount: amount, outcome: "declined", responseCode: "05")
    }
    static let refused = Self(amount: "12.75", outcome: "refused")
    static let badRead = Self(amount: "12.75", outcome: "badRead")
}

extension SwipeExpectation {
    /// A clear swipe of a card that is accepted.
    static func plain(
        _ card: TestCard, _ brand: CardBrand, _ reader: Reader, track1: Bool = true,
        track2: Bool = true
    ) -> Self {
        Self(
            kind: .plain, reader: reader, brand: brand.rawValue, maskedPAN: card.maskedNumber,
            track1: track1, track2: track2, chip: card.hasChip, policy: "accepted",
            saleOutcome: .approved)
    }

    /// An encrypted swipe; the gateway judges the card.
    static func encrypted(_ card: TestCard, _ brand: CardBrand) -> Self {
        Self(
            kind: .encrypted, reader: .encrypting, brand: brand.rawValue,
            maskedPAN: card.maskedNumber, saleOutcome: .approved)
    }

    /// A swipe that cannot be used.
    static func bad(_ reader: Reader, _ fault: String) -> Self {
        Self(kind: .badRead, reader: reader, fault: fault, saleOutcome: .badRead)
    }
}
