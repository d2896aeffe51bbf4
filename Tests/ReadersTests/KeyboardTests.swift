import Quiet
import Readers
import Secrets
import Testing
import Timeline
import Tracks
import Values

@Suite struct KeyboardTests {
    static let swipe = """
        %B4111111111111111^PUBLISHED/TEST CARD^30121010000000001?;4111111111111111=3012101000\
        0000001?+014111111111111111=000000000001?\r
        """

    @Test(arguments: [CardText(swipe), "%E?;E?\r"])
    func `types a swipe to its Enter`(_ text: CardText) throws {
        let reports = Typist().reports(text.clear)
        let typing = try Typing(reports)
        #expect(typing.text == text.clear)
        #expect(typing.wholeAfter == reports.count - 1)
    }

    @Test func `every printable character has its key`() throws {
        let text = "%" + String(decoding: 0x21...0x7E as ClosedRange<UInt8>, as: UTF8.self)
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
        let start = Typist().reports(";411111111")
        let typing = try Typing(start + [held, held, Typist.released, held])
        #expect(typing.text == ";41111111144")
    }

    @Test func `a report of too many keys releases none`() throws {
        let held: [UInt8] = [0, 0, 0x21, 0, 0, 0, 0, 0]
        let tooMany: [UInt8] = [0, 0, 1, 1, 1, 1, 1, 1]
        let start = Typist().reports(";411111111")
        #expect(try Typing(start + [held, tooMany, held]).text == ";4111111114")
    }

    static let lines = [
        "%B4111111111111111^PUBLISHED/TEST CARD^30121010000000001?\r",
        ";4111111111111111=30121010000000001?\r", ";014111111111111111=000000000001?\r",
    ]

    @Test(arguments: [(1, false), (2, false), (3, true)])
    func `a reader with a line a track ends with the third Enter, or with silence`(
        count: Int, isEndedByEnter: Bool
    ) throws {
        let text = Self.lines.prefix(count).joined()
        let reports = Typist().reports(text)
        let typing = try Typing(reports)
        #expect(typing.text == text)
        #expect((typing.wholeAfter == reports.count - 1) == isEndedByEnter)
        guard case .plain(let tracks)? = typing.content else {
            Issue.record("no plain tracks")
            return
        }
        #expect(tracks.track1.layout != nil)
        #expect((tracks.track2.layout != nil) == (count > 1))
        #expect((tracks.track3.layout != nil) == (count > 2))
    }

    @Test func `track 3 in a line of its own is never left for the next swipe`() throws {
        var gatherer = try SwipeGatherer(
            profile: ReaderCatalogue.genericKeyboard, arena: SecretArena())
        var patience: [Int] = []
        for line in Self.lines {
            for report in Typist().reports(line) {
                #expect(gatherer.progress != .whole)
                _ = gatherer.take(report.span, at: Moment(nanoseconds: 0))
                if gatherer.progress == .whole { break }
            }
            patience.append(gatherer.patienceMilliseconds)
        }
        #expect(gatherer.progress == .whole)
        #expect(
            Array(patience.prefix(2)) == [
                SwipeGatherer.silenceMilliseconds, SwipeGatherer.lineSilenceMilliseconds,
            ])
    }

    @Test func `a line of track 2 alone ends with silence too`() throws {
        let typing = try Typing(Typist().reports(Self.lines[1]))
        #expect(typing.wholeAfter == nil)
        guard case .plain(let tracks)? = typing.content else {
            Issue.record("no plain tracks")
            return
        }
        #expect(tracks.track1 == .absent && tracks.track2.layout != nil)
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
        // The semicolon.
        let held: [UInt8] = [0, 0, 0x33, 0, 0, 0, 0, 0]
        for report in Typist().reports(";4111111111") + [held] {
            #expect(gatherer.take(report.span, at: moment) == .gathering)
        }
        #expect(gatherer.fellSilent() == .whole)
        _ = try gatherer.release()
        #expect(gatherer.take(held.span, at: moment) == .idle)
    }

    @Test func `more than a swipe can hold is a bad read`() throws {
        let text = ";" + String(repeating: "12", count: Limits.swipeBytesMaximum / 2) + "?;1\r"
        #expect(try Typing(Typist().reports(text)).content == .bad(.tooLong))
    }
}
