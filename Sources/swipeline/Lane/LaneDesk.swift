internal import Advice
internal import Foundation
internal import GatewayLink
internal import HotPath
internal import Journal
internal import Lane
internal import PayHub
internal import Secrets
internal import Timeline
internal import Values

/// A lane with its journal, latch and links, as every command that moves money has it.
internal final class LaneDesk {
    let lane: TillLane
    let journal: Journal
    let arena: SecretArena
    let time = SystemTime()
    private let news: NewsList

    /// What the lane has told and nobody has looked at yet.
    private final class NewsList {
        var items: [LaneNews] = []
    }

    /// Opens the journal and the lane, and asks about what an earlier run left open.
    /// - Throws: ``Failure``, `SecretError`
    init(_ target: GatewayOptions.Target) throws {
        let arena = try SecretArena()
        let context = try target.account.context()
        let path = try Self.path(to: target, context, arena, time)
        let caller = try Self.caller(to: target, context, time)
        let news = NewsList()
        let (journal, latch) = try Self.open(target)
        var parts = TillLane.Parts(journal: journal, latch: latch, time: time) {
            WallTime(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        }
        parts.times = target.times
        do {
            lane = try TillLane(
                parts, path: path, calls: LaneCalls(caller, of: journal),
                merchant: target.account.merchant
            ) { news.items.append($0) }
        } catch { throw Failure(error.description, .internalFault) }
        self.journal = journal
        self.arena = arena
        self.news = news
        lane.start()
        try askAboutEarlier()
    }

    static func open(_ target: GatewayOptions.Target) throws -> (Journal, Latch) {
        do throws(JournalFault) {
            let journal = try Journal.open(target.journal, lane: target.lane)
            if case .damaged(let damages) = journal.standing {
                throw .damaged(damages)
            }
            let latch = try Latch.open(target.journal, bootID: try Latch.currentBootID())
            return (journal, latch)
        } catch { throw Failure("\(target.journal): \(error)", Exit(error)) }
    }

    static func path(
        to target: GatewayOptions.Target, _ context: LinkContext, _ arena: SecretArena,
        _ time: SystemTime
    ) throws -> HotPath {
        var setup = HotPath.Setup(endpoint: target.account.endpoint)
        setup.policy = target.policy
        setup.encryptedForm = target.encryptedForm
        return try HotPath(
            setup, context: context, token: try target.account.token(in: arena),
            arena: arena, time: time)
    }

    static func caller(
        to target: GatewayOptions.Target, _ context: LinkContext, _ time: SystemTime
    ) throws -> GatewayCaller {
        // A block for its request, one for its token.
        let arena = try SecretArena(blocks: 2)
        return try GatewayCaller(
            .init(endpoint: target.account.endpoint, merchant: target.account.merchant),
            context: context,
            token: try target.account.token(in: arena), arena: arena, time: time)
    }

    /// One round of questions about each payment that is open from an earlier run: the truth about
    /// the last payment before another one.
    private func askAboutEarlier() throws {
        tellNews()
        guard !lane.open.isEmpty else { return }
        for _ in 0..<(2 * lane.open.count) where !lane.open.isEmpty {
            guard let next = lane.nextWork, next <= time.now(), lane.workOnce() else { break }
            tellNews()
        }
        if let stop = lane.stop { throw Failure(stop.line, .inDoubt) }
    }

    /// What the lane has told since the last look.
    func takeNews() -> [LaneNews] {
        defer { news.items = [] }
        return news.items
    }

    /// Tells people what the lane has told.
    func tellNews() {
        for item in takeNews() {
            if let line = NewsWords(item).line { Terminal.tell(line) }
        }
    }

    /// Works in the background until nothing is open, or the time is over.
    func settle(seconds: Int) { settle(seconds: seconds) { false } }

    /// Works in the background until nothing is open, enough is done, or the time is over.
    func settle(seconds: Int, until isEnough: () throws -> Bool) rethrows {
        let end = time.now().adding(milliseconds: seconds * 1000)
        while try !lane.open.isEmpty && !isEnough(), let next = lane.nextWork, next <= end,
            lane.stop == nil
        {
            let now = time.now()
            if next > now { usleep(UInt32(clamping: next.since(now) / 1000)) }
            _ = lane.workOnce()
            tellNews()
        }
    }

    /// Arms the lane for a payment.
    /// - Throws: ``Failure`` with the lane's own reason.
    func arm(
        _ demand: Attempt.Demand, _ details: OrderDetails = OrderDetails()
    ) throws -> Attempt {
        let armed: Attempt?
        do { armed = try lane.arm(demand, details) } catch {
            throw Failure(error.description, .internalFault)
        }
        let told = takeNews()
        if let armed { return armed }
        for case .refused(let refusal) in told {
            throw Failure(refusal.description, .refusedByPolicy)
        }
        for case .ended(let attempt) in told where attempt.state == .notSent {
            throw Failure(attempt.facts.reason ?? "the gateway cannot be reached", .unreachable)
        }
        for case .stopped(let stop) in told { throw Failure(stop.line, .internalFault) }
        throw Failure("the lane could not be armed", .internalFault)
    }

    /// The payment of this journal that the gateway knows by this id, or the refund of one, if
    /// there is one.
    /// - Throws: ``Failure``
    func attempt(ofTransaction id: TransactionID) throws -> Attempt? {
        do throws(JournalFault) {
            return try journal.attempts(AttemptQuery(limit: .max)).first {
                $0.facts.transactionID == id.text
                    && ($0.isPayment || $0.operation == .refund && !$0.isOutside)
            }
        } catch { throw Failure(error.description, .internalFault) }
    }

    /// What the gateway shows of a transaction that is not in this journal.
    /// - Throws: ``Failure``
    func transaction(
        _ id: TransactionID, at target: GatewayOptions.Target
    ) throws -> OutsideTransaction {
        let context = try target.account.context()
        var caller = try Self.caller(to: target, context, time)
        return try OutsideTransaction(id, &caller)
    }

    /// The payment of a reference.
    /// - Throws: ``Failure`` when there is none of that name.
    func attempt(_ text: String) throws -> Attempt {
        guard let reference = PaymentReference(text) else {
            throw Failure("\(text) is no reference: 20 characters that begin with SW", .usage)
        }
        do throws(JournalFault) {
            if let attempt = try journal.attempt(reference) { return attempt }
        } catch { throw Failure(error.description, .internalFault) }
        throw Failure("the journal has no payment \(text); look at journal list", .usage)
    }
}
