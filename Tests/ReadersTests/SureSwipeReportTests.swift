import Quiet
import Readers
import Secrets
import Testing
import Tracks
import Values

@Suite struct SureSwipeReportTests {
    private static let both: [String?] = [MagTekComposer.track1, MagTekComposer.track2, nil]

    private static func tracks(_ raw: [UInt8]) throws -> CardTracks? {
        if case .plain(let tracks) = try Decoded(raw, .magTek).content { tracks } else { nil }
    }

    @Test func `reads clear tracks between their sentinels`() throws {
        let report = MagTekComposer.sureSwipe(Self.both)
        #expect(report.count == 337)
        let decoded = try Decoded(report, .magTek)
        #expect(decoded.track1Text == String(MagTekComposer.track1.dropFirst().dropLast()))
        #expect(decoded.track2Text == String(MagTekComposer.track2.dropFirst().dropLast()))
    }

    @Test func `a zero in front of the report is passed over`() throws {
        let report = [0] + MagTekComposer.sureSwipe(Self.both)
        let decoded = try Decoded(report, .magTek)
        #expect(decoded.track2Text == String(MagTekComposer.track2.dropFirst().dropLast()))
        var other = report
        other[0] = 1
        #expect(try Decoded(other, .magTek).fault == .lengthMismatch)
    }

    @Test(arguments: [";", "+"]) func `carries track 3 through`(_ sentinel: String) throws {
        let track3 = sentinel + "014111111111111111=000000000001?"
        let report = MagTekComposer.sureSwipe([nil, MagTekComposer.track2, track3])
        let tracks = try #require(try Self.tracks(report))
        #expect(tracks.track3.layout?.text.count == track3.utf8.count - 2)
    }

    @Test func `a decode status makes its track a read error`() throws {
        let report = MagTekComposer.sureSwipe(
            [nil, MagTekComposer.track2, nil], status: [1, 0, 1])
        let tracks = try #require(try Self.tracks(report))
        #expect(tracks.track1 == .failed(.readError))
        #expect(tracks.track2.layout != nil)
        #expect(tracks.track3 == .failed(.readError))
    }

    @Test func `a track of another layout does not spoil the others`() throws {
        let report = MagTekComposer.sureSwipe(
            [MagTekComposer.track1, "%SEVEN BITS?", "#AAMVA?"], encodeType: 4)
        let tracks = try #require(try Self.tracks(report))
        #expect(tracks.track1.layout != nil)
        #expect(tracks.track2 == .failed(.malformed(.startSentinelExpected, offset: 0)))
        #expect(tracks.track3 == .failed(.malformed(.startSentinelExpected, offset: 0)))
    }

    @Test func `an end sentinel inside a track is a fault of the track`() throws {
        let report = MagTekComposer.sureSwipe([MagTekComposer.track1, ";41?1111=3012?", nil])
        let tracks = try #require(try Self.tracks(report))
        #expect(tracks.track2 == .failed(.malformed(.illegalCharacter, offset: 2)))
    }

    @Test func `a letter separator goes out as an equals sign`() throws {
        let track2 = MagTekComposer.track2.replacing("=", with: "D")
        let decoded = try Decoded(MagTekComposer.sureSwipe([nil, track2, nil]), .magTek)
        #expect(decoded.track2Text == String(MagTekComposer.track2.dropFirst().dropLast()))
    }

    static let refused: [([UInt8], BadRead)] = [
        ([], .frame(.reportTooShort)),
        ([0], .frame(.reportTooShort)),
        ([UInt8](repeating: 0, count: 336), .frame(.reportTooShort)),
        ([UInt8](repeating: 0, count: 339), .frame(.lengthMismatch)),
        (MagTekComposer.sureSwipe(both, encodeType: 1), .notAPaymentCard(.licence)),
        (MagTekComposer.sureSwipe(both, encodeType: 2), .notAPaymentCard(.licence)),
        (MagTekComposer.sureSwipe(both, encodeType: 7), .frame(.encodeTypeUnknown)),
        (MagTekComposer.sureSwipe(both, status: [0, 2, 0]), .frame(.statusInvalid)),
        (
            MagTekComposer.sureSwipe([nil, nil, nil], encodeType: 3),
            .noUsableTrack(track1: nil, track2: nil)
        ),
        (
            MagTekComposer.sureSwipe([nil, nil, nil], encodeType: 6),
            .noUsableTrack(track1: nil, track2: nil)
        ),
        (
            MagTekComposer.sureSwipe([nil, nil, nil], status: [1, 1, 0], encodeType: 5),
            .noUsableTrack(track1: .readError, track2: .readError)
        ),
        (
            MagTekComposer.sureSwipe(["%E?", ";E?", nil]),
            .noUsableTrack(track1: .readError, track2: .readError)
        ),
        (MagTekComposer.sureSwipe(["?", nil, nil]), .frame(.lengthMismatch)),
        (MagTekComposer.sureSwipe([nil, ";4111111111111111=3012", nil]), .frame(.lengthMismatch)),
    ]

    @Test(arguments: refused.map { (CardBytes($0), $1) })
    func `names what is wrong`(raw: CardBytes, bad: BadRead) throws {
        #expect(try Decoded(raw.clear, .magTek).content == .bad(bad))
    }

    @Test(arguments: 3...5, [UInt8](arrayLiteral: 111, 128, 255))
    func `a length over its area is refused`(_ offset: Int, _ length: UInt8) throws {
        var report = MagTekComposer.sureSwipe(Self.both)
        report[offset] = length
        #expect(try Decoded(report, .magTek).fault == .lengthMismatch)
    }

    @Test func `a report that is cut anywhere is too short`() throws {
        let report = MagTekComposer.sureSwipe(Self.both)
        let arena = try SecretArena()
        for count in 0..<report.count {
            let cut = Array(report.prefix(count))
            #expect(try Decoded(cut, .magTek, in: arena).fault == .reportTooShort)
        }
    }
}
