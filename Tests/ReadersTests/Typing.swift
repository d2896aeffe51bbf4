import Readers
import Secrets
import Testing
import Timeline
import Tracks
import Values

/// Types texts as a reader does, in boot reports on the US map.
struct Typist {
    /// Whether an all-zero report comes behind every key.
    var releases = true
    var shift: UInt8 = 0x02

    /// The reports of a text; `\r` is Enter.
    func reports(_ text: String) -> [[UInt8]] {
        var reports: [[UInt8]] = []
        for byte in text.utf8 {
            let (usage, isShifted) = Self.key(byte)
            let modifiers = isShifted ? shift : 0
            // The same key twice needs a release in any case.
            if reports.last?[2] == usage { reports.append(Self.released) }
            reports.append([modifiers, 0, usage, 0, 0, 0, 0, 0])
            if releases { reports.append(Self.released) }
        }
        return reports
    }

    static let released = [UInt8](repeating: 0, count: 8)

    /// The usage code of a character. Source: USB HID Usage Tables, page 07.
    static func key(_ byte: UInt8) -> (usage: UInt8, isShifted: Bool) {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): return (byte - 0x61 + 0x04, false)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): return (byte - 0x41 + 0x04, true)
        case UInt8(ascii: "1")...UInt8(ascii: "9"): return (byte - 0x31 + 0x1E, false)
        case UInt8(ascii: "0"): return (0x27, false)
        case 0x0D: return (0x28, false)
        case UInt8(ascii: " "): return (0x2C, false)
        default: return symbols[byte] ?? (0, false)
        }
    }

    private static let symbols: [UInt8: (usage: UInt8, isShifted: Bool)] = {
        let plain: [(String, UInt8)] = [
            ("-", 0x2D), ("=", 0x2E), ("[", 0x2F), ("]", 0x30), ("\\", 0x31), (";", 0x33),
            ("'", 0x34), ("`", 0x35), (",", 0x36), (".", 0x37), ("/", 0x38),
        ]
        let shifted: [(String, UInt8)] = [
            ("!", 0x1E), ("@", 0x1F), ("#", 0x20), ("$", 0x21), ("%", 0x22), ("^", 0x23),
            ("&", 0x24), ("*", 0x25), ("(", 0x26), (")", 0x27), ("_", 0x2D), ("+", 0x2E),
            ("{", 0x2F), ("}", 0x30), ("|", 0x31), (":", 0x33), ("\"", 0x34), ("~", 0x35),
            ("<", 0x36), (">", 0x37), ("?", 0x38),
        ]
        var keys: [UInt8: (usage: UInt8, isShifted: Bool)] = [:]
        for (text, usage) in plain { keys[text.utf8.first ?? 0] = (usage, false) }
        for (text, usage) in shifted { keys[text.utf8.first ?? 0] = (usage, true) }
        return keys
    }()
}

/// What a gatherer made of reports.
struct Typing {
    var text = ""
    /// The number of the report after which it was whole; `nil` when only silence ended it.
    var wholeAfter: Int?
    var content: SwipeContent?

    /// Gathers reports that come so many milliseconds apart.
    init(_ reports: [[UInt8]], gap: Double = 1) throws {
        var gatherer = try SwipeGatherer(
            profile: ReaderCatalogue.genericKeyboard, arena: SecretArena())
        for (index, report) in reports.enumerated() where wholeAfter == nil {
            let moment = Moment(nanoseconds: UInt64(Double(index) * gap * 1_000_000))
            let progress = gatherer.take(report.span, at: moment)
            if progress == .whole { wholeAfter = index + 1 }
        }
        guard wholeAfter != nil || gatherer.fellSilent() == .whole else { return }
        let swipe = Swipe(decoding: try gatherer.release())
        content = swipe.content
        text = swipe.bytes.withBytes { String(decoding: copied($0), as: UTF8.self) }
    }
}
