internal import DUKPT
internal import Decryption
internal import Readers
internal import Secrets
internal import Tracks
internal import Values

/// A reader's encrypted block: opened under its base key, and judged by the tracks inside.
///
/// Source: PayHub API, "Sale", "encrypted_track_data".
extension CardSources {
    private static let location = "card_data.encrypted_track_data"
    private static let trackLocation = "\(location).encrypted_track"

    /// The card inside; a card without a token when the block cannot be opened.
    func encrypted(
        _ value: JSONValue, _ findings: inout Findings
    ) throws(EmulatorError) -> CardFacts? {
        guard let brand = brand(value, &findings) else { return nil }
        guard let text = value["encrypted_track"]?.string, !text.isEmpty else {
            findings.refuse(.trackDataRequired, Self.trackLocation)
            return nil
        }
        guard let block = brand.block(text) else {
            findings.refuse(.invalidCardNumber, Self.trackLocation)
            return nil
        }
        guard let opened = try open(block, &findings) else { return unknownCard(block) }
        return try facts(of: opened, block, &findings)
    }

    /// The clear tracks; `nil`, and a line for the log, when key or block do not give them.
    private func open(
        _ block: SealedBlock, _ findings: inout Findings
    ) throws(EmulatorError) -> OpenedTracks? {
        do throws(OpeningFault) {
            return try OpenedTracks(opening: block, with: ring, in: arena)
        } catch {
            switch error {
            case .noBaseKey, .notReadable, .hashWrong:
                findings.warn("\(Self.trackLocation): \(error.description)")
                return nil
            case .keys(.secrets(let error)): throw .secrets(error)
            case .keys, .digestRefused: throw .cryptography
            }
        }
    }

    /// A card that is known by nothing but what the reader shows, and has no token.
    private func unknownCard(_ block: SealedBlock) -> CardFacts {
        let shown = block.maskedPAN ?? []
        return CardFacts(
            identity: CardIdentity(shown.span, MaskedPAN(alreadyMasked: shown.span)),
            token: nil, expiry: nil)
    }

    /// Both tracks must be of one card, the one that the reader shows.
    private func facts(
        of opened: borrowing OpenedTracks, _ block: SealedBlock, _ findings: inout Findings
    ) throws(EmulatorError) -> CardFacts? {
        let (track1, track2) = (opened.tracks.track1.layout, opened.tracks.track2.layout)
        var found: [CardFacts] = []
        try opened.bytes.withBytes { (bytes: Span<UInt8>) throws(EmulatorError) in
            for (pan, expiry) in [(track2?.pan, track2?.expiry), (track1?.pan, track1?.expiry)] {
                guard let pan else { continue }
                if !block.shows(bytes.extracting(pan.range)) {
                    findings.refuse(.inconsistentCardData, Self.trackLocation)
                }
                if let facts = try track(bytes, pan, expiry, Self.trackLocation, &findings) {
                    found.append(facts)
                }
            }
        }
        let isOneCard = Set(found.map(\.token)).count <= 1
        let expiries = found.compactMap(\.expiry)
        if !isOneCard || expiries.contains(where: { $0 != expiries.first }) {
            findings.refuse(.inconsistentCardData, Self.trackLocation)
        }
        return found.first
    }

    private func brand(_ value: JSONValue, _ findings: inout Findings) -> ReaderBrand? {
        for (member, standard) in ["swiper_brand": "IDTECH", "swiper_model": "UNIMAGII"] {
            guard (value[member] ?? .string(standard)).isName else {
                findings.refuse(.inconsistentCardData, "\(Self.location).\(member)")
                return nil
            }
        }
        let name = value["swiper_brand"]?.string ?? ReaderBrand.idTech.rawValue
        guard let brand = ReaderBrand(rawValue: name) else {
            findings.refuse(.cardNotSupported, "\(Self.location).swiper_brand")
            return nil
        }
        return brand
    }
}
