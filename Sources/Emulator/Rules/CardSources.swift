internal import Decryption
internal import Secrets
internal import Tracks
internal import Values

/// What one source of card data (a number, the tracks, a block, a token) says of the card.
internal struct CardFacts: Equatable, Sendable {
    var identity: CardIdentity
    /// `nil` for a block that cannot be opened.
    var token: String?
    var expiry: CardMonth?
}

/// Reads the sources of card data. Clear digits stand in locked memory while they are read.
///
/// Source: PayHub API, "Sale", "card_data".
internal struct CardSources: Sendable {
    let vault: TokenVault
    let arena: SecretArena
    let ring: KeyRing
    let today: CivilDate

    /// A card number of 12 to 19 digits that passes the Luhn check.
    func number(
        _ text: String, _ findings: inout Findings
    ) throws(EmulatorError) -> CardFacts? {
        let digits = try secret(text)
        let facts = try digits.withBytes {
            (bytes: Span<UInt8>) throws(EmulatorError) -> CardFacts? in
            try self.facts(pan: bytes)
        }
        if facts == nil { findings.refuse(.invalidCardNumber, "card_data.card_number") }
        return facts
    }

    /// Track 1 without sentinels.
    func track1(
        _ text: String, _ findings: inout Findings
    ) throws(EmulatorError) -> CardFacts? {
        let bytes = try secret(text)
        return try bytes.withBytes { (bytes: Span<UInt8>) throws(EmulatorError) -> CardFacts? in
            let reading = CardTracks.track1(bytes, in: ByteRange(start: 0, count: bytes.count))
            return try track(
                bytes, reading.layout?.pan, reading.layout?.expiry, "card_data.track1_data",
                &findings)
        }
    }

    /// Track 2 without sentinels.
    func track2(
        _ text: String, _ findings: inout Findings
    ) throws(EmulatorError) -> CardFacts? {
        let bytes = try secret(text)
        return try bytes.withBytes { (bytes: Span<UInt8>) throws(EmulatorError) -> CardFacts? in
            let reading = CardTracks.track2(bytes, in: ByteRange(start: 0, count: bytes.count))
            return try track(
                bytes, reading.layout?.pan, reading.layout?.expiry, "card_data.track2_data",
                &findings)
        }
    }

    func track(
        _ bytes: Span<UInt8>, _ pan: ByteRange?, _ expiry: ByteRange?, _ location: String,
        _ findings: inout Findings
    ) throws(EmulatorError) -> CardFacts? {
        guard let pan, var facts = try self.facts(pan: bytes.extracting(pan.range)) else {
            findings.refuse(.invalidCardNumber, location)
            return nil
        }
        guard let expiry, let digits = CardExpiry(bytes.extracting(expiry.range)) else {
            return facts
        }
        facts.expiry = CardMonth(digits, seenFrom: today)
        if facts.expiry == nil { findings.refuse(.invalidExpiry, location) }
        return facts
    }

    /// A token that was given before.
    func token(_ text: String, _ findings: inout Findings) -> CardFacts? {
        guard let card = vault.card(of: text) else {
            findings.refuse(.invalidCardNumber, "card_data.tokenized_card")
            return nil
        }
        return CardFacts(identity: card.identity, token: text, expiry: card.expiry)
    }

    private func facts(pan: Span<UInt8>) throws(EmulatorError) -> CardFacts? {
        let masked = MaskedPAN(masking: pan)
        guard masked != .hidden, Luhn.holds(pan) else { return nil }
        return try self.facts(pan, masked)
    }

    private func facts(
        _ pan: Span<UInt8>, _ masked: MaskedPAN
    ) throws(EmulatorError) -> CardFacts {
        let identity = CardIdentity(pan, masked)
        return CardFacts(identity: identity, token: try vault.token(for: pan, identity))
    }

    private func secret(_ text: String) throws(EmulatorError) -> SecretBytes {
        do {
            var bytes = try arena.take(capacity: SecretArena.blockBytes)
            // Longer than any track: cut, and refused for its length by the rule of the source.
            for byte in text.utf8.prefix(SecretArena.blockBytes) { try bytes.append(byte) }
            return bytes
        } catch {
            throw .secrets(error)
        }
    }
}

extension CardIdentity {
    /// What may be known of a number, clear or masked.
    internal init(_ pan: Span<UInt8>, _ masked: MaskedPAN) {
        var prefix = ""
        for index in 0..<min(4, pan.count) {
            prefix.unicodeScalars.append(Unicode.Scalar(pan[index]))
        }
        self.init(prefix: prefix, maskedPAN: masked, brand: CardBrand(pan: pan))
    }
}
