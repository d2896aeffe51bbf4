internal import DUKPT
public import Readers
internal import Values

extension SealedBlock {
    /// The block of an ID TECH frame; `nil` when nothing is encrypted in it or it names no key.
    ///
    /// Some readers encrypt under the PIN variant without saying so (a Sign&Pay with Mercury's
    /// keys does), so where the frame is silent both variants may be it. Under AES the 16 bytes of
    /// the TDES-DUKPT key are the key. Source: ID TECH SecureMag manual, "Data format"; AES by
    /// the manuals' words alone, no sample is published.
    public init?(_ frame: IDTechFrame, _ bytes: Span<UInt8>) {
        guard frame.isEncrypted, let serial = Self.binary(frame.keySerialNumber, frame, bytes),
            let number = KeySerialNumber(serial)
        else { return nil }
        self.init(
            keySerialNumber: number, variants: Self.variants(of: frame),
            pieces: Self.pieces(of: frame, bytes))
        hashes = PerTrack(
            Self.binary(frame.hashes.track1, frame, bytes),
            Self.binary(frame.hashes.track2, frame, bytes),
            Self.binary(frame.hashes.track3, frame, bytes))
        let masked = MaskedCard(bytes, frame.maskedTracks).pan
        maskedPAN = masked.isEmpty ? nil : masked.range.map { bytes[$0] }
    }

    /// The original format says neither; there the cipher shows when only one's padding fits.
    private static func variants(of frame: IDTechFrame) -> [Variant] {
        let uses: [KeyUse] = frame.usesPINVariant ? [.pin] : [.dataRequest, .pin]
        let together = (frame.encryptedTogether?.count ?? 0) / frame.form.width
        let mayBeAES = frame.isEnhanced ? frame.usesAES : together.isMultiple(of: 16)
        let mayBeTDES = !frame.usesAES
        return uses.flatMap { use in
            (mayBeTDES ? [Variant(use)] : []) + (mayBeAES ? [Variant(use, usesAES: true)] : [])
        }
    }

    /// The original format has tracks 1 and 2 in one chain, the enhanced one a chain a track.
    private static func pieces(of frame: IDTechFrame, _ bytes: Span<UInt8>) -> [Piece] {
        if let together = binary(frame.encryptedTogether, frame, bytes) {
            let tracks = [TrackNumber.one, .two].filter { frame.trackLengths[$0] > 0 }
            return [
                Piece(
                    ciphertext: together,
                    tracks: tracks.map { Track($0, count: frame.trackLengths[$0]) })
            ]
        }
        return TrackNumber.allCases.compactMap { number in
            binary(frame.encryptedTracks[number], frame, bytes).map {
                Piece(
                    ciphertext: $0, tracks: [Track(number, count: frame.trackLengths[number])])
            }
        }
    }

    /// The bytes of a range of binary data, which a typed frame has in hex digits.
    private static func binary(
        _ range: ByteRange?, _ frame: IDTechFrame, _ bytes: Span<UInt8>
    ) -> [UInt8]? {
        range.map { range in
            stride(from: range.start, to: range.end, by: frame.form.width).compactMap {
                frame.form.byte(bytes, at: $0)
            }
        }
    }
}
