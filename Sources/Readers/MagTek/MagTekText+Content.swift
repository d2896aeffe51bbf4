internal import Tracks
internal import Values

extension MagTekText {
    /// What typed text is when it is not simply clear tracks; `nil` when it may be those.
    ///
    /// `mayBeMasked` says that the reader can be set to type masked tracks, whose digits look like
    /// a card's: text that ends before its fields, or has another separator, is refused then.
    static func content(of text: Span<UInt8>, mayBeMasked: Bool) -> SwipeContent? {
        for offset in text.indices where text[offset] == separator {
            do throws(FrameFault) {
                let whole = ByteRange(start: 0, count: text.count)
                return try MagTekText(text, in: whole).content(text)
            } catch {
                return .bad(.frame(error))
            }
        }
        if mayBeMasked, !isWholeSureSwipe(text) { return .bad(.incomplete) }
        return hasLicenceTrack(text) ? .bad(.notAPaymentCard(.licence)) : nil
    }

    private func content(_ text: Span<UInt8>) throws(FrameFault) -> SwipeContent {
        if isLicence { return .bad(.notAPaymentCard(.licence)) }
        let card = MagTekCard(
            frame: frame, form: .typed, status: encryptionStatus, tracks: encryptedTracks,
            maskedTracks: maskedTracks, readErrors: readErrors,
            keySerialNumber: keySerialNumber)
        return try card.content(text)
    }

    /// SureSwipe text ends with an end sentinel, perhaps an LRC, and Enter.
    private static func isWholeSureSwipe(_ text: Span<UInt8>) -> Bool {
        var end = text.count
        while end > 0, text[end - 1] == 0x0D || text[end - 1] == 0x0A { end -= 1 }
        guard end < text.count, end >= 2 else { return false }
        let sentinel = UInt8(ascii: "?")
        return text[end - 1] == sentinel || text[end - 2] == sentinel
    }

    /// Track 3 of an AAMVA licence begins with `#` and goes on. Alone behind an end sentinel `#`
    /// can be the LRC of track 1.
    private static func hasLicenceTrack(_ text: Span<UInt8>) -> Bool {
        for offset in text.indices where text[offset] == MagTekMaskedTracks.licenceStart {
            guard offset + 1 < text.count else { return false }
            let isStart = offset == 0 || text[offset - 1] == UInt8(ascii: "?")
            switch text[offset + 1] {
            case UInt8(ascii: ";"), UInt8(ascii: "+"), UInt8(ascii: "@"), UInt8(ascii: "&"): break
            case 0x0D, 0x0A: break
            default: if isStart { return true }
            }
        }
        return false
    }
}
