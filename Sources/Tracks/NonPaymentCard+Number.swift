public import Values

extension NonPaymentCard {
    /// What the first six digits of a number say; `nil` when the card may be one to pay with, of
    /// a brand that we know or not.
    ///
    /// A closed list: what is not in it is the gateway's to judge. Sources: industries by the
    /// first digit from ISO/IEC 7812-1, "Major industry identifier", and there 00, 80 and 89;
    /// licences from AAMVA's list of issuer identification numbers, and MagTek's MagneSafe manual,
    /// "AAMVA driver licenses", for 604425; fleet and gift cards from Global Payments' public
    /// SDKs, class CardUtils, and Gasboy manual MDE-4821 for 690047.
    public init?(number: Span<UInt8>) {
        guard let prefix = Self.prefix(of: number) else { return nil }
        switch prefix {
        case 604_425...604_434, 636_000...636_062: self = .licence
        case 600_649, 603_261, 603_571, 639_470, 601_056, 603_225, 502_244, 708_355: self = .gift
        // Petroleum; WEX and Fleet One have numbers in other industries too.
        case 690_046...690_047, 501_486, 700_000...799_999: self = .fleet
        // Institutions that are no issuers, healthcare, telephone companies.
        case 0...99_999, 800_000...809_999, 890_000...899_999: self = .other
        // National numbers, but Troy's, which are Turkish payment cards.
        case 979_200...979_299: return nil
        case 900_000...999_999: self = .other
        default: return nil
        }
    }

    /// What the numbers of the tracks that read well say, track 2 first.
    public init?(numbersOf tracks: CardTracks, _ bytes: Span<UInt8>) {
        if let pan = tracks.track2.layout?.pan,
            let card = NonPaymentCard(number: bytes.extracting(pan.range))
        {
            self = card
        } else if let pan = tracks.track1.layout?.pan,
            let card = NonPaymentCard(number: bytes.extracting(pan.range))
        {
            self = card
        } else {
            return nil
        }
    }

    private static func prefix(of number: Span<UInt8>) -> Int? {
        guard number.count >= 6 else { return nil }
        var prefix = 0
        for index in 0..<6 {
            guard Character.isDigit(number[index]) else { return nil }
            prefix = prefix * 10 + Int(number[index] &- 0x30)
        }
        return prefix
    }
}
