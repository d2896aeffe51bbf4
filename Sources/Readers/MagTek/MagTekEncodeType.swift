/// What a MagTek reader takes a card for.
///
/// Source: MagTek 99875191 and 99875475, "Card Encode Type".
public enum MagTekEncodeType: UInt8, Equatable, Sendable, CaseIterable {
    /// ISO/ABA.
    case bank = 0
    /// AAMVA driver licence.
    case licence = 1
    /// California driver licence.
    case californiaLicence = 2
    /// Nothing on any track.
    case blank = 3
    /// Some track has a layout of its own.
    case other = 4
    /// No track could be decoded.
    case undetermined = 5
    /// Tracks were decoded and all are switched off.
    case none = 6

    /// True for a driver licence.
    public var isLicence: Bool { self == .licence || self == .californiaLicence }
}
