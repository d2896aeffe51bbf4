internal import Tracks
internal import Values

extension CardTracks {
    /// Reads tracks that each have a field of their own, from start to end sentinel without LRC.
    ///
    /// A track that begins otherwise has another layout and does not read; the others may.
    /// - Throws: `lengthMismatch` when a field does not end with its track.
    init(
        _ bytes: Span<UInt8>, fields: PerTrack<ByteRange?>, readErrors: PerTrack<Bool>
    ) throws(FrameFault) {
        self.init()
        let text1 = try TrackField(bytes, fields.track1, readErrors.track1, "%")
        let text2 = try TrackField(bytes, fields.track2, readErrors.track2, ";")
        let text3 = try TrackField(bytes, fields.track3, readErrors.track3, ";", or: "+")
        track1 = text1.reading { Self.track1(bytes, in: $0) }
        track2 = text2.reading { Self.track2(bytes, in: $0) }
        track3 = text3.reading { Self.track3(bytes, in: $0) }
    }
}

/// What a track's field holds, before the track is read.
private enum TrackField {
    case absent
    case failed(TrackFault)
    case text(ByteRange)

    init(
        _ bytes: Span<UInt8>, _ field: ByteRange?, _ hasReadError: Bool,
        _ start: Unicode.Scalar, or otherStart: Unicode.Scalar? = nil
    ) throws(FrameFault) {
        guard !hasReadError else {
            self = .failed(.readError)
            return
        }
        guard let field else {
            self = .absent
            return
        }
        let end = UInt8(ascii: "?")
        guard field.count >= 2, bytes[field.end - 1] == end else { throw .lengthMismatch }
        let first = Unicode.Scalar(bytes[field.start])
        guard first == start || first == otherStart else {
            self = .failed(.malformed(.startSentinelExpected, offset: 0))
            return
        }
        let text = ByteRange(field.start + 1, upTo: field.end - 1)
        for offset in text.range where bytes[offset] == end {
            self = .failed(.malformed(.illegalCharacter, offset: offset - text.start))
            return
        }
        self = .text(text)
    }

    func reading<Layout>(_ read: (ByteRange) -> TrackReading<Layout>) -> TrackReading<Layout> {
        switch self {
        case .absent: .absent
        case .failed(let fault): .failed(fault)
        case .text(let range): read(range)
        }
    }
}
