internal import DUKPT
internal import Recordings
internal import Values

/// Every synthetic fixture, grouped by the layout that it shows.
internal enum FixtureCatalogue {
    /// Those that are written as a capture of usbmon too.
    static let captured: Set<String> = ["clear-visa", "keyboard-visa"]

    static func all() throws -> [Fixture] {
        try keyboard() + otherCards() + clearCards() + clearCases() + encrypted() + magTek()
    }

    private static func keyboard() throws -> [Fixture] {
        let first = try KeyboardWriter.reports(typing: both(.visa))
        let pause: UInt64 = 2_000_000
        let second = try KeyboardWriter.reports(
            typing: both(.masterCard), from: pause + (first.last?.time ?? 0))
        return [
            typed("keyboard-visa", first, [.plain(.visa, .visa, .keyboard)]),
            typed(
                "keyboard-track2-only",
                try KeyboardWriter.reports(typing: ";\(TestCard.visa.track2)?\r"),
                [.plain(.visa, .visa, .keyboard, track1: false)]),
            typed(
                "keyboard-lines",
                try KeyboardWriter.reports(
                    typing: "%\(TestCard.visa.track1)?\r;\(TestCard.visa.track2)?\r"),
                [.plain(.visa, .visa, .keyboard)]),
            typed(
                "keyboard-bad-read", try KeyboardWriter.reports(typing: "%E?;E?\r"),
                [.bad(.keyboard, "track1 readError, track2 readError")]),
            typed(
                "two-swipes", first + second,
                [
                    .plain(.visa, .visa, .keyboard),
                    .plain(.masterCard, .masterCard, .keyboard),
                ]),
        ]
    }

    /// Cards that are none to pay with; their numbers fail the Luhn check.
    ///
    /// Source: AAMVA card design standard, annex on magnetic stripes, for the licence's layout.
    private static func otherCards() throws -> [Fixture] {
        let cards = [
            (
                "licence", "licence",
                "%FLTALLAHASSEE^TEST$LICENCE$ONE^1 TEST STREET^?"
                    + ";6360100000000000002=301219800101=?\r"
            ),
            (
                "fleet-card", "fleet",
                "%B7088850000000000^TEST/FLEET^3012101?;7088850000000000=3012101?\r"
            ),
            (
                "gift-card", "gift",
                "%B6006490000000000001^TEST/GIFT^3012101?;6006490000000000001=3012101?\r"
            ),
        ]
        return try cards.map { name, kind, text in
            typed(
                name, try KeyboardWriter.reports(typing: text),
                [.bad(.keyboard, "notAPaymentCard \(kind)")])
        }
    }

    /// One fixture a card; the outcomes are those of the gateway's published test cards.
    ///
    /// Source: PayHub API, "Test cards"; a card that it does not list is approved, and one that
    /// it declines at one amount is approved at every other.
    private static func clearCards() -> [Fixture] {
        [
            swiped("clear-visa", .visa, .visa),
            swiped("clear-visa-decline", .visaThatDeclines, .visa, .declined("0.01")),
            swiped("clear-mastercard", .masterCardThatDeclines, .masterCard),
            swiped("clear-mastercard-2", .masterCard, .masterCard),
            swiped(
                "clear-mastercard-decline", .masterCardThatDeclines, .masterCard,
                .declined("0.20")),
            swiped("clear-amex", .americanExpress, .americanExpress),
            swiped("clear-discover", .discover, .discover),
            swiped("clear-unionpay-19", .unionPay, .unionPay),
            swiped("chip-card", .withChip, .visa),
        ]
    }

    /// One fixture a case, all with the same card.
    private static func clearCases() -> [Fixture] {
        let card = TestCard.visa
        let track1 = IDTechWriter.Track.read(card.track1)
        let track2 = IDTechWriter.Track.read(card.track2)
        let only1 = SwipeExpectation.plain(card, .visa, .clear, track2: false)
        let only2 = SwipeExpectation.plain(card, .visa, .clear, track1: false)
        var expired = SwipeExpectation.plain(.expired, .visa, .clear)
        expired.policy = "expired"
        expired.saleOutcome = .refused
        return [
            reported("clear-track1-only", track1, .absent, only1),
            reported("clear-track2-only", .absent, track2, only2),
            reported("bad-track1", .failed, track2, only2),
            reported("bad-track2", track1, .failed, only1),
            reported(
                "bad-both", .failed, .failed,
                .bad(.clear, "track1 readError, track2 readError")),
            reported(
                "expired-card", .read(TestCard.expired.track1), .read(TestCard.expired.track2),
                expired),
        ]
    }

    private static func encrypted() throws -> [Fixture] {
        let visa = try frame(.visa, count: 1)
        let masterCard = try frame(.masterCard, count: 2)
        let broken = try frame(.visa, count: 3)
        return [
            sealed("encrypted-visa", visa, .encrypted(.visa, .visa)),
            sealed(
                "encrypted-mastercard", masterCard, .encrypted(.masterCard, .masterCard),
                behindHeader: false),
            sealed(
                "encrypted-broken-checksum", broken.withBrokenChecksum(),
                .bad(.encrypting, "frame checksumWrong")),
        ]
    }

    /// A frame under the serial number of the published test key's reader, with the swipe's count
    /// at its end.
    static func frame(_ card: TestCard, count: UInt8) throws -> EncryptedFrame {
        let bytes: [UInt8] = [0x62, 0x99, 0x49, 0x90, 0x11, 0x00, 0x00, 0x00, 0x00, count]
        guard let number = KeySerialNumber(bytes) else {
            throw DUKPTError.serialNumberOfOtherStandard
        }
        return try EncryptedFrame(card, keySerialNumber: number)
    }

    static func both(_ card: TestCard) -> String {
        "%\(card.track1)?;\(card.track2)?\r"
    }

    static func typed(
        _ name: String, _ reports: [Fixture.Report], _ swipes: [SwipeExpectation],
        device: RecordedDevice = KeyboardWriter.device
    ) -> Fixture {
        Fixture(
            name: name, device: device, reports: reports,
            expectation: FixtureExpectation(swipes: swipes))
    }

    private static func swiped(
        _ name: String, _ card: TestCard, _ brand: CardBrand,
        _ outcome: SwipeExpectation.SaleOutcome? = .approved
    ) -> Fixture {
        var swipe = SwipeExpectation.plain(card, brand, .clear)
        swipe.saleOutcome = outcome
        return reported(name, .read(card.track1), .read(card.track2), swipe)
    }

    private static func reported(
        _ name: String, _ track1: IDTechWriter.Track, _ track2: IDTechWriter.Track,
        _ swipe: SwipeExpectation
    ) -> Fixture {
        single(
            name, IDTechWriter.clearDevice,
            IDTechWriter.clear(track1: track1, track2: track2), swipe)
    }

    private static func sealed(
        _ name: String, _ frame: EncryptedFrame, _ swipe: SwipeExpectation,
        behindHeader: Bool = true
    ) -> Fixture {
        single(
            name, IDTechWriter.encryptingDevice,
            IDTechWriter.encrypted(frame, behindHeader: behindHeader), swipe)
    }

    /// A fixture of one report.
    static func single(
        _ name: String, _ device: RecordedDevice, _ report: [UInt8], _ swipe: SwipeExpectation
    ) -> Fixture {
        Fixture(
            name: name, device: device, reports: [Fixture.Report(time: 0, bytes: report)],
            expectation: FixtureExpectation(swipes: [swipe]))
    }
}
