internal import Secrets
internal import Tracks
internal import Values

/// The text that a reader typed: clear tracks between sentinels, an ID TECH frame, a SecureKey
/// message, or MagTek's masked tracks with fields behind them.
internal enum KeyboardText {
    static func decode(_ bytes: inout SecretBytes, mayBeMasked: Bool) -> SwipeContent {
        let framed = bytes.withBytes { Self.framed($0, mayBeMasked: mayBeMasked) }
        switch framed {
        case .plain(let tracks)?:
            tracks.mendSeparator(in: &bytes)
            return .plain(tracks)
        case let content?: return content
        case nil: return tracks(&bytes)
        }
    }

    /// Whose typed block it is: MagTek's begin with masked tracks, ID TECH's with `02` or `<`.
    static func maker(of text: Span<UInt8>) -> ReaderIdentity {
        let isMagTek = !text.isEmpty && text[0] != UInt8(ascii: "0") && text[0] != UInt8(ascii: "<")
        return isMagTek
            ? ReaderIdentity(brand: "MAGTEK", model: "MAGNESAFEV5", mode: .keyboard)
            : ReaderIdentity(brand: "IDTECH", model: "UNIMAGII", mode: .keyboard)
    }

    /// What is no clear track; `nil` when it may be one.
    private static func framed(_ text: Span<UInt8>, mayBeMasked: Bool) -> SwipeContent? {
        let all = withoutLineEnds(text)
        let isMessage = SecureKeyMessage.begins(text)
        do throws(FrameFault) {
            if isMessage { return try SecureKeyMessage.content(text, in: all) }
            guard isFrame(text) else {
                return MagTekText.content(of: text, mayBeMasked: mayBeMasked)
            }
            return try IDTechFrame(text, in: all, form: .typed).content(text)
        } catch {
            let isGarbled = isMessage && TypedText.layout(of: text) != nil
            return .bad(isGarbled ? .garbledByLayout : .frame(error))
        }
    }

    private static func tracks(_ bytes: inout SecretBytes) -> SwipeContent {
        let content = SwipeContent(CardTracks.read(&bytes))
        guard case .bad = content, bytes.withBytes({ TypedText.layout(of: $0) }) != nil else {
            return content
        }
        return .bad(.garbledByLayout)
    }

    /// A frame's STX is typed as `02`; no clear track that a reader types begins with a digit.
    private static func isFrame(_ text: Span<UInt8>) -> Bool {
        text.count >= 2 && text[0] == UInt8(ascii: "0") && text[1] == UInt8(ascii: "2")
    }

    /// All of the text but the line ends behind it.
    private static func withoutLineEnds(_ text: Span<UInt8>) -> ByteRange {
        var end = text.count
        while end > 0, text[end - 1] == 0x0D || text[end - 1] == 0x0A { end -= 1 }
        return ByteRange(start: 0, count: end)
    }
}
