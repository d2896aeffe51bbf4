import Quiet
import Readers
import Secrets
import Testing
import Timeline
import Tracks
import Values

/// MagTek's typed forms from the keys on.
@Suite struct MagTekKeyboardTests {
    private static let both = MagTekComposer.track1 + MagTekComposer.track2

    private static func content(_ text: String) throws -> SwipeContent {
        let keyboard = try #require(MagTekComposer.keyboard)
        return try Decoded(Array(text.utf8), profile: keyboard, in: SecretArena()).content
    }

    @Test(arguments: [true, false]) func `typed fields end at their own Enter`(
        _ hasTrack2: Bool
    ) throws {
        var composer = MagTekComposer()
        if !hasTrack2 {
            composer.tracks[1] = nil
            composer.maskedTracks[1] = nil
        }
        let text = composer.text + "\r"
        let reports = Typist().reports(text)
        let typing = try Typing(reports)
        #expect(typing.text == text)
        #expect(typing.wholeAfter == reports.count - 1)
        guard case .encrypted? = typing.content else {
            Issue.record("no encrypted block")
            return
        }
    }

    @Test func `an Enter behind masked track 1 does not end`() throws {
        let text = MagTekComposer.maskedTrack1 + "\r" + MagTekComposer.maskedTrack2
        #expect(try Typing(Typist().reports(text)).wholeAfter == nil)
    }

    @Test(arguments: [
        "\(both)", "\(both)+014111111111111111=000000000001?", "\(MagTekComposer.track2)",
    ])
    func `SureSwipe text is clear tracks`(_ text: CardText) throws {
        for ending in ["\r", "\r\n", "0\r"] {
            guard case .plain(let tracks) = try Self.content(text.clear + ending) else {
                Issue.record("no plain tracks")
                return
            }
            #expect(tracks.track2.layout != nil)
        }
    }

    @Test func `SureSwipe read errors are read errors`() throws {
        #expect(
            try Self.content("%E?;E?+E?\r")
                == .bad(.noUsableTrack(track1: .readError, track2: .readError)))
    }

    @Test func `a track of 7 bits spoils itself only`() throws {
        guard
            case .plain(let tracks) = try Self.content(
                MagTekComposer.track1 + "@SEVEN BITS?\r")
        else {
            Issue.record("no plain tracks")
            return
        }
        #expect(tracks.track1.layout != nil && tracks.track2.layout == nil)
        guard case .plain(let others) = try Self.content(Self.both + "&SEVEN BITS?\r") else {
            Issue.record("no plain tracks")
            return
        }
        #expect(others.track1.layout != nil && others.track2.layout != nil)
    }

    @Test(arguments: ["", CardText(MagTekComposer.track2)])
    func `track 3 of a licence is told`(
        _ front: CardText
    ) throws {
        #expect(try Self.content(front.clear + "#DOE$JOHN?\r") == .bad(.notAPaymentCard(.licence)))
    }

    @Test func `an LRC that looks like a licence's start is an LRC`() throws {
        for text in [
            "\(MagTekComposer.track1)#\(MagTekComposer.track2)\r",
            "\(MagTekComposer.track1)#\r",
        ] {
            guard case .plain = try Self.content(text) else {
                Issue.record("no plain tracks")
                return
            }
        }
    }

    /// Masked tracks look like clear ones; only what stands behind them tells.
    static let unfinished: [CardText] = [
        "\(MagTekComposer.maskedTrack1)\(MagTekComposer.maskedTrack2)",
        "\(MagTekComposer.maskedTrack1)",
        // Another field separator than the one of the factory.
        "\(MagTekComposer.maskedTrack1)\(MagTekComposer.maskedTrack2)~0600~1000\r",
        "\r", "?\r", "",
    ]

    @Test(arguments: unfinished) func `text that may be masked and is not whole is refused`(
        _ text: CardText
    ) throws {
        #expect(try Self.content(text.clear) == .bad(.incomplete))
    }

    @Test func `another keyboard's text needs no Enter`() throws {
        guard case .plain = try Decoded(Array(Self.both.utf8), .keyboard).content else {
            Issue.record("no plain tracks")
            return
        }
    }

    static let models: [(UInt16, String, Bool, ReaderFamily)] = [
        (0x0001, "MAGNESAFEV5", true, .keyboard), (0x0002, "SURESWIPE", false, .magTek),
        (0x0011, "MAGNESAFEV5", false, .magTek),
    ]

    @Test(arguments: models)
    func `MagTek's readers are in the catalogue`(
        product: UInt16, model: String, isKeyboard: Bool, family: ReaderFamily
    ) throws {
        let reports = try HIDReportDescriptor(
            parsing: isKeyboard ? Descriptors.keyboard : Descriptors.idTech)
        let profile = try ReaderCatalogue.profile(
            for: HIDDevice(vendorID: 0x0801, productID: product, reports: reports))
        #expect(
            profile.identity
                == ReaderIdentity(
                    brand: "MAGTEK", model: model, mode: isKeyboard ? .keyboard : .hid))
        #expect(profile.family == family && profile.mayTypeMaskedTracks == isKeyboard)
    }

    @Test func `a report is a whole swipe, and a second one is too much`() throws {
        let profile = try #require(MagTekComposer.magneSafe)
        var gatherer = try SwipeGatherer(profile: profile, arena: SecretArena())
        let report = MagTekComposer().report
        let moment = Moment(nanoseconds: 1)
        #expect(gatherer.take(report.span, at: moment) == .whole)
        let swipe = Swipe(decoding: try gatherer.release())
        guard case .encrypted = swipe.content else {
            Issue.record("no encrypted block")
            return
        }
        #expect(gatherer.take(report.span, at: moment) == .whole)
        #expect(gatherer.take(report.span, at: moment) == .whole)
        #expect(Swipe(decoding: try gatherer.release()).content == .bad(.tooLong))
    }
}
