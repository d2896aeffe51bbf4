import Testing
import Values

@testable import Tracks
@testable import compose_fixtures

/// The texts that fuzzing begins with.
@Suite struct BadTrackTests {
    private static let today = CivilDate(year: 2026, month: 11, day: 21)

    @Test func `there are enough of them, of every kind`() {
        let all = BadTrack.all()
        #expect(all.count >= 400)
        #expect(Set(all.map(\.kind)) == Set(BadTrack.Kind.allCases))
        #expect(Set(CorpusFolder.names().map(\.name)).count == all.count)
        #expect(BadTrack.all().map(\.bytes) == all.map(\.bytes))
    }

    @Test(arguments: BadTrack.Kind.allCases)
    func `each becomes what it must`(kind: BadTrack.Kind) {
        for (name, track) in CorpusFolder.names() where track.kind == kind {
            let found = Self.result(of: track)
            switch track.becomes {
            case .notAccepted: #expect(found.result != .accepted, "\(name)")
            case .wholeOrNothing: #expect(found.result != .accepted || found.isWhole, "\(name)")
            default:
                #expect(found.result == track.becomes, "\(name)")
                #expect(found.result != .accepted || found.isWhole, "\(name)")
            }
        }
    }

    @Test func `no fault says anything of a card`() {
        for (name, track) in CorpusFolder.names() {
            let tracks = Self.read(track)
            let text = [tracks.track1.fault, tracks.track2.fault, tracks.track3.fault]
                .compactMap { $0.map { "\($0)" } }.joined(separator: " ")
            #expect(text.firstMatch(of: /[0-9]{6}|TEST/) == nil, "\(name)")
        }
        #expect("401288".firstMatch(of: /[0-9]{6}|TEST/) != nil)
    }

    private static func read(_ track: BadTrack) -> CardTracks {
        CardTracks(
            splitting: track.bytes.span, in: ByteRange(start: 0, count: track.bytes.count))
    }

    /// What becomes of it, and whether its number is one of the published cards'.
    private static func result(of track: BadTrack) -> (result: BadTrack.Result, isWhole: Bool) {
        let tracks = read(track)
        guard let pan = tracks.pan else {
            return (tracks.nonPaymentCard == nil ? .unusable : .otherCard, false)
        }
        let bytes = track.bytes.span
        let number = String(decoding: track.bytes[pan.range], as: UTF8.self)
        let isWhole = PublishedCards.numbers.contains(number)
        if NonPaymentCard(numbersOf: tracks, bytes) != nil { return (.otherCard, isWhole) }
        let verdict = CardPolicy().judge(tracks, bytes, today: today)
        return (verdict.refusal == nil ? .accepted : .refused, isWhole)
    }
}
