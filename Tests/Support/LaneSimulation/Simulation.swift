import Journal
import Lane
import Timeline
import Values

/// One life of a lane with everything around it made up from a seed: till, card, disk, latch,
/// network, gateway, crashes and power cuts. The lane's rules and the journal's are the product's.
public struct Simulation {
    enum Event {
        case lane(LaneEvent, epoch: Int)
        case swipe(UInt64, epoch: Int)
        case sendEnded(UInt64, Sending, epoch: Int)
        case deliver(Post, isCopy: Bool, isApproved: Bool)
        case late(LaneCall)
        case callEnded(LaneCall, Bool, epoch: Int)
        case till
        case cancel(String)
        case crash(isPowerCut: Bool)
        case restart
        case wake(epoch: Int)
        case settleBatch
        /// An operator asks for a comparison.
        case compare
    }

    /// A request as it travels.
    struct Post {
        var reference: String
        var ticket: String
        var cents: Int
        var isRefund = false
    }

    /// What the hot path will see of its request.
    enum Sending {
        case outcome(LaneEvent.Submission)
        /// The answer names the transaction of the reference, if it has been committed by then.
        case answered(Post, getFails: Bool)
    }

    var random: SeededGenerator
    let mutant: Mutant?
    var queue = EventQueue<Event>()
    var time = 0
    var epoch = 0
    var gateway = SimulatedGateway()
    var disk: SimulatedDisk
    var machine: LaneMachine?
    var till: SimulatedTill
    /// Which attempts' right to send is used (true) or taken away (false).
    var claims: [UInt64: Bool] = [:]
    var sendsOfReference: [String: Int] = [:]
    /// References of which the network made a copy.
    var copied: Set<String> = []
    /// The same of a copy that came later than any request may.
    var copiedLate: Set<String> = []
    var crashesLeft: Int
    var crashPerMille: Int
    /// When the lane is woken next.
    private var wakeAt = Int.max
    var events = 0
    var trace: UInt64 = 0xCBF2_9CE4_8422_2325
    /// What was found wrong.
    public internal(set) var violations: [String] = []

    static let lane = 1
    static let journal: UInt32 = 7
    static let wallStart: Int64 = 1_800_000_000_000

    /// A life from a seed, perhaps with a planted fault.
    public init(seed: UInt64, mutant: Mutant? = nil) {
        random = SeededGenerator(seed: seed)
        self.mutant = mutant
        till = SimulatedTill()
        crashesLeft = random.pick(0...3)
        crashPerMille = random.happens(300) ? 60 : 8
        disk = SimulatedDisk(JournalBook())
        gateway.habits.ignoresFilter = random.happens(150)
        gateway.habits.cutsNotes = random.happens(30)
        gateway.habits.showsWrongAmount = random.happens(20)
        if random.happens(250) {
            let start = random.pick(0...600_000)
            gateway.outage = start..<(start + random.pick(1000...1_200_000))
        }
        if random.happens(900) { seedControl() }
    }

    /// An earlier approved payment, which the report can show as a control.
    private mutating func seedControl() {
        guard let amount = try? Amount(cents: 500), let ticket = Ticket("earlier") else { return }
        let attempt = Attempt(
            .init(sequence: 1, lane: Self.lane, journal: Self.journal),
            asks: .init(.sale, amount, ticket: ticket), incarnation: 1, decidedAt: wall)
        let id = gateway.commit(
            .init(
                id: 0, note: attempt.reference.text, ticket: ticket.text, cents: 500,
                kind: .charge, isApproved: true, visibleAt: 0, isCopy: false))
        var approved = attempt.moved(to: .approved, at: wall)
        approved.facts.transactionID = String(id)
        disk.write([.attempt(attempt), .attempt(approved)], isLazy: false)
    }

    var wall: WallTime { WallTime(milliseconds: Self.wallStart + Int64(time)) }
    var now: Moment { Moment(nanoseconds: UInt64(time) * 1_000_000) }

    /// Lives it to the end.
    /// - Returns: a number that is the same whenever the same seed is lived again.
    public mutating func run() -> UInt64 {
        till.plan(&random)
        startProcess()
        queue.add(.till, at: 10)
        if random.happens(400) { queue.add(.settleBatch, at: random.pick(10_000...2_000_000)) }
        if random.happens(300) { queue.add(.compare, at: random.pick(10_000...2_000_000)) }
        for _ in 0..<crashesLeft where random.happens(500) {
            queue.add(.crash(isPowerCut: random.happens(400)), at: random.pick(0...900_000))
        }
        let end = 10_000_000
        while let (at, event) = queue.next(), at <= end {
            time = at
            events += 1
            handle(event)
        }
        judgeEnd()
        return trace
    }

    /// What the journal and the gateway hold at the end, a line each.
    public var holdings: [String] {
        let attempts = disk.book.attempts.values.sorted { $0.sequence < $1.sequence }
        return attempts.map { attempt in
            "\(attempt.reference) \(attempt.ticket) \(attempt.operation) \(attempt.cause) "
                + "\(attempt.state) of \(attempt.target ?? "-") as "
                + "\(attempt.facts.transactionID ?? "-") by "
                + "\(attempt.facts.settledBy?.rawValue ?? "-") \(attempt.facts.reason ?? "")"
        } + gateway.transactions.map { "\($0)" }
    }

