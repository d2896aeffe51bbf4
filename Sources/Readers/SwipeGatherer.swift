public import Secrets
public import Timeline
internal import Values

/// Puts the reports of one swipe together and says when it is whole. It runs on the reader's
/// thread, takes no decision about the card, and allocates nothing after it is made.
public struct SwipeGatherer: ~Copyable, Sendable {
    private let profile: ReaderProfile
    private let arena: SecretArena
    private let isStream: Bool
    private var bytes: SecretBytes
    private var keys = BootKeyboard()
    private var typed = TypedSwipe()
    private var frames = FrameAssembler()
    /// Where the frame stands that a stream has brought.
    private var frame: ByteRange?
    /// The stream's device has sent a report that holds all.
    private var isHeadedReport = false
    private var lastReportAt = Moment(nanoseconds: 0)
    private var isWhole = false
    private var overflowed = false

    /// Silence that ends a swipe, in milliseconds: readers type a key every 1 to 10 ms.
    public static let silenceMilliseconds = 100
    /// Silence that ends a swipe behind a line of track 2, where only track 3 could follow and no
    /// sale needs it: five times the slowest key.
    public static let lineSilenceMilliseconds = 50
    /// Reports up to this size, one packet of a full-speed device, are pieces of a stream of
    /// frames; longer ones hold a swipe whole. Source: USB 2.0, section 5.7.3.
    public static let packetBytesMaximum = 64

    /// A gatherer for one reader, its buffer taken from `arena`.
    ///
    /// - Parameters:
    ///   - profile: the reader.
    ///   - reportBytes: the longest input report by the device's descriptor; `nil` when a report
    ///     holds a swipe whole.
    ///   - arena: the lane's.
    /// - Throws: ``SecretError/arenaFull``
    public init(
        profile: ReaderProfile, reportBytes: Int? = nil, arena: SecretArena
    ) throws(SecretError) {
        self.profile = profile
        self.arena = arena
        isStream =
            profile.family == .idTech && (reportBytes ?? .max) <= Self.packetBytesMaximum
        bytes = try arena.take(capacity: Limits.swipeBytesMaximum)
    }

    /// What a report brought.
    public enum Progress: Equatable, Sendable {
        /// No swipe has begun.
        case idle
        /// A swipe has begun; more is to come, or silence ends it.
        case gathering
        /// The swipe is whole: take it with ``SwipeGatherer/release()``.
        case whole
    }

    /// How things stand. A stream can bring the next swipe together with the last one.
    public var progress: Progress {
        isWhole ? .whole : bytes.count > 0 || frames.hasBroken ? .gathering : .idle
    }

    /// How long a silence ends what is gathered, in milliseconds.
    public var patienceMilliseconds: Int {
        profile.family == .keyboard ? typed.silenceMilliseconds : Self.silenceMilliseconds
    }

    /// Takes one input report.
    public mutating func take(_ report: Span<UInt8>, at moment: Moment) -> Progress {
        guard !report.isEmpty else { return progress }
        lastReportAt = moment
        switch profile.family {
        case .keyboard: takeKeys(report, at: moment)
        case .idTech where isStream: takePiece(report)
        case .idTech, .magTek: takeWhole(report)
        }
        return progress
    }

    /// Tells that nothing came for ``patienceMilliseconds``.
    public mutating func fellSilent() -> Progress {
        guard !isWhole else { return .whole }
        if profile.family == .keyboard {
            isWhole = typed.fellSilent()
            if !isWhole { bytes.wipe() }
        } else {
            isWhole = bytes.count > 0 || frames.hasBroken
        }
        return progress
    }

    /// Hands the swipe over and begins anew with a fresh buffer.
    /// - Throws: ``SecretError/arenaFull`` while earlier swipes hold all buffers; the swipe is
    ///   kept and can be released later.
    public mutating func release() throws(SecretError) -> GatheredSwipe {
        var taken = try arena.take(capacity: Limits.swipeBytesMaximum)
        swap(&taken, &bytes)
        let ending = self.ending
        typed.begin()
        frames.begin()
        isWhole = false
        isHeadedReport = false
        overflowed = false
        if let frame {
            self.frame = nil
            keepRest(of: taken, behind: frame.end)
            taken.truncate(to: frame.end)
            taken.dropFirst(frame.start)
            assemble()
        }
        return GatheredSwipe(
            profile: profile, lastReportAt: lastReportAt, ending: ending, bytes: taken)
    }

    private var ending: GatheredSwipe.Ending {
        if overflowed { return .tooLong }
        // A frame that silence ended has lost its end.
        return isStream && frame == nil && !isHeadedReport ? .cutShort : .whole
    }
}

extension SwipeGatherer {
    /// A report of a family that sends a swipe in one report. While a swipe waits for its release
    /// a second one is too much: it is another card, and only one can be the one that was meant.
    private mutating func takeWhole(_ report: Span<UInt8>) {
        if isWhole { overflowed = true } else { append(report) }
        isWhole = true
    }

    private mutating func takeKeys(_ report: Span<UInt8>, at moment: Moment) {
        let characters = keys.take(report)
        for index in 0..<characters.count {
            guard !isWhole else {
                overflowed = true
                return
            }
            switch typed.take(characters[index], at: moment) {
            case .dropped: forget()
            case .begun:
                forget()
                append(characters[index])
            case .kept: append(characters[index])
            case .last:
                append(characters[index])
                isWhole = true
            }
        }
    }

    /// A piece of a stream: whatever of it belongs to no frame is dropped.
    private mutating func takePiece(_ report: Span<UInt8>) {
        if bytes.count == 0, IDTechReport.isHeaded(report) {
            append(report)
            isHeadedReport = true
            isWhole = true
            return
        }
        guard !isHeadedReport else {
            overflowed = true
            return
        }
        append(report)
        if !isWhole { assemble() }
    }

    private mutating func assemble() {
        switch bytes.withBytes({ frames.look(at: $0) }) {
        case .noise: bytes.wipe()
        case .begun(let start): bytes.dropFirst(start)
        case .frame(let range):
            frame = range
            isWhole = true
        }
    }

    private mutating func keepRest(of taken: borrowing SecretBytes, behind end: Int) {
        taken.withBytes { append($0.extracting(end..<$0.count)) }
    }

    private mutating func forget() {
        bytes.wipe()
        overflowed = false
    }

    private mutating func append(_ report: Span<UInt8>) {
        do { try bytes.append(report) } catch { overflowed = true }
    }

    private mutating func append(_ byte: UInt8) {
        do { try bytes.append(byte) } catch { overflowed = true }
    }
}
