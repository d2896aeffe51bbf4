internal import Values

/// A card that may be charged, and the CVV that came with it, which nobody keeps.
internal struct JudgedCard: Sendable {
    var record: CardRecord
    var cvv: String?
    /// False for a block that could not be opened.
    var isKnown: Bool { record.token != nil }
}

/// The rules of `card_data`. Source: PayHub API, "Sale", "card_data".
internal struct CardRules: Sendable {
    let sources: CardSources
    let settings: MerchantSettings

    static let members: Set<String> = [
        "tokenized_card", "card_number", "track1_data", "track2_data", "encrypted_track_data",
        "billing_address_1", "billing_address_2", "billing_city", "billing_state",
        "billing_zip", "card_expiry_date", "cvv_data", "cvv_code", "metaData",
    ]

    /// How the card came, as far as the members tell; `nil` when there is none.
    static func entry(of value: JSONValue?) -> CardEntry? {
        guard let value else { return nil }
        if isGiven(value["encrypted_track_data"]) { return .encryptedTracks }
        if isGiven(value["track1_data"]) || isGiven(value["track2_data"]) { return .plainTracks }
        if isGiven(value["card_number"]) { return .keyed }
        return isGiven(value["tokenized_card"]) ? .token : nil
    }

    private static func isGiven(_ value: JSONValue?) -> Bool {
        switch value {
        case nil, .null?: false
        case .string(let text)?: !text.isEmpty
        default: true
        }
    }

    /// Judges the card; the card, as far as it stands.
    func judge(
        _ value: JSONValue?, format: RecordFormat?, _ findings: inout Findings
    ) throws(EmulatorError) -> JudgedCard? {
        guard let value, let entry = Self.entry(of: value) else {
            if format == .cashPayment { return nil }
            let isEmptyNumber = value?["card_number"] == .string("")
            findings.refuse(
                isEmptyNumber ? .cardNumberMissing : .cardRequired,
                isEmptyNumber ? "card_data.card_number" : "card_data")
            return nil
        }
        findings.warn(ofUnknownMembersOf: value, known: Self.members, at: "card_data")
        if format == .debitCard, !entry.isSwiped {
            findings.refuse(.trackDataRequired, "card_data")
        }
        let facts = try readSources(of: value, &findings)
        let expiry = judgeExpiry(of: value, facts, entry, &findings)
        let cvv = judgeCVV(of: value, facts.first?.identity.brand, entry, &findings)
        let address = AddressRules.judge(value, isRequired: settings.requiresAVS, &findings)
        if settings.requiresAddress, entry == .keyed, address.line1 == nil {
            findings.refuse(.avsRequired, "card_data.billing_address_1")
        }
        guard let card = facts.first else { return nil }
        let record = CardRecord(
            identity: card.identity, token: card.token, entry: entry, expiry: expiry,
            address: address, metaData: value["metaData"] ?? .null)
        return JudgedCard(record: record, cvv: cvv)
    }

    /// Reads every source that is given. They must be of one card, and a block stands alone.
    private func readSources(
        of value: JSONValue, _ findings: inout Findings
    ) throws(EmulatorError) -> [CardFacts] {
        var facts: [CardFacts?] = []
        if let block = given("encrypted_track_data", of: value) {
            facts.append(try sources.encrypted(block, &findings))
        }
        if let text = given("track1_data", of: value) {
            facts.append(try sources.track1(text.string ?? "", &findings))
        }
        if let text = given("track2_data", of: value) {
            facts.append(try sources.track2(text.string ?? "", &findings))
        }
        if let text = given("card_number", of: value) {
            facts.append(try sources.number(text.numberText ?? "", &findings))
        }
        if let text = given("tokenized_card", of: value) {
            facts.append(sources.token(text.numberText ?? "", &findings))
        }
        let readable = facts.compactMap(\.self)
        let isMixed = facts.count > 1 && given("encrypted_track_data", of: value) != nil
        if isMixed || Set(readable.map(\.token)).count > 1 {
            findings.refuse(.inconsistentCardData, "card_data")
        }
        return readable
    }

    private func given(_ member: String, of value: JSONValue) -> JSONValue? {
        Self.isGiven(value[member]) ? value[member] : nil
    }

    /// A number needs an expiry; a track brings its own, and what is given must agree with it.
    private func judgeExpiry(
        of value: JSONValue, _ facts: [CardFacts], _ entry: CardEntry,
        _ findings: inout Findings
    ) -> CardMonth? {
        let location = "card_data.card_expiry_date"
        let onCard = facts.compactMap(\.expiry)
        var expiry = onCard.first
        if onCard.contains(where: { $0 != expiry }) {
            findings.refuse(.inconsistentCardData, "card_data")
        }
        if let text = given("card_expiry_date", of: value) {
            guard let month = CardMonth(text: text.numberText ?? "") else {
                findings.refuse(.invalidExpiry, location)
                return nil
            }
            if entry.isSwiped, let expiry, expiry != month {
                findings.refuse(.inconsistentCardData, location)
            }
            expiry = month
        } else if entry == .keyed {
            findings.refuse(.expiryRequired, location)
        }
        if let expiry, expiry.isPast(on: sources.today) {
            findings.refuse(.invalidExpiry, location)
        }
        return expiry
    }

    private func judgeCVV(
        of value: JSONValue, _ brand: CardBrand?, _ entry: CardEntry,
        _ findings: inout Findings
    ) -> String? {
        if let code = given("cvv_code", of: value), code != .string("Y"), code != .string("N") {
            findings.refuse(.invalidCVVCode, "card_data.cvv_code")
        }
        let location = "card_data.cvv_data"
        guard let given = given("cvv_data", of: value) else {
            if settings.requiresCVV, entry == .keyed { findings.refuse(.cvvRequired, location) }
            return nil
        }
        let lengths =
            switch brand {
            case .americanExpress: 4...4
            case nil: 3...4
            default: 3...3
            }
        guard let text = given.string, lengths.contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else {
            findings.refuse(.invalidCVV, location)
            return nil
        }
        return text
    }
}
