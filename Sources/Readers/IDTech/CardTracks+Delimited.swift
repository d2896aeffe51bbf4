internal import Secrets
public import Tracks
public import Values

extension CardTracks {
    /// Reads tracks that the reader has delimited, from start sentinel to end sentinel or LRC.
    /// - Throws: ``FrameFault/lengthMismatch`` when the sentinels stand elsewhere.
    public init(
        _ bytes: Span<UInt8>, wholeTracks: PerTrack<ByteRange?>, readErrors: PerTrack<Bool>
    ) throws(FrameFault) {
        self.init()
        if let whole = wholeTracks.track1, !readErrors.track1 {
            track1 = Self.track1(bytes, in: try Self.text(bytes, of: whole, from: "%"))
        }
        if let whole = wholeTracks.track2, !readErrors.track2 {
            track2 = Self.track2(bytes, in: try Self.text(bytes, of: whole, from: ";"))
        }
        if let whole = wholeTracks.track3, !readErrors.track3 {
            track3 = Self.track3(bytes, in: try Self.text(bytes, of: whole, from: ";", or: "+"))
        }
        if readErrors.track1 { track1 = .failed(.readError) }
        if readErrors.track2 { track2 = .failed(.readError) }
        if readErrors.track3 { track3 = .failed(.readError) }
    }

    /// What stands between the sentinels. The LRC behind can itself be `?`, so the first one ends
    /// the track.
    private static func text(
        _ bytes: Span<UInt8>, of whole: ByteRange, from start: Unicode.Scalar,
        or otherStart: Unicode.Scalar? = nil
    ) throws(FrameFault) -> ByteRange {
        guard whole.count >= 2 else { throw .lengthMismatch }
        let first = Unicode.Scalar(bytes[whole.start])
        guard first == start || first == otherStart else { throw .lengthMismatch }
        let behindStart = ByteRange(whole.start + 1, upTo: whole.end)
        guard let end = bytes.firstOffset(of: UInt8(ascii: "?"), in: behindStart),
            whole.end - end <= 2
        else { throw .lengthMismatch }
        return ByteRange(whole.start + 1, upTo: end)
    }
}
