import Quiet
import Readers
import Secrets
import Testing
import Timeline
import Tracks
import Values

@Suite struct IDTechReportTests {
    @Test(arguments: [64, 128, 256, 509, 512])
    func `reads clear tracks from a report of any size`(_ size: Int) throws {
        let track1 = size == 64 ? nil : Sample.track1
        let decoded = try Decoded(
            FrameComposer.clearReport([track1, Sample.track2, nil], size: size))
        #expect(decoded.bytes.count == size)
        #expect(decoded.track1Text == track1.map { String($0.dropFirst().dropLast(2)) })
        #expect(decoded.track2Text == String(Sample.track2.dropFirst().dropLast(2)))
    }

    @Test func `an LRC may be missing, or be a question mark`() throws {
        for ending in ["?", "??", "?%", "?;"] {
            let track2 = String(Sample.track2.dropLast(2)) + ending
            let decoded = try Decoded(FrameComposer.clearReport([nil, track2, nil]))
            #expect(decoded.track2Text == String(Sample.track2.dropFirst().dropLast(2)))
        }
    }

    @Test(arguments: [";", "+"])
    func `carries track 3 through`(_ sentinel: String) throws {
        let track3 = sentinel + Sample.track3.dropFirst()
        let decoded = try Decoded(
            FrameComposer.clearReport([Sample.track1, Sample.track2, track3]))
        guard case .plain(let tracks) = decoded.content else {
            Issue.record("no plain tracks")
            return
        }
        let text = decoded.text(tracks.track3.layout?.text)
        #expect(text == String(Sample.track3.dropFirst().dropLast(2)))
    }

    @Test func `a decode status makes its track a read error`() throws {
        let decoded = try Decoded(
            FrameComposer.clearReport([nil, Sample.track2, nil], status: [1, 0, 1]))
        guard case .plain(let tracks) = decoded.content else {
            Issue.record("no plain tracks")
            return
        }
        #expect(tracks.track1 == .failed(.readError))
        #expect(tracks.track2.layout != nil)
        #expect(tracks.track3 == .failed(.readError))
    }

    @Test func `a swipe without a usable track names the faults`() throws {
        let failed = FrameComposer.clearReport([nil, nil, nil], status: [1, 1, 0])
        #expect(
            try Decoded(failed).content
                == .bad(.noUsableTrack(track1: .readError, track2: .readError)))
        let marked = FrameComposer.clearReport(["%E?", ";E?", nil])
        #expect(
            try Decoded(marked).content
                == .bad(.noUsableTrack(track1: .readError, track2: .readError)))
        let empty = FrameComposer.clearReport([nil, nil, nil])
        #expect(try Decoded(empty).content == .bad(.noUsableTrack(track1: nil, track2: nil)))
    }

    @Test(
        arguments: [
            (nil, ";7088850000000000=3012101?4", .fleet), ("%LC/TEST/MEMBER?!", nil, .loyalty),
            (nil, ";6006490000000000=3012101?4", .gift),
        ] as [(CardText?, CardText?, NonPaymentCard)])
    func `a card that is none to pay with is no clear swipe`(
        track1: CardText?, track2: CardText?, card: NonPaymentCard
    ) throws {
        let report = FrameComposer.clearReport([track1?.clear, track2?.clear, nil])
        #expect(try Decoded(report).content == .bad(.notAPaymentCard(card)))
    }

    @Test func `a letter separator goes out as an equals sign`() throws {
        let track2 = Sample.track2.replacing("=", with: "D")
        let decoded = try Decoded(FrameComposer.clearReport([nil, track2, nil]))
        #expect(decoded.track2Text == String(Sample.track2.dropFirst().dropLast(2)))
    }

    static let refused: [([UInt8], BadRead)] = [
        ([], .frame(.reportTooShort)),
        ([UInt8](repeating: 0, count: 8), .frame(.reportTooShort)),
        (FrameComposer.report(encodeType: 1, output: []), .notAPaymentCard(.licence)),
        (FrameComposer.report(encodeType: 2, output: []), .notAPaymentCard(.licence)),
        (FrameComposer.report(encodeType: 0x85, output: []), .manualEntry),
        (FrameComposer.report(encodeType: 5, output: []), .frame(.encodeTypeUnknown)),
        (FrameComposer.report(status: [4, 0, 0], output: []), .frame(.statusInvalid)),
        // Lengths that contradict the output.
        (
            FrameComposer.report(lengths: [0, 38, 0], output: Array(Sample.track2.utf8)),
            .frame(.lengthMismatch)
        ),
        (
            FrameComposer.report(lengths: [0, 36, 0], output: Array(Sample.track2.utf8)),
            .frame(.bytesLeftOver)
        ),
        (
            FrameComposer.report(lengths: [37, 0, 0], output: Array(Sample.track2.utf8)),
            .frame(.lengthMismatch)
        ),
        (
            FrameComposer.report(lengths: [0, 35, 0], output: Array(Sample.track2.utf8)),
            .frame(.bytesLeftOver)
        ),
        (
            FrameComposer.report(lengths: [0, 0, 0], output: Array(Sample.track2.utf8)),
            .frame(.bytesLeftOver)
        ),
        (
            FrameComposer.report(lengths: [0, 255, 0], output: Array(Sample.track2.utf8)),
            .frame(.lengthMismatch)
        ),
    ]

    @Test(arguments: refused.map { (CardBytes($0), $1) })
    func `refuses what is no clear swipe`(_ report: CardBytes, _ reason: BadRead) throws {
        #expect(try Decoded(report.clear).content == .bad(reason))
    }

    @Test(arguments: [501, 0x0100, 0xFFFF])
    func `refuses a total length beyond the report`(_ count: Int) throws {
        var report = FrameComposer.clearReport([nil, Sample.track2, nil], size: 64)
        report[7] = UInt8(count & 0xFF)
        report[8] = UInt8(count >> 8)
        #expect(try Decoded(report).fault == .lengthMismatch)
    }

    @Test func `refuses a clear report cut at any byte of its output`() throws {
        let report = FrameComposer.clearReport([Sample.track1, Sample.track2, nil], size: 0)
        for count in 0..<report.count {
            #expect(try Decoded(Array(report[..<count])).fault != nil, "cut to \(count)")
        }
    }

    @Test func `a second report before the release is refused`() throws {
        let arena = try SecretArena()
        var gatherer = try SwipeGatherer(profile: Decoded.idTechProfile(), arena: arena)
        let report = FrameComposer.clearReport([nil, Sample.track2, nil])
        #expect(gatherer.take(report.span, at: .init(nanoseconds: 1)) == .whole)
        #expect(gatherer.take(report.span, at: .init(nanoseconds: 2)) == .whole)
        #expect(Swipe(decoding: try gatherer.release()).content == .bad(.tooLong))
        #expect(gatherer.take(report.span, at: .init(nanoseconds: 3)) == .whole)
        let swipe = Swipe(decoding: try gatherer.release())
        guard case .plain = swipe.content else {
            Issue.record("the next swipe is read")
            return
        }
        #expect(swipe.lastReportAt == .init(nanoseconds: 3))
    }
}
