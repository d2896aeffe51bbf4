internal import Values

/// What a track is that breaks a rule of payment cards. `nil` is never a guess: such a track is
/// badly read, as far as anyone can tell, and may read well when it is swiped again.
extension NonPaymentCard {
    /// By the layout of a licence, the number behind the format code, or the code itself.
    init?(track1 bytes: Span<UInt8>, in range: ByteRange, with fault: TrackFault) {
        guard case .malformed(let rule, _) = fault, !Self.isGarbage(rule),
            rule != .formatCodeExpected
        else { return nil }
        if Self.isLicence(bytes, in: range) {
            self = .licence
            return
        }
        let number = Self.digits(bytes, from: range.start + 1, upTo: range.end)
        if let card = NonPaymentCard(number: bytes.extracting(number.range)) {
            self = card
            return
        }
        switch rule {
        case .formatReservedToIssuer, .formatReservedToANSI, .formatOfIssuer:
            // A number in a format of the bank's own is a bank's.
            guard number.count < 12 else { return nil }
            self = bytes[range.start] == UInt8(ascii: "L") ? .loyalty : .other
        default: return nil
        }
    }

    /// By its number, or by being a number that is too short or stands alone and of no brand.
    init?(track2 bytes: Span<UInt8>, in range: ByteRange, with fault: TrackFault) {
        guard case .malformed(let rule, _) = fault, !Self.isGarbage(rule) else { return nil }
        let number = Self.digits(bytes, from: range.start, upTo: range.end)
        if let card = NonPaymentCard(number: bytes.extracting(number.range)) {
            self = card
            return
        }
        let standsAlone = rule == .separatorExpected && number == range
        guard rule == .panTooShort || standsAlone, number.count >= 4 else { return nil }
        let prefix = (0..<4).reduce(0) { $0 * 10 + Int(bytes[range.start + $1] &- 0x30) }
        guard CardBrand.brand(prefix: prefix) == nil else { return nil }
        self = .other
    }

    /// True for rules whose breaking says nothing about what was meant.
    private static func isGarbage(_ rule: TrackRule) -> Bool {
        rule == .empty || rule == .illegalCharacter || rule == .tooLong
            || rule == .startSentinelExpected
    }

    private static func digits(
        _ bytes: Span<UInt8>, from start: Int, upTo end: Int
    ) -> ByteRange {
        var stop = start
        while stop < end, Character.isDigit(bytes[stop]) { stop += 1 }
        return ByteRange(start, upTo: stop)
    }

    /// State or province, city, `^`, the name with `$` between its parts, `^`, the address.
    ///
    /// Source: AAMVA card design standard, annex on magnetic stripes; ID TECH SecureHead manual,
    /// "AAMVA driver's license format".
    private static func isLicence(_ bytes: Span<UInt8>, in range: ByteRange) -> Bool {
        guard range.count > 3, isJurisdiction(bytes[range.start], bytes[range.start + 1]),
            UInt8(ascii: "A")...UInt8(ascii: "Z") ~= bytes[range.start + 2]
        else { return false }
        var hasField = false
        var hasName = false
        for offset in range.range {
            hasField = hasField || bytes[offset] == Character.separator1
            hasName = hasName || bytes[offset] == UInt8(ascii: "$")
        }
        return hasField && hasName
    }

    /// The two letters of a state or territory of the United States, or a province of Canada.
    private static func isJurisdiction(_ first: UInt8, _ second: UInt8) -> Bool {
        let seconds =
            switch Unicode.Scalar(first) {
            case "A": "BKLRSZ"
            case "B", "Q": "C"
            case "C": "AOT"
            case "D": "CE"
            case "F": "LM"
            case "G": "AU"
            case "H", "R": "I"
            case "I": "ADLN"
            case "K": "SY"
            case "L": "A"
            case "M": "ABDEHINOPST"
            case "N": "BCDEHJLMSTUVY"
            case "O": "HKNR"
            case "P": "AERW"
            case "S": "CDK"
            case "T": "NX"
            case "U", "Y": "T"
            case "V": "AIT"
            case "W": "AIVY"
            default: ""
            }
        return seconds.utf8.contains(second)
    }
}
