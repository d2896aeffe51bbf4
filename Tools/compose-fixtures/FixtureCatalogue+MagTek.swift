internal import Values

/// MagTek's layouts, a fixture each.
extension FixtureCatalogue {
    static func magTek() throws -> [Fixture] {
        let clear = MagTekWriter.sureSwipe(
            track1: TestCard.visa.track1, track2: TestCard.visa.track2)
        let failed = MagTekWriter.sureSwipe(track1: nil, track2: nil)
        let visa = try MagTekWriter(.visa, count: 1)
        let masterCard = try MagTekWriter(.masterCard, count: 2)
        return [
            single(
                "magtek-clear-visa", MagTekDevices.sureSwipe, clear,
                .plain(.visa, .visa, .sureSwipe)),
            single(
                "magtek-bad-read", MagTekDevices.sureSwipe, failed,
                .bad(.sureSwipe, "track1 readError, track2 readError")),
            single(
                "magtek-encrypted-visa", MagTekDevices.magneSafe, try visa.report(),
                .sealed(.visa, .visa, .magneSafe)),
            single(
                "magtek-encrypted-mastercard", MagTekDevices.olderMagneSafe,
                masterCard.olderReport, .sealed(.masterCard, .masterCard, .magneSafe)),
            typed(
                "magtek-keyboard-visa",
                try KeyboardWriter.reports(typing: both(.visa)),
                [.plain(.visa, .visa, .magTekKeyboard)], device: MagTekDevices.keyboard),
            typed(
                "magtek-keyboard-encrypted",
                try KeyboardWriter.reports(typing: try MagTekWriter(.visa, count: 3).typed),
                [.sealed(.visa, .visa, .magTekKeyboard)], device: MagTekDevices.keyboard),
        ]
    }
}

extension SwipeExpectation.Reader {
    static let sureSwipe = Self(brand: "MAGTEK", model: "SURESWIPE", mode: "hid")
    static let magneSafe = Self(brand: "MAGTEK", model: "MAGNESAFEV5", mode: "hid")
    static let magTekKeyboard = Self(brand: "MAGTEK", model: "MAGNESAFEV5", mode: "keyboard")
}

extension SwipeExpectation {
    /// An encrypted swipe. The gateway's document names no MagTek reader; the emulator opens it.
    static func sealed(_ card: TestCard, _ brand: CardBrand, _ reader: Reader) -> Self {
        Self(
            kind: .encrypted, reader: reader, brand: brand.rawValue,
            maskedPAN: card.maskedNumber, saleOutcome: .approved)
    }
}
