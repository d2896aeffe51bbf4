public import Values

/// What a MagneSafe V5 reader types: masked tracks, then fields with a `|` in front of each.
///
/// Ranges count in the text; binary fields stand in capital hex digits, two a byte.
/// Source: MagTek 99875475, "Card Data (KB and other models)" and its examples.
public struct MagTekText: Equatable, Sendable {
    /// What stands in front of each field.
    public static let separator = UInt8(ascii: "|")

    /// All of it without line ends behind, as it was typed.
    public let frame: ByteRange
    /// The masked tracks, sentinels included.
    public let maskedTracks: PerTrack<ByteRange?>
    /// Which tracks could not be decoded: `E` stands between their sentinels.
    public let readErrors: PerTrack<Bool>
    /// True when track 3 begins with `#`, an AAMVA driver licence's.
    public let isLicence: Bool
    /// What the reader says of its keys.
    public let encryptionStatus: MagTekEncryptionStatus
    /// The tracks: encrypted, in hex digits, or as clear text when the status says so.
    public let encryptedTracks: PerTrack<ByteRange?>
    /// The status of the MagnePrint.
    public let magnePrintStatus: ByteRange?
    /// The card's MagnePrint, encrypted.
    public let magnePrint: ByteRange?
    /// The reader's serial number, as text.
    public let serialNumber: ByteRange?
    /// The encrypted session id.
    public let sessionID: ByteRange?
    /// The key serial number, 20 hex digits.
    public let keySerialNumber: ByteRange?
    /// How many swipes may still be encrypted; `nil` unless the reader is set to tell.
    public let encryptionCounter: ByteRange?
    /// The CRC over all characters in front of it, four hex digits, low byte first.
    public let clearTextCRC: ByteRange
    /// The same CRC, encrypted.
    public let encryptedCRC: ByteRange?
    /// Four characters that name the format.
    public let formatCode: ByteRange
    /// What the reader was set to type behind everything, its Enter aside.
    public let terminator: ByteRange?

    /// Reads the text that fills `range` but for line ends behind it.
    /// - Throws: ``FrameFault``: `tooShort` and `bytesLeftOver` (too few and too many fields),
    ///   `checksumWrong` (the CRC is wrong or not there), `endMissing` (a masked track has no
    ///   end), `statusInvalid`, `lengthMismatch`, `fieldsRunOver` (a field is not what it must
    ///   be).
    public init(_ text: Span<UInt8>, in range: ByteRange) throws(FrameFault) {
        frame = Self.withoutLineEnds(text, range)
        let fields = try MagTekFields(text, in: frame)
        clearTextCRC = try fields.checkedCRC(text)
        let masked = try MagTekMaskedTracks(text, in: fields.front)
        maskedTracks = masked.tracks
        readErrors = masked.readErrors
        isLicence = masked.isLicence
        guard let status = try fields.hex(text, 0, bytes: 2...2) else { throw .statusInvalid }
        encryptionStatus = MagTekEncryptionStatus(rawValue: Self.lowFirst(text, status))
        encryptedTracks = try fields.tracks(text, areEncrypted: encryptionStatus.isEncrypting)
        magnePrintStatus = try fields.hex(text, 4, bytes: 4...4)
        magnePrint = try fields.hex(text, 5, bytes: 1...128)
        serialNumber = fields[6].isEmpty ? nil : fields[6]
        sessionID = try fields.hex(text, 7, bytes: 8...8)
        keySerialNumber = try fields.hex(text, 8, bytes: 10...10)
        encryptionCounter = fields.count == 13 ? try fields.hex(text, 9, bytes: 3...3) : nil
        encryptedCRC = try fields.hex(text, fields.count - 2, bytes: 8...8)
        let last = fields[fields.count - 1]
        guard last.count >= 4 else { throw .fieldsRunOver }
        formatCode = ByteRange(start: last.start, count: 4)
        terminator = last.count == 4 ? nil : ByteRange(last.start + 4, upTo: last.end)
    }

    /// Two bytes in four hex digits, low byte first.
    internal static func lowFirst(_ text: Span<UInt8>, _ digits: ByteRange) -> UInt16 {
        let form = EncryptedBlock.Form.typed
        let low = form.byte(text, at: digits.start) ?? 0
        let high = form.byte(text, at: digits.start + 2) ?? 0
        return UInt16(high) << 8 | UInt16(low)
    }

    private static func withoutLineEnds(_ text: Span<UInt8>, _ range: ByteRange) -> ByteRange {
        var end = min(range.end, text.count)
        while end > range.start, text[end - 1] == 0x0D || text[end - 1] == 0x0A { end -= 1 }
        return ByteRange(min(range.start, end), upTo: end)
    }
}
