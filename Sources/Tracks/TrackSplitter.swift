internal import Values

extension CardTracks {
    /// Splits a reader's text into its tracks and reads each.
    init(splitting bytes: Span<UInt8>, in range: ByteRange) {
        self.init()
        var position = range.start
        while position < range.end {
            if Character.isLineEnd(bytes[position]) {
                position += 1
                continue
            }
            let number = trackBeginning(with: bytes[position])
            let hasSentinel = Self.isStart(bytes[position])
            let first = hasSentinel ? position + 1 : position
            let piece = TrackPiece(bytes, from: first, upTo: range.end)
            // Behind an end sentinel a first digit and an LRC look alike: none is guessed.
            let isLineStart =
                position == range.start || Character.isLineEnd(bytes[position - 1])
            if hasSentinel || isLineStart {
                add(bytes, piece.text, as: number)
            } else {
                refuse(number)
            }
            position = piece.next
        }
    }

    /// Which track begins with this character: by its sentinel, and without one by its alphabet
    /// (a letter can only be a format code).
    private func trackBeginning(with byte: UInt8) -> TrackNumber {
        switch byte {
        case Character.startOfTrack1: track1 == .absent ? .one : .three
        case Character.startOfTrack2: track2 == .absent ? .two : .three
        case Character.startOfTrack3: .three
        case _ where Character.isDigit(byte): track2 == .absent ? .two : .three
        default: track1 == .absent ? .one : .three
        }
    }

    private mutating func add(_ bytes: Span<UInt8>, _ text: ByteRange, as number: TrackNumber) {
        switch number {
        case .one: track1 = Self.track1(bytes, in: text)
        case .two: track2 = Self.track2(bytes, in: text)
        case .three where track3 == .absent: track3 = Self.track3(bytes, in: text)
        case .three: track3 = .failed(.malformed(.moreThanThreeTracks, offset: 0))
        }
    }

    private mutating func refuse(_ number: TrackNumber) {
        let fault = TrackFault.malformed(.startSentinelExpected, offset: 0)
        switch number {
        case .one: track1 = .failed(fault)
        case .two: track2 = .failed(fault)
        case .three: track3 = .failed(fault)
        }
    }

    static func isStart(_ byte: UInt8) -> Bool {
        byte == Character.startOfTrack1 || byte == Character.startOfTrack2
            || byte == Character.startOfTrack3
    }
}

/// One track cut out of a reader's text.
private struct TrackPiece {
    /// Between the sentinels.
    let text: ByteRange
    /// Where the next track may begin.
    let next: Int

    init(_ bytes: Span<UInt8>, from first: Int, upTo end: Int) {
        var stop = first
        while stop < end, bytes[stop] != Character.end, !Character.isLineEnd(bytes[stop]) {
            stop += 1
        }
        text = ByteRange(first, upTo: stop)
        guard stop < end, bytes[stop] == Character.end else {
            next = stop
            return
        }
        next = stop + 1 + (Self.hasLRC(bytes, at: stop + 1, upTo: end) ? 1 : 0)
    }

    /// One character after the end sentinel is the LRC unless it begins the next track: a start
    /// sentinel that is followed by something that is itself no start or end of a line.
    private static func hasLRC(_ bytes: Span<UInt8>, at offset: Int, upTo end: Int) -> Bool {
        guard offset < end, !Character.isLineEnd(bytes[offset]) else { return false }
        guard CardTracks.isStart(bytes[offset]) else { return true }
        guard offset + 1 < end else { return true }
        let following = bytes[offset + 1]
        return CardTracks.isStart(following) || Character.isLineEnd(following)
    }
}
