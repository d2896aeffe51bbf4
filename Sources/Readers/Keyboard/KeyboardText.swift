internal import Secrets
internal import Tracks
internal import Values

/// The text that a reader typed: clear tracks between sentinels, an ID TECH frame, or MagTek's
/// masked tracks with fields behind them.
internal enum KeyboardText {
    static func decode(_ bytes: inout SecretBytes, mayBeMasked: Bool) -> SwipeContent {
        let framed = bytes.withBytes { (text: Span<UInt8>) -> SwipeContent? in
            Self.isFrame(text)
                ? Self.frame(text) : MagTekText.content(of: text, mayBeMasked: mayBeMasked)
        }
        switch framed {
        case .plain(let tracks)?:
            tracks.mendSeparator(in: &bytes)
            return .plain(tracks)
        case let content?: return content
        case nil: return SwipeContent(CardTracks.read(&bytes))
        }
    }

    /// A frame's STX is typed as `02`; no clear track that a reader types begins with a digit.
    private static func isFrame(_ text: Span<UInt8>) -> Bool {
        text.count >= 2 && text[0] == UInt8(ascii: "0") && text[1] == UInt8(ascii: "2")
    }

    /// The frame that fills the text but for line ends behind it.
    private static func frame(_ text: Span<UInt8>) -> SwipeContent {
        var end = text.count
        while end > 0, text[end - 1] == 0x0D || text[end - 1] == 0x0A { end -= 1 }
        do throws(FrameFault) {
            let range = ByteRange(start: 0, count: end)
            return try IDTechFrame(text, in: range, form: .typed).content(text)
        } catch {
            return .bad(.frame(error))
        }
    }
}
