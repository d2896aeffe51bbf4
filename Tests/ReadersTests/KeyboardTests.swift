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

    init(_ reports: [[UInt8]]) throws {
        var gatherer = try SwipeGatherer(
            profile: ReaderCatalogue.genericKeyboard, arena: SecretArena())
        for (index, report) in reports.enumerated() where wholeAfter == nil {
            let progress = gatherer.take(report.span, at: Moment(nanoseconds: UInt64(index)))
            if progress == .whole { wholeAfter = index + 1 }
        }
        guard wholeAfter != nil || gatherer.fellSilent() == .whole else { return }
        let swipe = Swipe(decoding: try gatherer.release())
        content = swipe.content
        text = swipe.bytes.withBytes { String(decoding: copied($0), as: UTF8.self) }
    }
}

@Suite struct KeyboardTests {
    static let swipe = """
        %B4111111111111111^PUBLISHED/TEST CARD^30121010000000001?;4111111111111111=3012101000\
        0000001?+014111111111111111=000000000001?\r
        """

    @Test(arguments: [swipe, "%E?;E?\r", ";4111111111111111=30121010000000001?\r"])
    func `types a swipe to its Enter`(_ text: String) throws {
        let reports = Typist().reports(text)
        let typing = try Typing(reports)
        #expect(typing.text == text)
        #expect(typing.wholeAfter == reports.count - 1)
    }

    @Test func `every printable character has its key`() throws {
        let text = String(decoding: 0x21...0x7E as ClosedRange<UInt8>, as: UTF8.self)
        #expect(try Typing(Typist().reports(text)).text == text)
    }

    @Test(arguments: [UInt8](arrayLiteral: 0x02, 0x20, 0x22))
    func `both shift keys shift`(_ shift: UInt8) throws {
        #expect(try Typing(Typist(shift: shift).reports("%E?;E?\r")).text == "%E?;E?\r")
    }

    @Test func `no release is needed between different keys`() throws {
        #expect(try Typing(Typist(releases: false).reports(Self.swipe)).text == Self.swipe)
    }

    @Test func `several keys in one report are typed in their order`() throws {
        let reports: [[UInt8]] = [
            [0x00, 0, 0x33, 0x21, 0x1E, 0, 0, 0],
            // 1 stays down, 2 joins it, then six at once.
            [0x00, 0, 0x1E, 0x1F, 0, 0, 0, 0],
            Typist.released,
            [0x00, 0, 0x1E, 0x1F, 0x20, 0x21, 0x22, 0x23],
        ]
        #expect(try Typing(reports).text == ";412123456")
    }

    @Test func `a key held over two reports is typed once`() throws {
        let held: [UInt8] = [0, 0, 0x21, 0, 0, 0, 0, 0]
        #expect(try Typing([held, held, Typist.released, held]).text == "44")
    }

    @Test func `a report of too many keys releases none`() throws {
        let held: [UInt8] = [0, 0, 0x21, 0, 0, 0, 0, 0]
        let tooMany: [UInt8] = [0, 0, 1, 1, 1, 1, 1, 1]
        #expect(try Typing([held, tooMany, held]).text == "4")
    }

    @Test func `Enter behind track 1 alone does not end, behind track 2 it does`() throws {
        let track1 = "%B4111111111111111^PUBLISHED/TEST CARD^30121010000000001?\r"
        let track2 = ";4111111111111111=30121010000000001?\r"
        let first = Typist().reports(track1)
        #expect(try Typing(first).wholeAfter == nil)
        let both = try Typing(first + Typist().reports(track2))
        #expect(both.text == track1 + track2)
        #expect(both.wholeAfter != nil)
        guard case .plain(let tracks)? = both.content else {
            Issue.record("no plain tracks")
            return
        }
        #expect(tracks.track1.layout != nil && tracks.track2.layout != nil)
    }

    @Test func `silence ends what no Enter ends`() throws {
        let track1 = "%B4111111111111111^PUBLISHED/TEST CARD^30121010000000001?\r"
        let typing = try Typing(Typist().reports(track1))
        #expect(typing.wholeAfter == nil)
        guard case .plain? = typing.content else {
            Issue.record("no plain tracks")
            return
        }
        #expect(try Typing([]).content == nil)
        #expect(try Typing(Typist().reports("\r")).content == nil)
    }

    @Test func `a typed frame is forwarded as it was typed`() throws {
        let frame = FrameComposer(form: .typed).frame
        let text = String(decoding: frame, as: UTF8.self) + "\r"
        let typing = try Typing(Typist().reports(text))
        #expect(typing.text == text)
        guard case .encrypted(let block)? = typing.content else {
            Issue.record("no encrypted block")
            return
        }
        #expect(block.frame == ByteRange(start: 0, count: frame.count))
    }

    @Test func `a key that is held over the end is not typed into the next swipe`() throws {
        var gatherer = try SwipeGatherer(
            profile: ReaderCatalogue.genericKeyboard, arena: SecretArena())
        let moment = Moment(nanoseconds: 0)
        let held: [UInt8] = [0, 0, 0x21, 0, 0, 0, 0, 0]
        #expect(gatherer.take(held.span, at: moment) == .gathering)
        #expect(gatherer.fellSilent() == .whole)
        _ = try gatherer.release()
        #expect(gatherer.take(held.span, at: moment) == .idle)
    }

    @Test func `more than a swipe can hold is a bad read`() throws {
        let text = String(repeating: "12", count: Limits.swipeBytesMaximum / 2 + 1) + "\r"
        #expect(try Typing(Typist().reports(text)).content == .bad(.tooLong))
    }
}
