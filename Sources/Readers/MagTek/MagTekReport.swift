public import Values

/// A MagneSafe V5 HID report: where its fields stand, no byte of them.
///
/// Ranges count in the buffer that the report was read from. Each track's ciphertext is one chain
/// of TDES-CBC from an IV of zeros over the track with its sentinels and without LRC, padded with
/// zeros. Source: MagTek 99875475, "Card Data"; that older firmware ends after the absolute
/// lengths, by its examples.
public struct MagTekReport: Equatable, Sendable {
    /// A report of older firmware, in bytes.
    public static let olderBytes = 856
    /// A report of newer firmware, in bytes.
    public static let newerBytes = 887

    /// The whole report, without a report id in front.
    public let frame: ByteRange
    /// Which tracks gave a signal and could not be decoded.
    public let readErrors: PerTrack<Bool>
    /// What the reader takes the card for.
    public let encodeType: MagTekEncodeType
    /// The tracks: encrypted, in whole blocks of 8 bytes, or in clear as the status says.
    public let encryptedTracks: PerTrack<ByteRange?>
    /// Bit 0 of an insert reader's: a card is in it. No swipe reader uses it.
    public let cardStatus: UInt8
    /// Four bytes, low byte first.
    public let magnePrintStatus: ByteRange
    /// The card's MagnePrint, encrypted; 0 to 128 bytes.
    public let magnePrint: ByteRange
    /// The reader's serial number in ASCII, 0 to 16 characters.
    public let serialNumber: ByteRange
    /// What the reader says of its keys.
    public let encryptionStatus: MagTekEncryptionStatus
    /// The key serial number, 10 bytes; zeros when there is none.
    public let keySerialNumber: ByteRange
    /// The tracks as text, masked, sentinels included.
    public let maskedTracks: PerTrack<ByteRange?>
    /// The encrypted session id, 8 bytes.
    public let sessionID: ByteRange
    /// How many bytes of each decrypted track are track and not padding.
    public let absoluteLengths: PerTrack<Int>
    /// The same of the MagnePrint.
    public let magnePrintAbsoluteLength: Int
    /// How many swipes may still be encrypted, 3 bytes; `nil` from older firmware.
    public let encryptionCounter: ByteRange?
    /// The MagneSafe version, 8 bytes of ASCII ended by NUL; `nil` from older firmware.
    public let version: ByteRange?
    /// SHA-1 of track 2, 20 bytes; `nil` from older firmware.
    public let hashedTrack2: ByteRange?

    /// Reads a report that fills `range`.
    /// - Throws: ``FrameFault``: `lengthMismatch` (the report's or a field's), `statusInvalid`,
    ///   `encodeTypeUnknown`.
    public init(_ bytes: Span<UInt8>, in range: ByteRange) throws(FrameFault) {
        guard Self.isLength(range.count), range.end <= bytes.count else {
            throw .lengthMismatch
        }
        let start = range.start
        let header = try MagTekHeader(bytes, at: start, room: 112)
        frame = range
        readErrors = header.readErrors
        encodeType = header.encodeType
        encryptedTracks = header.tracks
        cardStatus = bytes[start + 343]
        magnePrintStatus = ByteRange(start: start + 344, count: 4)
        magnePrint = ByteRange(start: start + 349, count: Int(bytes[start + 348]))
        serialNumber = Self.text(bytes, ByteRange(start: start + 477, count: 16))
        encryptionStatus = MagTekEncryptionStatus(
            rawValue: UInt16(bytes[start + 493]) << 8 | UInt16(bytes[start + 494]))
        keySerialNumber = ByteRange(start: start + 495, count: 10)
        maskedTracks = try MagTekHeader.areas(
            bytes, lengthsAt: start + 505, from: start + 508, room: 112)
        sessionID = ByteRange(start: start + 844, count: 8)
        absoluteLengths = PerTrack(
            Int(bytes[start + 852]), Int(bytes[start + 853]), Int(bytes[start + 854]))
        magnePrintAbsoluteLength = Int(bytes[start + 855])
        let isNew = range.count == Self.newerBytes
        encryptionCounter = isNew ? ByteRange(start: start + 856, count: 3) : nil
        version = isNew ? ByteRange(start: start + 859, count: 8) : nil
        hashedTrack2 = isNew ? ByteRange(start: start + 867, count: 20) : nil
        guard magnePrint.count <= 128, hasSoundBlocks else { throw .lengthMismatch }
    }

    /// What the report means for a sale.
    /// - Throws: ``FrameFault``
    internal func content(_ bytes: Span<UInt8>) throws(FrameFault) -> SwipeContent {
        if encodeType.isLicence { return .bad(.notAPaymentCard(.licence)) }
        let card = MagTekCard(
            frame: frame, form: .binary, status: encryptionStatus, tracks: encryptedTracks,
            maskedTracks: maskedTracks, readErrors: readErrors,
            keySerialNumber: keySerialNumber)
        return try card.content(bytes)
    }

    /// Ciphertext comes in whole blocks, and no track is longer than its own.
    private var hasSoundBlocks: Bool {
        guard encryptionStatus.isEncrypting else { return true }
        return Self.isSound(encryptedTracks.track1, absoluteLengths.track1)
            && Self.isSound(encryptedTracks.track2, absoluteLengths.track2)
            && Self.isSound(encryptedTracks.track3, absoluteLengths.track3)
    }

    private static func isSound(_ ciphertext: ByteRange?, _ absoluteLength: Int) -> Bool {
        let count = ciphertext?.count ?? 0
        return count % 8 == 0 && absoluteLength <= count
    }

    /// True for a length that a report may have.
    internal static func isLength(_ count: Int) -> Bool {
        count == olderBytes || count == newerBytes
    }

    /// The characters up to the first NUL.
    private static func text(_ bytes: Span<UInt8>, _ field: ByteRange) -> ByteRange {
        for offset in field.range where bytes[offset] == 0 {
            return ByteRange(field.start, upTo: offset)
        }
        return field
    }
}
