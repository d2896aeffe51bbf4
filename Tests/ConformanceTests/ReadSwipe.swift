import Readers
import Secrets
import Tracks
import Values

/// A row's text as a swipe, with its fields as text.
final class ReadSwipe {
    private let bytes: SecretBytes
    let tracks: CardTracks

    init(_ text: String) throws(SecretError) {
        var bytes = try SecretArena(blocks: 1).take(capacity: SecretArena.blockBytes)
        for byte in text.utf8 { try bytes.append(byte) }
        tracks = CardTracks.read(&bytes)
        self.bytes = bytes
    }

    /// Tracks that a reader's decoder read, with a copy of the bytes that they stand in.
    init(_ swipe: borrowing Swipe, _ tracks: CardTracks) throws(SecretError) {
        var bytes = try SecretArena(blocks: 1).take(capacity: SecretArena.blockBytes)
        try swipe.bytes.withBytes { (span: Span<UInt8>) throws(SecretError) in
            try bytes.append(span)
        }
        self.tracks = tracks
        self.bytes = bytes
    }

    func text(_ range: ByteRange?) -> String? {
        guard let range else { return nil }
        return bytes.withBytes(in: range) { span in
            String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
        }
    }

    var track1: Track1? { tracks.track1.layout }
    var track2: Track2? { tracks.track2.layout }
    var track1Text: String? { text(track1?.text) }
    var track2Text: String? { text(track2?.text) }
    var track3Text: String? { text(tracks.track3.layout?.text) }
    var pan: String? { text(tracks.pan) }
    var serviceCode: String? { text(tracks.serviceCode) }
    var discretionary: String? { text(track2?.discretionary ?? track1?.discretionary) }

    /// Given names, then the surname, as a display shows them.
    var displayName: String? {
        guard let range = track1?.name else { return nil }
        let name = bytes.withBytes { CardholderName($0, in: range) }
        let parts = [text(name.given), text(name.surname)].compactMap { $0 }
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// What refuses the swipe under the default policy on a day before any row's card ended.
    var refusal: PolicyRefusal? {
        let today = CivilDate(year: 2000, month: 1, day: 1)
        return bytes.withBytes { CardPolicy().judge(tracks, $0, today: today).refusal }
    }

    static func passesLuhn(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return Luhn.holds(bytes.span)
    }

    static func brand(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        return CardBrand(pan: bytes.span)?.rawValue.lowercased()
    }
}
