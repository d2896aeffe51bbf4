public import Values

/// What became of one track.
public enum TrackReading<Layout: Equatable & Sendable>: Equatable, Sendable {
    /// The reader gave nothing for it.
    case absent
    /// It is there and cannot be used.
    case failed(TrackFault)
    /// It reads well; the layout says where everything stands.
    case read(Layout)

    /// The layout of a track that reads well.
    @inlinable public var layout: Layout? {
        if case .read(let layout) = self { layout } else { nil }
    }

    /// The fault of a track that does not.
    @inlinable public var fault: TrackFault? {
        if case .failed(let fault) = self { fault } else { nil }
    }
}
