public import Values

/// Where everything stands on a track 2: ranges into the swipe, no character of it.
///
/// `PAN = ED SC DD`. Source: ISO/IEC 7813; `D` and `d` for the separator as in ISO 8583 field 35.
public struct Track2: Equatable, Sendable {
    /// All of it without sentinels and LRC: the gateway's `track2_data`.
    public let text: ByteRange
    /// 12 to 19 digits.
    public let pan: ByteRange
    /// Where the separator stands.
    public let separator: Int
    /// Four digits YYMM; `nil` when a separator stands in their place or nothing follows the PAN.
    public let expiry: ByteRange?
    /// Three digits; `nil` when a separator stands in their place.
    public let serviceCode: ByteRange?
    /// The rest, 0 or more characters.
    public let discretionary: ByteRange

    /// The most characters between the sentinels.
    public static let lengthMaximum = 37

    /// Reads the text between the sentinels.
    /// - Throws: ``TrackFault`` with the rule and the offset from the range's first byte.
    public init(_ bytes: Span<UInt8>, in range: ByteRange) throws(TrackFault) {
        var cursor = try TrackCursor(
            bytes, range, maximum: Self.lengthMaximum,
            alphabet: { Character.isOnTrack2($0) || Self.isLetterSeparator($0) })
        text = range
        pan = try cursor.pan()
        separator = cursor.position
        guard let mark = cursor.next,
            mark == Character.separator2 || Self.isLetterSeparator(mark)
        else { throw cursor.fault(.separatorExpected) }
        cursor.skip()
        guard cursor.next != nil else {
            // The PAN alone: a track, though nobody can sell with it.
            expiry = nil
            serviceCode = nil
            discretionary = cursor.rest
            return
        }
        expiry = try cursor.digits(4, or: Character.separator2, else: .expiryNotFourDigits)
        serviceCode = try cursor.digits(
            3, or: Character.separator2, else: .serviceCodeNotThreeDigits)
        discretionary = cursor.rest
        try cursor.refuseAnywhere(from: discretionary.start, Self.isLetterSeparator)
    }

    /// `D` or `d`, which some sources write for the separator.
    @inline(__always) static func isLetterSeparator(_ byte: UInt8) -> Bool {
        byte | 0x20 == UInt8(ascii: "d")
    }
}

/// A track 3, carried through and not interpreted.
///
/// Source: ISO/IEC 4909.
public struct Track3: Equatable, Sendable {
    /// All of it without sentinels and LRC.
    public let text: ByteRange

    /// The most characters between the sentinels.
    public static let lengthMaximum = 104

    /// Reads the text between the sentinels; any printable character may stand there.
    /// - Throws: ``TrackFault`` with the rule and the offset from the range's first byte.
    public init(_ bytes: Span<UInt8>, in range: ByteRange) throws(TrackFault) {
        _ = try TrackCursor(
            bytes, range, maximum: Self.lengthMaximum, alphabet: Character.isOnTrack1)
        text = range
    }
}
