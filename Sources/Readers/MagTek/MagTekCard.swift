internal import Secrets
internal import Tracks
internal import Values

/// What a MagneSafe swipe means for a sale, the same for its HID report and its typed form.
internal struct MagTekCard {
    let frame: ByteRange
    let form: EncryptedBlock.Form
    let status: MagTekEncryptionStatus
    /// Encrypted, or in clear when the status says so.
    let tracks: PerTrack<ByteRange?>
    let maskedTracks: PerTrack<ByteRange?>
    let readErrors: PerTrack<Bool>
    let keySerialNumber: ByteRange?

    /// - Throws: ``FrameFault``
    func content(_ bytes: Span<UInt8>) throws(FrameFault) -> SwipeContent {
        if let fault = status.fault { throw fault }
        guard status.isEncrypting else {
            return SwipeContent(try CardTracks(bytes, fields: tracks, readErrors: readErrors))
        }
        guard hasTrack else { return try withoutTrack() }
        guard let keySerialNumber, Self.isSet(bytes, keySerialNumber, form) else {
            throw .keyMissing
        }
        return .encrypted(block(bytes, keySerialNumber))
    }

    private var hasTrack: Bool {
        tracks.track1 != nil && !readErrors.track1 || tracks.track2 != nil && !readErrors.track2
    }

    private func withoutTrack() throws(FrameFault) -> SwipeContent {
        let isRead = readErrors.track1 || readErrors.track2 || readErrors.track3
        if status.contains(.authenticationRequired), !isRead { throw .authenticationRequired }
        return .bad(
            .noUsableTrack(
                track1: readErrors.track1 ? .readError : nil,
                track2: readErrors.track2 ? .readError : nil))
    }

    private func block(_ bytes: Span<UInt8>, _ serial: ByteRange) -> EncryptedBlock {
        let card = MaskedCard(bytes, maskedTracks)
        let pan = bytes.extracting(card.pan.range)
        var block = EncryptedBlock(
            frame: frame, form: form, maskedPAN: MaskedPAN(alreadyMasked: pan),
            brand: CardBrand(pan: pan), expiry: card.expiry)
        block.keySerialNumber = serial
        return block
    }

    /// A serial number of zeros stands for none.
    private static func isSet(
        _ bytes: Span<UInt8>, _ range: ByteRange, _ form: EncryptedBlock.Form
    ) -> Bool {
        let zero = form == .typed ? UInt8(ascii: "0") : 0
        for offset in range.range where bytes[offset] != zero { return true }
        return false
    }
}
