public import Secrets
public import Timeline

/// A swipe as gathered, not yet decoded. It cannot be copied and is wiped when it goes.
public struct GatheredSwipe: ~Copyable, Sendable {
    /// How the gathering ended.
    public enum Ending: Equatable, Sendable {
        /// With all that a swipe of this reader has.
        case whole
        /// Before its end.
        case cutShort
        /// With more than a swipe can hold.
        case tooLong
    }

    /// The reader.
    public let profile: ReaderProfile
    /// When the last report came.
    public let lastReportAt: Moment
    /// How it ended.
    public let ending: Ending
    private var bytes: SecretBytes

    /// A swipe in `bytes`.
    public init(
        profile: ReaderProfile, lastReportAt: Moment, ending: Ending, bytes: consuming SecretBytes
    ) {
        self.profile = profile
        self.lastReportAt = lastReportAt
        self.ending = ending
        self.bytes = bytes
    }

    /// The bytes, out of the swipe.
    internal consuming func takeBytes() -> SecretBytes { bytes }
}
