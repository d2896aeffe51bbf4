public import Values

/// What became of one track.
public enum TrackReading<Layout: Equatable & Sendable>: Equatable, Sendable {
    /// The reader gave nothing for it.
    case absent
    /// It is there and cannot be used.
    case failed(TrackFault)
    /// It breaks a rule because it is of a card that is none to pay with.
    case ofOtherCard(NonPaymentCard, TrackFault)
    /// It reads well; the layout says where everything stands.
    case read(Layout)

    /// The layout of a track that reads well.
    @inlinable public var layout: Layout? {
        if case .read(let layout) = self { layout } else { nil }
    }

    /// The fault of a track that does not.
    @inlinable public var fault: TrackFault? {
        switch self {
        case .failed(let fault), .ofOtherCard(_, let fault): fault
        case .absent, .read: nil
        }
    }

    /// What the card is when the track is no payment card's.
    @inlinable public var nonPaymentCard: NonPaymentCard? {
        if case .ofOtherCard(let card, _) = self { card } else { nil }
    }
}
