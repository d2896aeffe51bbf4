internal import Dispatch
internal import Readers
internal import Secrets
internal import Synchronization
internal import Timeline
internal import Values

/// The one hand-off between the event thread, which puts packets in, and the reader's thread,
/// which takes reports out.
internal final class ReportInbox: Sendable {
    /// What is told of reports that did not come through.
    enum Loss: Equatable, Sendable {
        case half(bytes: Int, of: Int)
        case dropped(DropReason)
    }

    private struct State: ~Copyable {
        var gatherer: ReportGatherer
        var queue: ReportQueue
        var isReading = false
        var isWaiting = false
        var isStopped = false
        var lastRead: Moment
        /// Until when reports are dropped: a swipe of which a part is gone goes as a whole.
        var deafUntil: Moment?
    }

    private let state: Mutex<State>
    private let filled = DispatchSemaphore(value: 0)
    private let time: any TimeSource
    private let reportBytes: Int
    private let onLoss: @Sendable (Loss) -> Void

    /// An inbox for reports of so many bytes.
    /// - Throws: ``SecretError/arenaFull``
    init(
        reportBytes: Int, arena: SecretArena, time: any TimeSource,
        onLoss: @escaping @Sendable (Loss) -> Void
    ) throws(SecretError) {
        let gathered = try arena.take(capacity: Limits.reportBytesMaximum)
        let queued = try arena.take(capacity: Limits.reportBytesMaximum)
        state = Mutex(
            State(
                gatherer: ReportGatherer(reportBytes: reportBytes, room: gathered),
                queue: ReportQueue(room: queued), lastRead: time.now()))
        self.reportBytes = reportBytes
        self.time = time
        self.onLoss = onLoss
    }

    // MARK: The event thread's side

    /// Takes a packet.
    func take(_ packet: Span<UInt8>, packetBytes: Int) {
        let now = time.now()
        var losses: [Loss] = []
        let isDue = state.withLock { (state: inout State) in
            endLateReport(&state, now, &losses)
            let count = state.gatherer.count
            switch state.gatherer.take(packet, packetBytes: packetBytes, at: now) {
            case .idle: return false
            // A reader that waits must learn of the report's deadline.
            case .gathering: return count == 0 && Self.wake(&state)
            case .whole:
                queueReport(&state, now, &losses)
                return Self.wake(&state)
            }
        }
        if isDue { filled.signal() }
        losses.forEach(onLoss)
    }

    /// Ends a report that has begun: no more of it will come.
    func breakOff() {
        let now = time.now()
        var losses: [Loss] = []
        let isDue = state.withLock { (state: inout State) in
            guard state.gatherer.count > 0 else { return false }
            losses.append(.half(bytes: state.gatherer.count, of: reportBytes))
            queueReport(&state, now, &losses)
            return Self.wake(&state)
        }
        if isDue { filled.signal() }
        losses.forEach(onLoss)
    }

    private static func wake(_ state: inout State) -> Bool {
        defer { state.isWaiting = false }
        return state.isWaiting
    }

    private func endLateReport(_ state: inout State, _ now: Moment, _ losses: inout [Loss]) {
        guard let deadline = state.gatherer.deadline, now >= deadline else { return }
        losses.append(.half(bytes: state.gatherer.count, of: reportBytes))
        queueReport(&state, now, &losses)
    }

    /// Puts the gathered report into the queue, unless nobody is there to read it.
    private func queueReport(_ state: inout State, _ now: Moment, _ losses: inout [Loss]) {
        let isUnread =
            !state.isReading
            && now.since(state.lastRead) >= UInt64(Limits.unreadReportMilliseconds) * 1_000_000
        let isDeaf = state.deafUntil.map { now < $0 } ?? false
        let queued =
            !isUnread && !isDeaf
            && state.gatherer.give { state.queue.append($0, at: now) }
        if queued { return }
        state.gatherer.give { _ in }
        state.queue.wipe()
        state.deafUntil = now.adding(milliseconds: SwipeGatherer.silenceMilliseconds)
        if !isDeaf { losses.append(.dropped(isUnread ? .nobodyListens : .tooMany)) }
    }

    // MARK: The reader's side

    /// Waits for a report and appends it.
    func read(into report: inout SecretBytes, until deadline: Moment?) -> ReportReading {
        defer { leave() }
        var now = time.now()
        while true {
            let limit: Moment?
            switch look(&report, now) {
            case .found(let reading): return reading
            case .halfUntil(let end): limit = [deadline, end].compactMap { $0 }.min()
            }
            if let deadline, now >= deadline { return .timedOut }
            now = wait(until: limit, from: now)
        }
    }

    /// Waits to be woken.
    /// - Returns: the time then, the limit at least when nothing woke us.
    private func wait(until limit: Moment?, from now: Moment) -> Moment {
        guard let limit else {
            filled.wait()
            return time.now()
        }
        let rest = Int(clamping: limit.since(now))
        let wasWoken = filled.wait(timeout: .now() + .nanoseconds(rest)) == .success
        return wasWoken ? time.now() : max(limit, time.now())
    }

    /// Ends every read, the one under way included.
    func stop() {
        state.withLock { $0.isStopped = true }
        filled.signal()
    }

    /// Forgets every report.
    func wipe() {
        state.withLock { (state: inout State) in
            state.gatherer.give { _ in }
            state.queue.wipe()
        }
    }

    private enum Look {
        case found(ReportReading)
        /// Nothing there; when the half report that stands in the gatherer must be ended.
        case halfUntil(Moment?)
    }

    private func look(_ report: inout SecretBytes, _ now: Moment) -> Look {
        var losses: [Loss] = []
        // A closure that runs once may not capture `report`: it is moved in and out.
        let look = state.withLock { (state: inout State) -> Look in
            if state.isStopped { return .found(.ended) }
            dropUnread(&state, now, &losses)
            state.isReading = true
            endLateReport(&state, now, &losses)
            guard let (moment, moved) = state.queue.moveFirst(to: &report) else {
                state.isWaiting = true
                return .halfUntil(state.gatherer.deadline)
            }
            return .found(moved ? .report(at: moment) : .failed(.reportTooLong))
        }
        losses.forEach(onLoss)
        return look
    }

    /// Drops what came before anybody read and has waited too long.
    private func dropUnread(_ state: inout State, _ now: Moment, _ losses: inout [Loss]) {
        let allowed = UInt64(Limits.unreadReportMilliseconds) * 1_000_000
        guard !state.isReading, now.nanoseconds > allowed,
            state.queue.isOlder(than: Moment(nanoseconds: now.nanoseconds - allowed))
        else { return }
        state.queue.wipe()
        losses.append(.dropped(.nobodyListens))
    }

    private func leave() {
        let now = time.now()
        state.withLock { (state: inout State) in
            state.isReading = false
            state.isWaiting = false
            state.lastRead = now
        }
    }
}
