import Secrets
import Tracks
import Values

/// A reader's text as secret bytes, read, with its fields as text: published test cards only.
struct ReadText: ~Copyable {
    let tracks: CardTracks
    private let bytes: SecretBytes

    init(_ text: String, offset: Int = 0) throws(SecretError) {
        var bytes = try SecretArena(blocks: 1).take(capacity: SecretArena.blockBytes)
        for _ in 0..<offset { try bytes.append(UInt8(ascii: "x")) }
        for byte in text.utf8 { try bytes.append(byte) }
        let range = ByteRange(start: offset, count: text.utf8.count)
        tracks = CardTracks.read(&bytes, in: range)
        self.bytes = bytes
    }

    /// What stands in a range.
    func text(_ range: ByteRange?) -> String? {
        guard let range else { return nil }
        return bytes.withBytes(in: range) { span in
            String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
        }
    }

    func name() -> (surname: String?, given: String?) {
        guard let range = tracks.track1.layout?.name else { return (nil, nil) }
        let name = bytes.withBytes { CardholderName($0, in: range) }
        return (text(name.surname), text(name.given))
    }

    func otherCardByNumber() -> NonPaymentCard? {
        bytes.withBytes { NonPaymentCard(numbersOf: tracks, $0) }
    }

    func verdict(_ policy: CardPolicy, on today: CivilDate) -> PolicyVerdict {
        bytes.withBytes { policy.judge(tracks, $0, today: today) }
    }
}

/// Texts that the tables use again and again.
enum Sample {
    static let pan = "4111111111111111"
    static let track1 = "B4111111111111111^DOE/JANE^29121010000000000"
    static let track2 = "4111111111111111=29121010000000000"
    static let track3 = "014111111111111111=724724"
}
