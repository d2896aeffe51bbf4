/// How far typed tracks have come, as far as their end needs it.
///
/// Some readers put all tracks on one line and Enter behind it, some put Enter behind each
/// track, some type no Enter at all. Enter ends at once what must be the last line; otherwise
/// silence does. An ID TECH reader begins track 3 like track 2, so that a line that was left
/// behind could pass for the next customer's card: it is waited for.
///
/// Source: ID TECH SecureHead manual, page 22 (a CR behind each track); MagTek 99875191 (one
/// line).
internal struct TypedTracks: Equatable, Sendable {
    /// An end sentinel has come.
    private(set) var hasEnd = false
    private var lines = 0
    private var lineStart: UInt8
    /// An end sentinel has come on this line.
    private var lineHasEnd = false
    /// A start sentinel came right behind an end sentinel, or it is an LRC that looks like one.
    private var mayHaveSecond = false
    /// More than one track is on this line, or MagTek's fields are.
    private var isFullLine = false

    init(startingWith sentinel: UInt8) {
        lineStart = sentinel
        isFullLine = sentinel == MagTekText.separator
    }

    /// The last line of three, or a line that holds all.
    private(set) var isEnd = false
    /// A line with track 2 has come, and its Enter: only track 3 can follow.
    private(set) var isPastTrack2 = false

    mutating func take(_ byte: UInt8) {
        if byte == KeyMap.enter { return endLine() }
        isPastTrack2 = false
        if lineStart == 0 { lineStart = byte }
        if mayHaveSecond { isFullLine = true }
        mayHaveSecond = lineHasEnd && Self.isStart(byte)
        switch byte {
        case UInt8(ascii: "?"):
            hasEnd = true
            lineHasEnd = true
        // On no track's alphabet: MagTek's fields, which always share the tracks' line.
        case MagTekText.separator: isFullLine = true
        default: break
        }
    }

    private mutating func endLine() {
        // Enter twice is one line's end.
        guard lineStart != 0 else { return }
        lines += 1
        isEnd = isFullLine || lines == 3 || lineStart == UInt8(ascii: "+")
        isPastTrack2 = lineStart != UInt8(ascii: "%")
        lineStart = 0
        lineHasEnd = false
        mayHaveSecond = false
    }

    private static func isStart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "%") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "+")
    }
}
