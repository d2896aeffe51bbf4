public import Secrets
public import Timeline
internal import Values

/// Puts the reports of one swipe together and says when it is whole. It runs on the reader's
/// thread, takes no decision about the card, and allocates nothing after it is made.
public struct SwipeGatherer: ~Copyable, Sendable {
    private let profile: ReaderProfile
    private let arena: SecretArena
    private var bytes: SecretBytes
    private var keyboard = KeyboardGatherer()
    private var lastReportAt = Moment(nanoseconds: 0)
    private var overflowed = false

    /// Silence that ends a swipe, in milliseconds: readers type a key every 1 to 10 ms.
    public static let silenceMilliseconds = 100

    /// A gatherer for one reader, its buffer taken from `arena`.
    /// - Throws: ``SecretError/arenaFull``
    public init(profile: ReaderProfile, arena: SecretArena) throws(SecretError) {
        self.profile = profile
        self.arena = arena
        bytes = try arena.take(capacity: Limits.swipeBytesMaximum)
    }

    /// What a report brought.
    public enum Progress: Equatable, Sendable {
        /// No swipe has begun.
        case idle
        /// A swipe has begun; more is to come, or ``SwipeGatherer/silenceMilliseconds`` of
        /// silence end it.
        case gathering
        /// The swipe is whole: take it with ``SwipeGatherer/release()``.
        case whole
    }

    /// Takes one input report.
    public mutating func take(_ report: Span<UInt8>, at moment: Moment) -> Progress {
        guard !report.isEmpty else { return progress }
        lastReportAt = moment
        switch profile.family {
        case .keyboard: return takeKeys(report)
        case .idTech, .magTek: return takeWhole(report)
        }
    }

    /// Tells that nothing came for ``silenceMilliseconds``.
    public mutating func fellSilent() -> Progress { bytes.count > 0 ? .whole : .idle }

    /// Hands the swipe over and begins anew with a fresh buffer.
    /// - Throws: ``SecretError/arenaFull`` while earlier swipes hold all buffers; the swipe is
    ///   kept and can be released later.
    public mutating func release() throws(SecretError) -> GatheredSwipe {
        var taken = try arena.take(capacity: Limits.swipeBytesMaximum)
        swap(&taken, &bytes)
        let ending: GatheredSwipe.Ending =
            overflowed ? .tooLong : profile.family == .keyboard ? keyboard.ending : .whole
        keyboard.beginSwipe()
        overflowed = false
        return GatheredSwipe(
            profile: profile, lastReportAt: lastReportAt, ending: ending, bytes: taken)
    }

    private var progress: Progress { bytes.count > 0 ? .gathering : .idle }

    /// A report of a family that sends a swipe in one report. While a swipe waits for its release
    /// a second one is too much: it is another card, and only one can be the one that was meant.
    private mutating func takeWhole(_ report: Span<UInt8>) -> Progress {
        if bytes.count > 0 { overflowed = true } else { append(report) }
        return .whole
    }

    private mutating func takeKeys(_ report: Span<UInt8>) -> Progress {
        let typed = keyboard.take(report)
        for index in 0..<typed.count { append(typed[index]) }
        return typed.isEnd ? .whole : progress
    }

    private mutating func append(_ report: Span<UInt8>) {
        do { try bytes.append(report) } catch { overflowed = true }
    }

    private mutating func append(_ byte: UInt8) {
        do { try bytes.append(byte) } catch { overflowed = true }
    }
}

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
