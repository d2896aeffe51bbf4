import Quiet
import Readers
import Secrets
import Testing
import Timeline
import Tracks
import Values

/// What is a swipe and what is a person's typing.
@Suite struct TypedSwipeTests {
    static let track1 = "%B4111111111111111^PUBLISHED/TEST CARD^30121010000000001?"
    static let track2 = ";4111111111111111=30121010000000001?"

    /// A keyboard, its gatherer, and a clock that every report moves on.
    struct Desk: ~Copyable {
        var gatherer: SwipeGatherer
        var now: UInt64 = 0
        var swipes: [SwipeContent] = []

        init() throws {
            gatherer = try SwipeGatherer(
                profile: ReaderCatalogue.genericKeyboard, arena: SecretArena())
        }

        /// Types a text, a key each so many milliseconds.
        mutating func type(_ text: String, every milliseconds: Double) throws {
            for report in Typist(releases: true).reports(text) {
                now += UInt64(milliseconds * 500_000)
                if gatherer.take(report.span, at: Moment(nanoseconds: now)) == .whole {
                    try release()
                }
            }
        }

        /// Nothing is typed for a while.
        mutating func pause() throws {
            now += 1_000_000_000
            if gatherer.fellSilent() == .whole { try release() }
        }

        private mutating func release() throws {
            swipes.append(Swipe(decoding: try gatherer.release()).content)
        }
    }

    @Test(arguments: [1.0, 10.0, 25.0])
    func `keys at a reader's pace are a swipe`(_ milliseconds: Double) throws {
        var desk = try Desk()
        try desk.type(Self.track1 + Self.track2 + "\r", every: milliseconds)
        #expect(desk.swipes.count == 1)
    }

    @Test(arguments: [35.0, 50.0, 60.0, 120.0, 400.0])
    func `the same keys at a person's pace are typing`(_ milliseconds: Double) throws {
        var desk = try Desk()
        try desk.type(Self.track1 + Self.track2 + "\r", every: milliseconds)
        try desk.pause()
        #expect(desk.swipes == [])
        #expect(desk.gatherer.progress == .idle)
    }

    @Test(arguments: [
        "hello\r", "12.50\r", "4111111111111111\r", "\r\r\r", "a;b", "100%\r", "<b>\r",
    ])
    func `what does not look like a swipe is dropped at any pace`(_ text: CardText) throws {
        var desk = try Desk()
        for pace in [2.0, 200.0] {
            try desk.type(text.clear, every: pace)
            try desk.pause()
        }
        #expect(desk.swipes == [])
    }

    @Test(arguments: ["02123456789012\r", "4002123456789\r", "0100212345678906\r"])
    func `a bar code is no frame`(_ text: CardText) throws {
        var desk = try Desk()
        try desk.type(text.clear, every: 2)
        try desk.pause()
        #expect(desk.swipes == [])
    }

    /// Row `fsm-percent`: a start sentinel begins, a letter does not (`fsm-letter`).
    @Test func `a start sentinel begins a swipe, a letter does not`() throws {
        for (text, progress) in [
            ("%", SwipeGatherer.Progress.gathering), (";", .gathering), ("A", .idle),
        ] {
            var desk = try Desk()
            try desk.type(text, every: 1)
            #expect(desk.gatherer.progress == progress)
        }
    }

    /// Row `fsm-B-timeout`.
    @Test func `a swipe that stops after two keys is dropped and the next one is read`() throws {
        var desk = try Desk()
        try desk.type("%B", every: 1)
        #expect(desk.gatherer.progress == .gathering)
        try desk.pause()
        #expect(desk.gatherer.progress == .idle)
        try desk.type(Self.track1 + Self.track2 + "\r", every: 1)
        #expect(desk.swipes.count == 1)
    }

    /// Row `fsm-prefix`: what a reader is set to type before the card.
    @Test func `a preamble is dropped and the card behind it read`() throws {
        var desk = try Desk()
        try desk.type("!PREFIX%", every: 1)
        #expect(desk.gatherer.progress == .gathering)
        try desk.type(Self.track1.dropFirst() + Self.track2 + "\r", every: 1)
        guard case .plain(let tracks)? = desk.swipes.first else {
            Issue.record("no plain tracks")
            return
        }
        #expect(tracks.track1.layout?.text.start == 1)
    }

    /// Row `error-marker-E`.
    @Test func `a track of the letter E is a read error and the other track is used`() throws {
        var desk = try Desk()
        try desk.type("%E?" + Self.track2 + "\r", every: 1)
        guard case .plain(let tracks)? = desk.swipes.first else {
            Issue.record("no plain tracks")
            return
        }
        #expect(tracks.track1 == .failed(.readError))
        #expect(tracks.track2.layout != nil)
    }

    /// Row `after-error-still-listening`.
    @Test func `after a bad read the next swipe is read`() throws {
        var desk = try Desk()
        try desk.type("%E?;E?\r", every: 1)
        try desk.type(Self.track1 + Self.track2 + "\r", every: 1)
        #expect(desk.swipes.count == 2)
        #expect(
            desk.swipes.first == .bad(.noUsableTrack(track1: .readError, track2: .readError)))
        guard case .plain? = desk.swipes.last else {
            Issue.record("no plain tracks")
            return
        }
    }

    @Test func `a swipe right behind a person's typing is read whole`() throws {
        for typing in ["%", ";", "0", "abc", "50%"] {
            var desk = try Desk()
            try desk.type(typing, every: 150)
            desk.now += 60_000_000
            try desk.type(Self.track1 + Self.track2 + "\r", every: 2)
            guard case .plain(let tracks)? = desk.swipes.first else {
                Issue.record("not read behind \(typing)")
                continue
            }
            #expect(tracks.track1.layout != nil && tracks.track2.layout != nil)
        }
    }

    @Test func `one late key of a swipe is borne`() throws {
        var desk = try Desk()
        try desk.type(Self.track1, every: 2)
        desk.now += 90_000_000
        try desk.type(Self.track2 + "\r", every: 2)
        #expect(desk.swipes.count == 1)
    }

    @Test func `a typed frame is read hours after the last key`() throws {
        var desk = try Desk()
        try desk.type("a", every: 1)
        desk.now += 3_600_000_000_000
        let frame = FrameComposer(form: .typed).frame
        try desk.type(String(decoding: frame, as: UTF8.self) + "\r", every: 1)
        guard case .encrypted? = desk.swipes.first else {
            Issue.record("no encrypted block")
            return
        }
    }

    @Test func `Caps Lock changes nothing`() throws {
        let capsLock: [[UInt8]] = [[0, 0, 0x39, 0, 0, 0, 0, 0], Typist.released]
        let keys = Typist().reports(Self.track1 + Self.track2 + "\r")
        let typing = try Typing(capsLock + keys.prefix(20) + capsLock + keys.dropFirst(20))
        #expect(typing.text == Self.track1 + Self.track2 + "\r")
    }

    @Test func `digits of the keypad are digits`() throws {
        let keypad = Typist().reports(Self.track2).map { report in
            // 1 to 9 and 0 stand at 1E to 27 above the letters and at 59 to 62 on the keypad.
            let isDigit = (0x1E...0x27).contains(report[2])
            return [report[0], 0, report[2] + (isDigit ? 0x3B : 0), 0, 0, 0, 0, 0]
        }
        #expect(try Typing(keypad).text == Self.track2)
    }
}
