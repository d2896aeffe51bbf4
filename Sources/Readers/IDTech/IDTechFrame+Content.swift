internal import Secrets
internal import Tracks
internal import Values

extension IDTechFrame {
    /// What the frame means for a sale.
    /// - Throws: ``FrameFault``
    func content(_ bytes: Span<UInt8>) throws(FrameFault) -> SwipeContent {
        switch cardKind {
        case .manualEntry: return .bad(.manualEntry)
        case .licence: return .bad(.notAPaymentCard(.licence))
        case .bank, .other, .raw:
            if isEncrypted { return .encrypted(block(bytes)) }
            return SwipeContent(try clearTracks(bytes))
        }
    }

    private func block(_ bytes: Span<UInt8>) -> EncryptedBlock {
        let card = MaskedCard(bytes, maskedTracks)
        let pan = bytes.extracting(card.pan.range)
        var block = EncryptedBlock(
            frame: frame, form: form, maskedPAN: MaskedPAN(alreadyMasked: pan),
            brand: CardBrand(pan: pan), expiry: card.expiry)
        block.keySerialNumber = keySerialNumber
        block.hasChip = hasChip
        return block
    }

    /// The tracks of a card that the reader sends in clear.
    private func clearTracks(_ bytes: Span<UInt8>) throws(FrameFault) -> CardTracks {
        // A track that was read and is neither encrypted nor in clear: nothing to sell with.
        guard maskedTracks.track1 != nil || trackLengths.track1 == 0,
            maskedTracks.track2 != nil || trackLengths.track2 == 0
        else { throw .nothingEncrypted }
        return try CardTracks(bytes, wholeTracks: maskedTracks, readErrors: readErrors)
    }
}
