public import GatewayLink
internal import HotPath
public import Journal
public import Lane
internal import Logging
internal import PayHub
public import Secrets
public import Timeline
internal import Values

/// What several lanes of one process share: the gateway's sockets, trust, locked memory.
public final class RigBase {
    /// The gateway.
    public let gateway: LoopbackGateway
    let context: LinkContext
    let endpoint: GatewayEndpoint
    /// A latch for lanes that are not started again.
    let latch: Latch
    private let folder: TemporaryFolder
    /// Locked memory for one lane at a time and its swipes.
    public let arena: SecretArena

    /// A base that serves until it goes.
    /// - Throws: ``RigFailure/setUp(_:)`` and what secrets and links throw.
    public init() throws {
        gateway = try LoopbackGateway()
        endpoint = try GatewayEndpoint(url: "https://localhost:\(gateway.port)")
        context = try LinkContext(
            endpoint: endpoint, trust: .file(path: gateway.authorityPath))
        arena = try SecretArena(blocks: 24)
        folder = try TemporaryFolder()
        latch = try Latch.open(folder.path, bootID: "rig")
        gateway.start()
    }

    deinit { gateway.stop() }
}

/// A lane as the product has it, with hot path and caller, in a shop; and its till, which compares
/// every word with the gateway's ledger.
public final class LaneRig {
    /// How long a rig's lane waits, and how much it holds.
    public struct Waits: Sendable {
        /// For each step on the wire; the clock stands but for stalls.
        public var deadlines = LinkDeadlines(
            connectMilliseconds: 4, sendMilliseconds: 4, answerMilliseconds: 4,
            readMilliseconds: 4)
        /// For everything else.
        public var times = LaneTimes()
        /// How many attempts it holds in memory.
        public var heldMaximum: Int?

        /// The protocol's own times, and short deadlines.
        public init() {}
    }

    /// The shop.
    public let shop: Shop
    /// The lane.
    public let lane: TillLane
    private let till: RigTill

    /// A lane that has been started.
    /// - Throws: what the parts throw.
    public init(_ shop: Shop, _ waits: Waits = Waits()) throws {
        self.shop = shop
        let till = RigTill(shop)
        self.till = till
        let base = shop.base
        let time = base.gateway.time
        var path = HotPath.Setup(endpoint: base.endpoint)
        path.deadlines = waits.deadlines
        let merchant = Merchant(organizationID: 20_001, terminalID: 1)
        var calls = GatewayCaller.Setup(endpoint: base.endpoint, merchant: merchant)
        calls.deadlines = waits.deadlines
        var parts = TillLane.Parts(journal: shop.journal, latch: shop.latch, time: time) {
            RigClock(time: time).wall
        }
        parts.times = waits.times
        parts.heldMaximum = waits.heldMaximum ?? parts.heldMaximum
        lane = try TillLane(
            parts,
            path: HotPath(
                path, context: base.context, token: Self.token(in: base.arena),
                arena: base.arena, time: time),
            calls: LaneCalls(
                GatewayCaller(
                    calls, context: base.context, token: Self.token(in: base.arena),
                    arena: base.arena, time: time), of: shop.journal),
            merchant: merchant
        ) { till.hear($0) }
        lane.start()
    }

    private static func token(in arena: SecretArena) throws -> SecretBytes {
        var bytes = try arena.take(capacity: 64)
        for byte in Shop.token.utf8 { try bytes.append(byte) }
        return bytes
    }

    /// The clock of lane and gateway.
    public var time: ManualTime { shop.base.gateway.time }

    /// What the lane has told, oldest first.
    public var news: [LaneNews] { till.news }

    /// Words that were not so when they were told.
    public var wrong: [String] { till.wrong }

    /// Whether a person was called.
    public var isAlarmed: Bool {
        till.news.contains {
            switch $0 {
            case .alarm, .stopped: true
            default: false
            }
        }
    }

    /// Arms the lane, swipes a card and takes it to its outcome.
    /// - Returns: the attempt as it then stands; `nil` when the lane was not armed.
    @discardableResult public func pay(
        _ demand: Attempt.Demand, _ card: TestCard = .visa
    ) throws -> Attempt? {
        guard try lane.arm(demand) != nil else { return nil }
        return try swipe(card)
    }

    /// Swipes a card on the armed lane.
    @discardableResult public func swipe(_ card: TestCard = .visa) throws -> Attempt? {
        lane.submit(try card.swipe(in: shop.base.arena), inHand: time.now())?.attempt
    }

    /// Works in the background, the clock going from one thing to do to the next, until nothing
    /// is open or so much time has passed.
    public func work(minutes: Int = 30, atLeastCalls calls: Int = 0) {
        let end = time.now().adding(milliseconds: minutes * 60_000)
        var done = 0
        while done < calls || !lane.open.isEmpty, let next = lane.nextWork, next <= end {
            step(to: next)
            done += 1
        }
    }

    /// A sweep, and what it leads to, after what was due before it.
    public func sweep() {
        workOffWhatIsDue()
        lane.sweepSoon()
        workOffWhatIsDue()
        work()
    }

    private func workOffWhatIsDue() {
        while let next = lane.nextWork, next <= time.now(), lane.workOnce() {}
    }

    private func step(to next: Moment) {
        let now = time.now()
        if next > now { time.advance(milliseconds: Int(next.since(now) / 1_000_000) + 1) }
        _ = lane.workOnce()
    }
}