    /// How many events it had.
    public var eventCount: Int { events }

    mutating func note(_ word: String) {
        for byte in word.utf8 { trace = (trace ^ UInt64(byte)) &* 0x100_0000_01B3 }
        trace = (trace ^ UInt64(time)) &* 0x100_0000_01B3
    }

    private mutating func handle(_ event: Event) {
        switch event {
        case .lane(let event, let its): if its == epoch { feed(event) }
        case .swipe(let sequence, let its): if its == epoch { swipe(sequence) }
        case .sendEnded(let sequence, let sending, let its):
            if its == epoch { sendEnded(sequence, sending) }
        case .deliver(let post, let isCopy, let isApproved): deliver(post, isCopy, isApproved)
        case .late(let call): _ = perform(call)
        case .callEnded(let call, let isHeard, let its):
            if its == epoch { callEnded(call, isHeard) }
        case .till: tillActs()
        case .cancel(let ticket):
            if machine != nil, let ticket = Ticket(ticket) { feed(.cancel(ticket)) }
        case .crash(let isPowerCut): crash(isPowerCut: isPowerCut)
        case .restart: startProcess()
        case .wake(let its):
            wakeAt = .max
            if its == epoch { feed(.timePassed) }
        case .settleBatch: gateway.settleAll()
        case .compare: feed(.sweepNow)
        }
    }

    // MARK: The process

    mutating func startProcess() {
        guard machine == nil else { return }
        epoch += 1
        wakeAt = .max
        claims = [:]
        var setup = LaneMachine.Setup(
            lane: Self.lane, journal: Self.journal, incarnation: disk.incarnation)
        if mutant == .readTooEarly {
            setup.times.lateCommit = 0
            setup.times.betweenReads = 0
        }
        if mutant == .noSweep { setup.times.sweep = 100_000_000 }
        var fresh = LaneMachine(setup, book: disk.book, now: now, wall: wall)
        note("start")
        let steps = fresh.start(latchWord: disk.latchWord)
        machine = fresh
        till.restarted(disk.book)
        perform(steps)
        if mutant == .noSweep, epoch == 1 { feed(.timePassed) }
    }

    mutating func crash(isPowerCut: Bool) {
        guard machine != nil else { return }
        note("crash")
        machine = nil
        epoch += 1
        if isPowerCut {
            disk.powerCut(keepsPage: mutant == .latchTrustedAfterPowerCut)
        } else {
            disk.crash()
        }
        queue.add(.restart, at: time + random.pick(50...20_000))
    }

    /// A moment at which the process may die.
    /// - Returns: true when it did.
    mutating func mayDie() -> Bool {
        guard crashesLeft > 0, time < 5_000_000, random.happens(crashPerMille) else {
            return machine == nil
        }
        crashesLeft -= 1
        crash(isPowerCut: random.happens(300))
        return true
    }

    mutating func feed(_ event: LaneEvent) {
        guard var lane = machine.take() else { return }
        let steps = lane.handle(event, now: now, wall: wall)
        machine = lane
        perform(steps)
    }

    private mutating func perform(_ steps: [LaneStep]) {
        for step in steps {
            if mayDie() { return }
            take(step)
            if mayDie() { return }
        }
        if let wake = machine?.nextWake {
            let at = max(time, Int(wake.nanoseconds / 1_000_000))
            if at < wakeAt || wakeAt <= time {
                wakeAt = at
                queue.add(.wake(epoch: epoch), at: at)
            }
        }
    }

    private mutating func take(_ step: LaneStep) {
        switch step {
        case .record(let changes):
            note("record")
            disk.write(changes, isLazy: isLazy(changes))
        case .arm(let attempt):
            if gateway.outage.contains(time) || random.happens(30) {
                queue.add(
                    .lane(.armFailed(attempt.sequence, "no network"), epoch: epoch),
                    at: time + 100)
            } else {
                queue.add(.lane(.armed(attempt.sequence), epoch: epoch), at: time + 40)
                queue.add(
                    .swipe(attempt.sequence, epoch: epoch), at: time + random.pick(50...130_000))
            }
        case .withdraw(let sequence): withdraw(sequence)
        case .call(let call): start(call)
        case .tell(let news):
            if case .queued(let attempt) = news, mutant == .queuedSent {
                queue.add(.swipe(attempt.sequence, epoch: epoch), at: time + 1)
            }
            told(news)
        }
    }

    private func isLazy(_ changes: [JournalChange]) -> Bool {
        guard let mutant else { return false }
        return changes.contains { change in
            switch change {
            case .attempt(let attempt):
                mutant == .intentLazy && attempt.state == .intent && attempt.takesCard
                    || mutant == .decisionLazy && attempt.state == .notCharged
                    || mutant == .decisionLazy && attempt.state == .reversing
            case .wish: mutant == .wishLazy
            case .remark: false
            }
        }
    }

    private mutating func withdraw(_ sequence: UInt64) {
        if mutant != .cancelWithoutClaim, claims[sequence] == true {
            queue.add(.lane(.tooLate(sequence), epoch: epoch), at: time)
        } else {
            claims[sequence] = claims[sequence] ?? false
            queue.add(.lane(.withdrawn(sequence), epoch: epoch), at: time)
        }
    }
}
