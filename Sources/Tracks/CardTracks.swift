public import Secrets
public import Values

/// The three tracks of one swipe, as far as the reader gave them.
public struct CardTracks: Equatable, Sendable {
    /// Track 1 (IATA).
    public var track1: TrackReading<Track1>
    /// Track 2 (ABA).
    public var track2: TrackReading<Track2>
    /// Track 3 (THRIFT), carried through.
    public var track3: TrackReading<Track3>

    /// Tracks that were read one by one.
    public init(
        track1: TrackReading<Track1> = .absent, track2: TrackReading<Track2> = .absent,
        track3: TrackReading<Track3> = .absent
    ) {
        self.track1 = track1
        self.track2 = track2
        self.track3 = track3
    }

    /// True when a sale could be made of it: track 1 or 2 reads well.
    public var isUsable: Bool { track1.layout != nil || track2.layout != nil }

    /// What the card is when its tracks break rules because it is none to pay with; the more
    /// telling of the two.
    public var nonPaymentCard: NonPaymentCard? {
        guard let card = track2.nonPaymentCard, card != .other else {
            return track1.nonPaymentCard ?? track2.nonPaymentCard
        }
        return card
    }

    /// True when more stood in the text than three tracks: a second card behind the first.
    public var hasMoreThanThree: Bool {
        track3.fault == .malformed(.moreThanThreeTracks, offset: 0)
    }

    /// Where the PAN stands, track 2 first.
    public var pan: ByteRange? { track2.layout?.pan ?? track1.layout?.pan }
    /// Where the expiry stands, track 2 first.
    public var expiry: ByteRange? { track2.layout?.expiry ?? track1.layout?.expiry }
    /// Where the service code stands, track 2 first.
    public var serviceCode: ByteRange? {
        track2.layout?.serviceCode ?? track1.layout?.serviceCode
    }

    /// Reads all that a reader put out as text, sentinels included: `%...?;...?+...?`.
    ///
    /// Start or end sentinels may be missing where a line begins or ends, a line end may stand
    /// between tracks, and one LRC character may follow an end sentinel (it can itself be any
    /// character, `?` too). A letter separator on track 2 is put right in place, so that what
    /// goes out has `=`.
    public static func read(
        _ text: inout SecretBytes, in range: ByteRange? = nil
    ) -> CardTracks {
        let whole = range ?? ByteRange(start: 0, count: text.count)
        let tracks = text.withBytes { CardTracks(splitting: $0, in: whole) }
        tracks.mendSeparator(in: &text)
        return tracks
    }

    /// Puts `=` where track 2 has a letter for its separator.
    public func mendSeparator(in text: inout SecretBytes) {
        guard let offset = track2.layout?.separator else { return }
        text.edit { $0[offset] = Character.separator2 }
    }

    /// Reads track 1 from its range.
    public static func track1(_ bytes: Span<UInt8>, in range: ByteRange) -> TrackReading<Track1> {
        do { return .read(try Track1(bytes, in: range)) } catch {
            let card = NonPaymentCard(track1: bytes, in: range, with: error)
            return card.map { .ofOtherCard($0, error) } ?? .failed(error)
        }
    }

    /// Reads track 2 from its range.
    public static func track2(_ bytes: Span<UInt8>, in range: ByteRange) -> TrackReading<Track2> {
        do { return .read(try Track2(bytes, in: range)) } catch {
            let card = NonPaymentCard(track2: bytes, in: range, with: error)
            return card.map { .ofOtherCard($0, error) } ?? .failed(error)
        }
    }

    /// Reads track 3 from its range.
    public static func track3(_ bytes: Span<UInt8>, in range: ByteRange) -> TrackReading<Track3> {
        do { return .read(try Track3(bytes, in: range)) } catch { return .failed(error) }
    }
}
