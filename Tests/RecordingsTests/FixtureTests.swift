internal import Foundation
internal import Readers
internal import Recordings
internal import Secrets
internal import Testing
internal import Timeline
internal import Tracks
internal import Values

@testable internal import compose_fixtures

@Suite struct FixtureTests {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures").path

    /// Every recording of the folder, the composed and any other.
    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".hid") }.map { String($0.dropLast(4)) }.sorted()
    }()

    @Test func `finds every fixture that is composed`() throws {
        let composed = try FixtureCatalogue.all().map(\.name)
        #expect(Set(composed).isSubset(of: Self.names))
        #expect(Set(composed).count == composed.count)
    }

    @Test func `finds the composed fixtures fresh`() throws {
        #expect(try FixtureFolder(path: Self.folder).staleFiles() == [])
    }

    @Test func `finds the page of readers fresh`() throws {
        let page = URL(fileURLWithPath: Self.folder).deletingLastPathComponent()
            .appendingPathComponent("docs/readers.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        #expect(text == ReaderPage.text, "run compose-fixtures readers docs/readers.md")
    }

    @Test func `finds the udev rules fresh`() throws {
        let rules = URL(fileURLWithPath: Self.folder).deletingLastPathComponent()
            .appendingPathComponent("udev/\(UDEVRules.fileName)")
        let text = try String(contentsOf: rules, encoding: .utf8)
        #expect(text == UDEVRules.text, "run compose-fixtures udev udev/\(UDEVRules.fileName)")
    }

    @Test(arguments: FixtureCatalogue.captured.sorted())
    func `a capture yields what the recording yields`(name: String) throws {
        let path = "\(Self.folder)/\(name)"
        let capture = try HIDRecording(contentsOf: path + ".pcapng")
        let recording = try HIDRecording(contentsOf: path + ".hid")
        #expect(capture.devices.map(\.ids) == recording.devices.map(\.ids))
        #expect(capture.devices.map(\.descriptor) == recording.devices.map(\.descriptor))
        #expect(try capture.check() == recording.check())
        #expect(try Self.swipes(of: capture) == Self.swipes(of: recording))
    }

    @Test(arguments: names) func `yields what its expectation says`(name: String) throws {
        let path = "\(Self.folder)/\(name)"
        let json = try Data(contentsOf: URL(fileURLWithPath: path + ".json"))
        let expected = try JSONDecoder().decode(FixtureExpectation.self, from: json)
        let recording = try HIDRecording(contentsOf: path + ".hid")
        #expect(try Self.swipes(of: recording) == expected.swipes.map { $0.withoutSale() })
    }

    /// Gathers and decodes what a recording holds, as a lane does.
    private static func swipes(of recording: HIDRecording) throws -> [SwipeExpectation] {
        let source = try ReplaySource(recording, pace: .fullSpeed)
        let profile = try ReaderCatalogue.profile(for: source.device)
        let arena = try SecretArena()
        var gatherer = try SwipeGatherer(profile: profile, arena: arena)
        var report = try arena.take(capacity: Limits.reportBytesMaximum)
        var swipes: [SwipeExpectation] = []
        var isGathering = false
        while true {
            report.wipe()
            let silence = SystemTime().now().adding(
                milliseconds: SwipeGatherer.silenceMilliseconds)
            let reading = source.read(into: &report, until: isGathering ? silence : nil)
            let progress: SwipeGatherer.Progress
            switch reading {
            case .report(let moment):
                progress = report.withBytes { gatherer.take($0, at: moment) }
            case .timedOut, .ended: progress = gatherer.fellSilent()
            case .failed(let fault): throw fault
            }
            isGathering = progress == .gathering
            if progress == .whole {
                swipes.append(SwipeExpectation(Swipe(decoding: try gatherer.release())))
            }
            if reading == .ended { return swipes }
        }
    }
}

extension SwipeExpectation {
    /// What a swipe turned out to be.
    fileprivate init(_ swipe: borrowing Swipe) {
        let reader = Reader(
            brand: swipe.reader.brand, model: swipe.reader.model,
            mode: swipe.reader.mode.rawValue)
        switch swipe.content {
        case .plain(let tracks):
            self = swipe.bytes.withBytes { Self(tracks, $0, reader) }
        case .encrypted(let block):
            self.init(
                kind: .encrypted, reader: reader, brand: block.brand?.rawValue,
                maskedPAN: block.maskedPAN.description, chip: block.hasChip)
        case .bad(let fault):
            self.init(kind: .badRead, reader: reader, fault: fault.text)
        }
    }

    private init(_ tracks: CardTracks, _ bytes: Span<UInt8>, _ reader: Reader) {
        // A day on which the cards that are good until the end of 2030 are good.
        let verdict = CardPolicy().judge(
            tracks, bytes, today: CivilDate(year: 2026, month: 11, day: 21))
        self.init(
            kind: .plain, reader: reader, track1: tracks.track1.layout != nil,
            track2: tracks.track2.layout != nil,
            policy: verdict.refusal?.rawValue ?? "accepted")
        if let pan = tracks.pan {
            let digits = bytes.extracting(pan.range)
            brand = CardBrand(pan: digits)?.rawValue
            maskedPAN = MaskedPAN(masking: digits).description
        }
        if let code = tracks.serviceCode {
            chip = ServiceCode(bytes.extracting(code.range))?.hasChip
        }
    }

    /// The expectation as far as it can be seen without a gateway.
    fileprivate func withoutSale() -> Self {
        var copy = self
        copy.saleOutcome = nil
        return copy
    }
}

extension BadRead {
    /// The fault as the expectations write it.
    fileprivate var text: String {
        switch self {
        case .noUsableTrack(let track1, let track2):
            [("track1", track1), ("track2", track2)].compactMap { name, fault in
                fault.map { "\(name) \($0.text)" }
            }.joined(separator: ", ")
        case .frame(let fault): "frame \(fault.rawValue)"
        case .notAPaymentCard(let card): "notAPaymentCard \(card.rawValue)"
        case .incomplete: "incomplete"
        case .tooLong: "tooLong"
        case .manualEntry: "manualEntry"
        case .garbledByLayout: "garbledByLayout"
        }
    }
}

extension TrackFault {
    fileprivate var text: String {
        switch self {
        case .readError: "readError"
        case .malformed(let rule, let offset): "\(rule.rawValue) at \(offset)"
        }
    }
}
