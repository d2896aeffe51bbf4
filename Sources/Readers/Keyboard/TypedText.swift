/// Text that came as characters and not as key codes: from a till's text field, or through a
/// keyboard layout of the machine.
///
/// A reader types on the US map. Through another layout `% ; ^ = ?` land elsewhere, and what the
/// card says may be mended wrongly; so such a text is named and never turned back.
public enum TypedText {
    /// The layout through which the text of a swipe, in UTF-8, was typed; `nil` for the US
    /// layout's own and for text that is no swipe. Where several layouts agree on the characters
    /// that tell, it is the first of them. A number may be masked with `X` or `*`.
    public static func layout(of text: Span<UInt8>) -> KeyboardLayout? {
        for layout in KeyboardLayout.allCases
        where LayoutMatch(text, layout.keys).holdsSwipe { return layout }
        return nil
    }
}

/// A keyboard layout that is not the US one, by where it has the keys of a track.
///
/// Source: the layouts of X.Org's xkeyboard-config, shift levels 1 and 2.
public enum KeyboardLayout: String, Equatable, Sendable, CaseIterable {
    /// Also Swedish and Finnish.
    case german
    case turkish
    case french
    case belgian
    case spanish
    case latinAmerican
    case italian
    case portuguese
    case brazilian
    case danish
    case norwegian
    case russian
    case dvorak
    /// Has the keys of a track where the US layout has them, but not the quotation mark.
    case unitedKingdom

    /// Where the keys of a track are.
    internal var keys: LayoutKeys {
        switch self {
        case .german: LayoutKeys(caret: "&", semicolon: "ö", equals: "´", question: "_")
        case .turkish: LayoutKeys(caret: "&", semicolon: "ş", equals: "-", question: ":")
        case .french: .french
        case .belgian: .belgian
        case .spanish: LayoutKeys(caret: "&", semicolon: "ñ", equals: "¡", question: "_")
        case .latinAmerican: LayoutKeys(caret: "&", semicolon: "ñ", equals: "¿", question: "_")
        case .italian: LayoutKeys(caret: "&", semicolon: "ò", equals: "ì", question: "_")
        case .portuguese: LayoutKeys(caret: "&", semicolon: "ç", equals: "«", question: "_")
        case .brazilian: LayoutKeys(caret: "¨", semicolon: "ç", equals: "=", question: ":")
        case .danish: LayoutKeys(caret: "&", semicolon: "æ", equals: "´", question: "_")
        case .norwegian: LayoutKeys(caret: "&", semicolon: "ø", equals: "\\", question: "_")
        case .russian:
            LayoutKeys(caret: ":", semicolon: "ж", equals: "=", question: ",", letterB: "И")
        case .dvorak:
            LayoutKeys(caret: "^", semicolon: "s", equals: "]", question: "Z", letterB: "X")
        case .unitedKingdom: LayoutKeys(quote: "@")
        }
    }
}

/// The characters that a layout gives for the keys which the US layout has for a track.
internal struct LayoutKeys: Sendable {
    var percent = "%"
    var caret = "^"
    var semicolon = ";"
    var equals = "="
    var question = "?"
    var letterB = "B"
    var quote = "\""
    /// The digits 0 to 9.
    var digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]

    static let french = LayoutKeys(
        percent: "5", caret: "6", semicolon: "m", equals: "=", question: "§",
        digits: ["à", "&", "é", "\"", "'", "(", "-", "è", "_", "ç"])
    static let belgian = LayoutKeys(
        percent: "5", caret: "6", semicolon: "m", equals: "-", question: "+",
        digits: ["à", "&", "é", "\"", "'", "(", "§", "è", "!", "ç"])
}

/// Whether a text has the shape of a track in a layout.
internal struct LayoutMatch: ~Escapable {
    private let text: Span<UInt8>
    private let keys: LayoutKeys
    /// The layout's track 1, or its track 2, is not the US layout's.
    private let tellsTrack1: Bool
    private let tellsTrack2: Bool
    /// The first byte of either track, by which most of a text is passed over.
    private let firsts: (UInt8, UInt8)

    @_lifetime(copy text)
    init(_ text: Span<UInt8>, _ keys: LayoutKeys) {
        self.text = text
        self.keys = keys
        let us = LayoutKeys()
        firsts = (keys.percent.utf8.first ?? 0, keys.semicolon.utf8.first ?? 0)
        tellsTrack1 = (keys.percent, keys.letterB, keys.caret) != (us.percent, us.letterB, us.caret)
        tellsTrack2 = (keys.semicolon, keys.equals) != (us.semicolon, us.equals)
    }

    /// True when track 1 or track 2 stands somewhere in the text, or a SecureKey message begins
    /// it, with this layout's characters and not with the US layout's.
    var holdsSwipe: Bool {
        if keys.quote != "\"" { return isMessage }
        for start in text.indices where text[start] == firsts.0 || text[start] == firsts.1 {
            if isTrack1(start) || isTrack2(start) { return true }
        }
        return false
    }

    /// `<DvcMsg Ver="`, the quotation mark elsewhere.
    private var isMessage: Bool {
        var position = 0
        return take("<DvcMsg Ver=" + keys.quote, &position)
    }

    /// `%B`, number, `^`
    private func isTrack1(_ start: Int) -> Bool {
        var position = start
        return tellsTrack1 && take(keys.percent, &position) && take(keys.letterB, &position)
            && number(&position) && take(keys.caret, &position)
    }

    /// `;`, number, `=`
    private func isTrack2(_ start: Int) -> Bool {
        var position = start
        return tellsTrack2 && take(keys.semicolon, &position) && number(&position)
            && take(keys.equals, &position)
    }

    /// 12 to 19 digits, some of which may be masked.
    private func number(_ position: inout Int) -> Bool {
        var count = 0
        while count < 20, digit(&position) { count += 1 }
        return (12...19).contains(count)
    }

    private func digit(_ position: inout Int) -> Bool {
        if take("X", &position) || take("*", &position) { return true }
        for digit in keys.digits where take(digit, &position) { return true }
        return false
    }

    private func take(_ symbol: String, _ position: inout Int) -> Bool {
        let bytes = symbol.utf8Span.span
        guard bytes.count <= text.count - position else { return false }
        for index in bytes.indices where text[position + index] != bytes[index] { return false }
        position += bytes.count
        return true
    }
}
