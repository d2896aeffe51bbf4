public import Values

/// An ID TECH frame that was checked whole: where its fields stand, no byte of them.
///
/// Ranges count in the buffer that the frame was read from; in a typed frame a range of binary
/// data has two hex digits a byte. Source: ID TECH SecureMag manual, "Data format" (original and
/// enhanced encryption format); MS246, UniMag II and Augusta manuals for what differs.
public struct IDTechFrame: Equatable, Sendable {
    /// Bytes, or characters that a keyboard typed.
    public let form: EncryptedBlock.Form
    /// All of it, STX to ETX.
    public let frame: ByteRange
    /// The encode type's byte: below 80 the original format, from 80 on the enhanced one.
    public let encodeType: UInt8
    /// What the encode type says of the card.
    public let cardKind: CardKind
    /// Bits 0 to 2: track decoded. 3 to 5: track sampled. 6: optional bytes follow.
    public internal(set) var trackStatus: UInt8 = 0
    /// Characters of each whole track, sentinels and LRC included; 0 when there is none.
    public internal(set) var trackLengths = PerTrack(0, 0, 0)
    /// What was sent in clear or masked, and how it is encrypted; `nil` in the original format.
    public internal(set) var field8: UInt8?
    /// What was sent encrypted and hashed; `nil` in the original format.
    public internal(set) var field9: UInt8?
    /// The tracks as text, masked where they are also sent encrypted.
    public internal(set) var maskedTracks = PerTrack<ByteRange?>(nil, nil, nil)
    /// The tracks encrypted one by one (enhanced format).
    public internal(set) var encryptedTracks = PerTrack<ByteRange?>(nil, nil, nil)
    /// Tracks 1 and 2 encrypted in one piece (original format).
    public internal(set) var encryptedTogether: ByteRange?
    /// The encrypted session id: 8 bytes, under AES 16.
    public internal(set) var sessionID: ByteRange?
    /// SHA-1 (20 bytes) of each track, or SHA-256 (32 bytes) when the reader says so.
    public internal(set) var hashes = PerTrack<ByteRange?>(nil, nil, nil)
    /// The reader's serial number, 10 bytes of ASCII.
    public internal(set) var serialNumber: ByteRange?
    /// The key serial number, 10 bytes.
    public internal(set) var keySerialNumber: ByteRange?

    /// What the reader takes the card for.
    public enum CardKind: UInt8, Equatable, Sendable, CaseIterable {
        /// ISO/ABA: 00, 80.
        case bank = 0
        /// AAMVA driver licence: 01, 81.
        case licence = 1
        /// Any other: 03, 83.
        case other = 3
        /// Undecoded: 04, 84.
        case raw = 4
        /// Typed on the reader's keys, no swipe: 85. Its fields are not read.
        case manualEntry = 5
    }

    /// Reads a frame that fills `range`.
    /// - Throws: ``FrameFault``: the envelope's (`tooShort`, `lengthMismatch`, `startMissing`,
    ///   `endMissing`, `lrcWrong`, `checksumWrong`), then the fields' (`encodeTypeUnknown`,
    ///   `statusInvalid`, `trackStatusContradictsFields`, `fieldsRunOver`, `bytesLeftOver`).
    public init(
        _ bytes: Span<UInt8>, in range: ByteRange, form: EncryptedBlock.Form = .binary
    ) throws(FrameFault) {
        let data = try IDTechEnvelope.cardData(bytes, in: range, form: form)
        var cursor = IDTechFieldCursor(bytes, in: data, form: form)
        self.form = form
        frame = range
        encodeType = try cursor.byte()
        guard let kind = CardKind(encodeType: encodeType) else { throw .encodeTypeUnknown }
        cardKind = kind
        guard kind != .manualEntry else { return }
        try readHeader(&cursor)
        if isEnhanced { try readEnhanced(&cursor) } else { try readOriginal(&cursor) }
        guard cursor.left == 0 else { throw .bytesLeftOver }
    }

    /// True for the enhanced encryption format.
    public var isEnhanced: Bool { encodeType >= 0x80 }
    /// True when tracks are encrypted with AES. The original format does not say so: there it is
    /// true when only AES's padding fits.
    public internal(set) var usesAES = false
    /// True when they are encrypted under the PIN variant of the key, not the data variant.
    public var usesPINVariant: Bool { (field8 ?? 0) & 0x40 != 0 }
    /// True when the reader says that the card has a chip. Readers that do not look leave the
    /// same bit 0 as Augusta for a card without one, so that is `nil`.
    public var hasChip: Bool? { (field8 ?? 0) & 0x20 != 0 ? true : nil }
    /// True when track 1 or 2 is there encrypted.
    public var isEncrypted: Bool {
        encryptedTogether != nil || encryptedTracks.track1 != nil || encryptedTracks.track2 != nil
    }

    /// Which tracks gave a signal and could not be decoded.
    public var readErrors: PerTrack<Bool> {
        PerTrack(bits: trackStatus >> 3 & ~trackStatus, from: 0)
    }
}

extension IDTechFrame.CardKind {
    /// The kind by the encode type's byte; `nil` when the manuals have no such type.
    init?(encodeType: UInt8) {
        guard encodeType & 0x78 == 0 else { return nil }
        self.init(rawValue: encodeType & 0x07)
        if self == .manualEntry, encodeType < 0x80 { return nil }
    }
}
