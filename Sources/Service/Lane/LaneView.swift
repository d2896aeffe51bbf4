public import Journal
public import Timeline
public import Values

/// What the lane is at this moment, as it is shown. Nothing in it is secret.
public struct LaneView: Equatable, Sendable {
    /// What is known of a payment beside what the journal says, as long as the process lives.
    public struct Live: Equatable, Sendable {
        /// Where it is while it is in the foreground.
        public var phase: Phase?
        /// True when the next swipe of the same card and amount needs a word of the cashier.
        public var isDuplicateAsked = false
        /// Why the last swipe could not be used.
        public var lastSwipe: Outcome?
        /// How many swipes could not be used so far.
        public var badReads = 0
        /// What the policy says of the card without refusing it.
        public var warnings: PolicyWarnings = []
        /// How long each stage took.
        public var stages: StageTimes?

        /// Nothing known.
        public init() {}
    }

    /// Where a payment in the foreground is.
    public enum Phase: String, Equatable, Sendable {
        case arming
        case waitingForCard
        case sending
    }

    /// Whether the gateway answers, as far as anybody has seen.
    public struct Gateway: Equatable, Sendable {
        /// `nil` until something was asked.
        public var isReachable: Bool?
        /// Since when it is so.
        public var since: WallTime

        /// Nothing seen yet.
        public init(since: WallTime) { self.since = since }
    }

    /// A call for a person, since the start of this process.
    public struct Alarm: Equatable, Sendable {
        /// Counts from 1.
        public let number: Int
        /// What it is about.
        public let alarm: LaneAlarm
        /// The amount of its payment, where that is known.
        public let amount: Amount?
        /// When.
        public let at: WallTime
    }

    /// True while a payment is being started: it stands in the journal before it stands here.
    public internal(set) var isArming = false
    /// The payment in the foreground, by its number.
    public var current: UInt64?
    /// The payment that comes next.
    public var queued: UInt64?
    /// What is known of the latest payments, by number.
    public internal(set) var live: [UInt64: Live] = [:]
    /// Payments whose end is not known.
    public var inDoubt: [Attempt] = []
    /// Why the lane sells no more.
    public var stop: LaneStop?
    /// The gateway.
    public var gateway: Gateway
    /// The readers.
    public var readers: [ReaderView] = []
    /// The latest alarms, newest last.
    public private(set) var alarms: [Alarm] = []
    /// How often a person was called since the start.
    public private(set) var alarmCount = 0

    /// A lane of which nothing is known.
    public init(now: WallTime) { gateway = Gateway(since: now) }

    /// So many payments are kept in ``live``.
    static let liveMaximum = 256
    /// So many alarms are kept in sight.
    static let alarmsMaximum = 8

    /// One more alarm; beyond the limit the oldest goes out of sight.
    mutating func raise(_ alarm: LaneAlarm, _ amount: Amount?, at now: WallTime) {
        alarmCount += 1
        alarms.append(Alarm(number: alarmCount, alarm: alarm, amount: amount, at: now))
        if alarms.count > Self.alarmsMaximum { alarms.removeFirst() }
    }

    /// What is known of a payment.
    func live(_ sequence: UInt64) -> Live { live[sequence] ?? Live() }

    /// What is known of a payment that was read from the journal, which may be ahead of what stands
    /// here: what is new there, or was taken out of the queue, is being armed, and is no doubt.
    func live(of attempt: Attempt) -> Live {
        var live = live(attempt.sequence)
        guard attempt.state == .intent, attempt.takesCard, live.phase == nil else { return live }
        let isNew = isArming && !inDoubt.contains { $0.sequence == attempt.sequence }
        if isNew || queued == attempt.sequence { live.phase = .arming }
        return live
    }

    /// Changes what is known of a payment, and forgets the oldest beyond the limit.
    mutating func changeLive(_ sequence: UInt64, _ body: (inout Live) -> Void) {
        body(&live[sequence, default: Live()])
        if live.count > Self.liveMaximum, let oldest = live.keys.min() { live[oldest] = nil }
    }
}

/// A reader as it is shown.
public struct ReaderView: Equatable, Sendable {
    /// What it is called.
    public var name: String
    /// Its maker, as the gateway knows it.
    public var brand: String?
    /// Its model, as the gateway knows it.
    public var model: String?
    /// Its serial number.
    public var serial: String?
    /// True when it is read.
    public var isConnected: Bool
    /// Where it stands, in a word.
    public var state: State
    /// What is wrong with it, newest last.
    public var faults: [String] = []
    /// Since when it is so.
    public var since: WallTime
    /// True when recordings take its place.
    public var isReplayed = false

    /// The words for where a reader stands.
    public enum State: String, Equatable, Sendable, CaseIterable {
        case ready
        case missing
        case waiting
        case faulted
        case refused
        case unplugged
    }

    /// A reader of this name.
    public init(_ name: String, _ state: State, since: WallTime) {
        self.name = name
        self.state = state
        self.since = since
        isConnected = state == .ready
    }
}
