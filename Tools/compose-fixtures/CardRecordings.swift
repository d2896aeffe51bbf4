internal import Foundation
internal import Recordings

/// Recordings of cards whose numbers are made elsewhere, at the time of a test: each layout a
/// file, each card a swipe in it. Nothing of them is part of the project.
internal enum CardRecordings {
    /// The names of the files, without their ending.
    static let names = ["keyboard", "clear", "encrypted", "magtek-clear", "magtek-encrypted"]

    /// Between two swipes, in microseconds.
    private static let pause: UInt64 = 5_000_000

    /// Reads a number a line, and writes a recording of all of them in each layout.
    static func write(numbersIn file: String, to folder: String) throws {
        let cards = try String(contentsOfFile: file, encoding: .utf8)
            .split(separator: "\n").map { TestCard(number: String($0)) }
        let folder = URL(fileURLWithPath: folder, isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for fixture in try fixtures(of: cards) {
            let url = folder.appendingPathComponent("\(fixture.name).hid")
            guard (try? fixture.recording.write(to: url)) != nil else {
                throw ComposeFault.notWritten(fixture.name)
            }
        }
    }

    private static func fixtures(of cards: [TestCard]) throws -> [Fixture] {
        var keyboard: [Fixture.Report] = []
        for card in cards {
            let start = keyboard.last.map { $0.time + pause } ?? 0
            keyboard += try KeyboardWriter.reports(
                typing: FixtureCatalogue.both(card), from: start)
        }
        return [
            FixtureCatalogue.typed(names[0], keyboard, []),
            swipes(
                names[1], IDTechWriter.clearDevice,
                cards.map {
                    IDTechWriter.clear(track1: .read($0.track1), track2: .read($0.track2))
                }),
            swipes(
                names[2], IDTechWriter.encryptingDevice,
                try numbered(cards).map { card, count in
                    IDTechWriter.encrypted(
                        try FixtureCatalogue.frame(card, count: count), behindHeader: true)
                }),
            swipes(
                names[3], MagTekDevices.sureSwipe,
                cards.map { MagTekWriter.sureSwipe(track1: $0.track1, track2: $0.track2) }),
            swipes(
                names[4], MagTekDevices.magneSafe,
                try numbered(cards).map { card, count in
                    try MagTekWriter(card, count: count).report()
                }),
        ]
    }

    /// The cards with the counts of a reader's key serial number.
    private static func numbered(_ cards: [TestCard]) -> [(TestCard, UInt8)] {
        cards.enumerated().map { ($0.element, UInt8($0.offset % 255) + 1) }
    }

    private static func swipes(
        _ name: String, _ device: RecordedDevice, _ reports: [[UInt8]]
    ) -> Fixture {
        Fixture(
            name: name, device: device,
            reports: reports.enumerated().map {
                Fixture.Report(time: UInt64($0.offset) * pause, bytes: $0.element)
            }, expectation: FixtureExpectation(swipes: []))
    }
}
