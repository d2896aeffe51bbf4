public import Values

/// Where everything stands on a track 1 of format B: ranges into the swipe, no character of it.
///
/// `B PAN ^ NAME ^ ED SC DD`. Source: ISO/IEC 7813.
public struct Track1: Equatable, Sendable {
    /// All of it without sentinels and LRC: the gateway's `track1_data`.
    public let text: ByteRange
    /// 12 to 19 digits.
    public let pan: ByteRange
    /// 2 to 26 characters, padding included.
    public let name: ByteRange
    /// Four digits YYMM; `nil` when a separator stands in their place or nothing follows the name.
    public let expiry: ByteRange?
    /// Three digits; `nil` when a separator stands in their place.
    public let serviceCode: ByteRange?
    /// The rest, 0 or more characters.
    public let discretionary: ByteRange

    /// The most characters between the sentinels.
    public static let lengthMaximum = 76

    /// Reads the text between the sentinels.
    /// - Throws: ``TrackFault`` with the rule and the offset from the range's first byte.
    public init(_ bytes: Span<UInt8>, in range: ByteRange) throws(TrackFault) {
        var cursor = try TrackCursor(
            bytes, range, maximum: Self.lengthMaximum, alphabet: Character.isOnTrack1)
        text = range
        try Self.formatCode(&cursor)
        pan = try cursor.pan()
        guard cursor.take(Character.separator1) else {
            throw cursor.fault(.separatorExpected)
        }
        let nameStart = cursor.position
        cursor.skip(to: Character.separator1)
        name = ByteRange(nameStart, upTo: cursor.position)
        guard name.count >= 2 else { throw cursor.fault(.nameTooShort, at: nameStart) }
        guard name.count <= 26 else { throw cursor.fault(.nameTooLong, at: nameStart) }
        guard cursor.take(Character.separator1) else {
            // Some cards end after the name; track 2 has the expiry then.
            expiry = nil
            serviceCode = nil
            discretionary = cursor.rest
            return
        }
        expiry = try cursor.digits(4, or: Character.separator1, else: .expiryNotFourDigits)
        serviceCode = try cursor.digits(
            3, or: Character.separator1, else: .serviceCodeNotThreeDigits)
        discretionary = cursor.rest
    }

    private static func formatCode(_ cursor: inout TrackCursor) throws(TrackFault) {
        switch cursor.next {
        case UInt8(ascii: "B"): cursor.skip()
        case UInt8(ascii: "A"): throw cursor.fault(.formatReservedToIssuer)
        case (UInt8(ascii: "C")...UInt8(ascii: "M"))?: throw cursor.fault(.formatReservedToANSI)
        case (UInt8(ascii: "N")...UInt8(ascii: "Z"))?: throw cursor.fault(.formatOfIssuer)
        default: throw cursor.fault(.formatCodeExpected)
        }
    }
}
