public import Values

/// One value for each of the three tracks.
public struct PerTrack<Value: Equatable & Sendable>: Equatable, Sendable {
    /// Track 1's.
    public var track1: Value
    /// Track 2's.
    public var track2: Value
    /// Track 3's.
    public var track3: Value

    /// Three values.
    public init(_ track1: Value, _ track2: Value, _ track3: Value) {
        self.track1 = track1
        self.track2 = track2
        self.track3 = track3
    }

    /// The value of a track.
    public subscript(_ track: TrackNumber) -> Value {
        get {
            switch track {
            case .one: track1
            case .two: track2
            case .three: track3
            }
        }
        set {
            switch track {
            case .one: track1 = newValue
            case .two: track2 = newValue
            case .three: track3 = newValue
            }
        }
    }

    /// The same for each track, changed.
    internal func map<Other>(_ change: (Value) -> Other) -> PerTrack<Other> {
        PerTrack<Other>(change(track1), change(track2), change(track3))
    }
}

extension PerTrack<Bool> {
    /// Three bits of a status or field byte, track 1's lowest.
    internal init(bits: UInt8, from lowest: UInt8) {
        self.init(
            bits >> lowest & 1 != 0, bits >> (lowest + 1) & 1 != 0, bits >> (lowest + 2) & 1 != 0)
    }
}
