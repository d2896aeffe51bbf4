public import Journal
public import Lane
public import Settings
internal import Synchronization
public import Timeline

/// What all parts of the service share.
public final class ServiceDesk: Sendable {
    /// What a service is made of.
    public struct Parts: Sendable {
        /// What is shown of the lane.
        public var board: LaneBoard
        /// Where commands for the lane go.
        public var mailbox: LaneMailbox
        /// The journal, for reading.
        public var journal: any JournalStore
        /// The monotonic clock.
        public var time: any TimeSource
        /// The wall clock.
        public var wall: @Sendable () -> WallTime
        /// Who may give money back.
        public var supervisor: SupervisorDesk
        /// What is served as files.
        public var files: ServiceFiles
        /// The tills' bearer token on TCP; `nil` refuses them all.
        public var token: KeptToken?
        /// Where a cancel is asked for while the lane is sending.
        public var cancelling: Cancelling?
        /// What makes swipes where recordings take the reader's place.
        public var replay: (any ReplayControl)?
        /// The program's version.
        public var version = ""
        /// What is read of a request, and how long it may take.
        public var limits = ServiceLimits()

        /// The parts.
        public init(
            board: LaneBoard, mailbox: LaneMailbox, journal: any JournalStore,
            supervisor: SupervisorDesk, files: ServiceFiles
        ) {
            self.board = board
            self.mailbox = mailbox
            self.journal = journal
            self.supervisor = supervisor
            self.files = files
            time = SystemTime()
            wall = { WallTime(milliseconds: 0) }
        }
    }

    let parts: Parts
    let sessions: PageSessions
    let startedAt: Moment
    /// What is configured and what was changed.
    let changes: SettingsDesk
    private let refusals = Mutex(RefusalCount())

    /// A service of these parts.
    public init(_ parts: Parts, settings: SettingsDesk) {
        self.parts = parts
        sessions = PageSessions(time: parts.time)
        startedAt = parts.time.now()
        changes = settings
    }

    /// The settings as they are now.
    public var settings: ServiceSettings { changes.settings }

    /// A new pairing code for the cashier's page.
    public func newPairingCode() -> String { sessions.newCode() }

    /// Puts something into the audit chain.
    func audit(_ kind: JournalRemark.Kind, _ text: String) {
        parts.mailbox.post(.remark(kind, text))
    }

    /// Puts the refusal of a peer into the audit chain; of a flood of them the first of each
    /// minute, and how many there were.
    func auditRefusal(_ text: String) {
        parts.board.metrics.countRefusal()
        let told = refusals.withLock { $0.count(at: parts.time.now()) }
        guard let told else { return }
        audit(.refusedPeer, told > 0 ? "\(text) (and \(told) more before)" : text)
    }
}

/// Makes swipes of recordings, in place of a reader: for tests and demonstrations.
public protocol ReplayControl: Sendable {
    /// What its recordings are called.
    var names: [String] { get }
    /// Swipes a recording, named by its file, or the next one in turn.
    /// - Throws: ``ReplayFault``
    func swipe(_ file: String?) throws(ReplayFault)
    /// Pulls the plug, or puts it back.
    func plug(_ isIn: Bool)
}

/// Why nothing was swiped.
public enum ReplayFault: Error, Equatable, Sendable {
    /// There is no recording of that name.
    case noRecording
    /// The plug is out.
    case unplugged
    /// No payment waits for a card.
    case nobodyWaits
}

extension ReplayFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .noRecording: "there is no recording of that name; name one that serve was given"
        case .unplugged: "the reader is unplugged; plug it in first"
        case .nobodyWaits: "no payment waits for a card; start one first"
        }
    }
}

/// Refusals of peers, of which a few a minute are told one by one.
private struct RefusalCount {
    private var begun: Moment?
    private var told = 0
    private var untold = 0

    private static let minuteMilliseconds = 60_000
    private static let toldMaximum = 20

    /// How many came before that were not told; `nil` when this one is not told either.
    mutating func count(at now: Moment) -> Int? {
        if begun.map({ now >= $0.adding(milliseconds: Self.minuteMilliseconds) }) ?? true {
            (begun, told) = (now, 0)
        }
        guard told < Self.toldMaximum else {
            untold += 1
            return nil
        }
        told += 1
        defer { untold = 0 }
        return untold
    }
}
