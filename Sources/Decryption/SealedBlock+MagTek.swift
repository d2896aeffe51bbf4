internal import DUKPT
public import Readers
internal import Values

extension SealedBlock {
    /// The block of a MagneSafe report; `nil` when nothing is encrypted in it or it names no key.
    ///
    /// Tracks are encrypted under the PIN variant unless the status says the data variant, each a
    /// chain of its own. The hash of track 2 is left alone: the manual does not say over what it
    /// is taken. Source: MagTek 99875475, "Encryption".
    public init?(_ report: MagTekReport, _ bytes: Span<UInt8>) {
        let serial = report.keySerialNumber.range.map { bytes[$0] }
        let tracks = TrackNumber.allCases.compactMap { number -> Piece? in
            guard let range = report.encryptedTracks[number], !range.isEmpty else { return nil }
            let count = report.absoluteLengths[number]
            return Piece(
                ciphertext: range.range.map { bytes[$0] },
                tracks: [Track(number, count: count > 0 ? count : range.count)])
        }
        self.init(serial, tracks, report.encryptionStatus)
        maskedPAN = Self.shown(report.maskedTracks, bytes)
    }

    /// The block of a MagneSafe reader's typed text, whose fields are hexadecimal digits.
    public init?(_ text: MagTekText, _ bytes: Span<UInt8>) {
        guard let serial = Self.hexBytes(text.keySerialNumber, bytes) else { return nil }
        let tracks = TrackNumber.allCases.compactMap { number -> Piece? in
            guard let sealed = Self.hexBytes(text.encryptedTracks[number], bytes),
                !sealed.isEmpty
            else { return nil }
            let shown = text.maskedTracks[number]?.count ?? sealed.count
            return Piece(ciphertext: sealed, tracks: [Track(number, count: shown)])
        }
        self.init(serial, tracks, text.encryptionStatus)
        maskedPAN = Self.shown(text.maskedTracks, bytes)
    }

    private init?(_ serial: [UInt8], _ pieces: [Piece], _ status: MagTekEncryptionStatus) {
        guard status.isEncrypting, !pieces.isEmpty, let number = KeySerialNumber(serial) else {
            return nil
        }
        let use: KeyUse = status.contains(.usesDataVariant) ? .dataRequest : .pin
        self.init(keySerialNumber: number, variants: [Variant(use)], pieces: pieces)
    }

    private static func shown(
        _ tracks: PerTrack<ByteRange?>, _ bytes: Span<UInt8>
    ) -> [UInt8]? {
        let masked = MaskedCard(bytes, tracks).pan
        return masked.isEmpty ? nil : masked.range.map { bytes[$0] }
    }

    private static func hexBytes(_ range: ByteRange?, _ bytes: Span<UInt8>) -> [UInt8]? {
        guard let range, range.count.isMultiple(of: 2) else { return nil }
        let form = EncryptedBlock.Form.typed
        let found = stride(from: range.start, to: range.end, by: 2).compactMap {
            form.byte(bytes, at: $0)
        }
        return found.count == range.count / 2 ? found : nil
    }
}
