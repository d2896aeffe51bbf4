internal import Secrets
public import Values

/// What a shop accepts of the cards that read well: each rule can be off, warn or refuse.
///
/// A track that parses is a track; whether we sell with it is decided here.
public struct CardPolicy: Equatable, Sendable {
    /// What follows when a rule is broken.
    public enum Effect: String, Equatable, Sendable, CaseIterable {
        case off
        case warn
        case refuse
    }

    /// The PAN passes the Luhn check.
    public var luhn = Effect.refuse
    /// The BIN belongs to a brand that we know.
    public var brand = Effect.warn
    /// The expiry is there, is a month, and its last day is not past.
    public var expiry = Effect.refuse
    /// The card has no chip (service code 2xx, 6xx).
    public var chipCard = Effect.warn
    /// The service code allows an ordinary sale.
    public var serviceCode = Effect.warn
    /// Track 1 and 2 name the same PAN and expiry.
    public var tracksAgree = Effect.refuse

    /// The defaults.
    public init() {}

    /// Judges tracks that were read from `bytes`, on the day `today`.
    public func judge(
        _ tracks: CardTracks, _ bytes: Span<UInt8>, today: CivilDate
    ) -> PolicyVerdict {
        var verdict = PolicyVerdict()
        guard let pan = tracks.pan else { return verdict }
        if !tracks.agree(bytes) {
            verdict.apply(tracksAgree, .tracksDisagree, .tracksDisagree)
        }
        if !Luhn.holds(bytes.extracting(pan.range)) { verdict.apply(luhn, .luhn, .luhn) }
        if CardBrand(pan: bytes.extracting(pan.range)) == nil {
            verdict.apply(brand, .unknownBrand, .unknownBrand)
        }
        if let fault = Self.expiryFault(tracks.expiry, bytes, today: today) {
            verdict.apply(expiry, fault, .expiry)
        }
        if let range = tracks.serviceCode,
            let code = ServiceCode(bytes.extracting(range.range))
        {
            judge(code, into: &verdict)
        }
        return verdict
    }

    private func judge(_ code: ServiceCode, into verdict: inout PolicyVerdict) {
        if code.hasChip { verdict.apply(chipCard, .chipCard, .chipCard) }
        if code.isRestricted {
            verdict.apply(serviceCode, .restrictedServiceCode, .serviceCode)
        }
    }

    private static func expiryFault(
        _ range: ByteRange?, _ bytes: Span<UInt8>, today: CivilDate
    ) -> PolicyRefusal? {
        guard let range, let expiry = CardExpiry(bytes.extracting(range.range)) else {
            return .expiryMissing
        }
        guard expiry.isValid else { return .expiryInvalid }
        return expiry.isPast(on: today) ? .expired : nil
    }
}

/// What the policy says of a card.
public struct PolicyVerdict: Equatable, Sendable {
    /// The first rule that refuses it.
    public private(set) var refusal: PolicyRefusal?
    /// What is told without refusing.
    public private(set) var warnings: PolicyWarnings = []

    /// Nothing to say against it.
    public init() {}

    /// Notes a broken rule with the effect that the shop has chosen.
    public mutating func apply(
        _ effect: CardPolicy.Effect, _ refusal: PolicyRefusal, _ warning: PolicyWarnings
    ) {
        switch effect {
        case .off: break
        case .warn: warnings.insert(warning)
        case .refuse: if self.refusal == nil { self.refusal = refusal }
        }
    }
}

extension CardTracks {
    /// True unless both tracks read well and differ in PAN, or in an expiry that both have.
    func agree(_ bytes: Span<UInt8>) -> Bool {
        guard let one = track1.layout, let two = track2.layout else { return true }
        guard Self.same(bytes, one.pan, two.pan) else { return false }
        guard let first = one.expiry, let second = two.expiry else { return true }
        return Self.same(bytes, first, second)
    }

    private static func same(_ bytes: Span<UInt8>, _ one: ByteRange, _ two: ByteRange) -> Bool {
        bytes.extracting(one.range).isSame(as: bytes.extracting(two.range))
    }
}
