internal import Dispatch
internal import Foundation
internal import GatewayLink
internal import HotPath
internal import Journal
internal import Lane
internal import Secrets
internal import Service
internal import Timeline
internal import Values

/// What the lane's thread does, turn by turn.
internal final class LaneWork {
    let journal: Journal
    private let wires: Wires
    private let heart: LaneHeart
    private let lane: TillLane
    private let clerk: LaneClerk
    private let time = SystemTime()
    private var port: ReaderPort?
    /// The number of the port that was given last.
    private var portNumber: Int?
    /// True while the reader's thread has been asked for a swipe that has not come.
    private var isWanted = false
    /// Swipes that came from this port.
    private var swipes = 0

    /// Asked while the gateway cannot be reached, in milliseconds: is it back?
    private static let probeMilliseconds = 5000
    private var nextProbe: Moment?

    /// Opens the journal and the lane.
    /// - Throws: ``Failure``, `SecretError`
    init(_ setup: LaneThread.Setup, _ heart: LaneHeart) throws {
        wires = setup.wires
        self.heart = heart
        let target = setup.target
        let arena = try SecretArena()
        let context: LinkContext
        do {
            context = try LinkContext(
                endpoint: target.account.endpoint, trust: target.account.trust)
        } catch { throw Failure(error.cause.description, .usage) }
        let path = try LaneDesk.path(to: target, context, arena, time)
        let caller = try LaneDesk.caller(to: target, context, time)
        let news = LaneClerk.NewsList()
        let latch: Latch
        (journal, latch) = try LaneDesk.open(target)
        var parts = TillLane.Parts(journal: journal, latch: latch, time: time, wall: wires.wall)
        parts.times = target.times
        do {
            lane = try TillLane(
                parts, path: path, caller: caller, merchant: target.account.merchant
            ) { news.add($0) }
        } catch { throw Failure(error.description, .internalFault) }
        clerk = LaneClerk(
            lane: lane, journal: journal, board: wires.board, news: news, wall: wires.wall)
        _ = clerk.perform(.remark(.opened, "the till's service has started"))
        clerk.start()
    }

    /// Turns until it is to stop.
    func run(_ now: () -> (ReaderPort?, isStopping: Bool, wantsToken: Bool)) {
        while true {
            heart.promise(milliseconds: LaneHeart.paymentMilliseconds)
            let (reader, isStopping, _) = now()
            use(reader)
            takeSwipe()
            if isStopping { break }
            while let letter = wires.mailbox.take() {
                letter.answer(clerk.perform(letter.command))
                takeSwipe()
            }
            work()
            want()
            sleep()
        }
        end()
    }

    private func use(_ reader: ReaderPort?) {
        guard reader?.number != portNumber else { return }
        (port, portNumber) = (reader, reader?.number)
        (isWanted, swipes) = (false, 0)
        wires.board.dealt(withSwipes: 0)
    }

    /// Asks the reader's thread for a swipe while the lane waits for one.
    private func want() {
        guard let port, !isWanted, lane.armed != nil else { return }
        isWanted = true
        port.handOff.want()
    }

    /// A swipe has come: it is paid with, or let go when nothing is to be paid.
    private func takeSwipe() {
        guard let port, let gathered = port.handOff.takeIfThere() else { return }
        isWanted = false
        swipes += 1
        defer { wires.board.dealt(withSwipes: swipes) }
        if port.isForOneSwipe { self.port = nil }
        guard let done = lane.submit(gathered, inHand: time.now()) else { return }
        clerk.submitted(
            done.attempt, stages: done.report.stages, outcome: done.report.outcome,
            warnings: done.report.warnings)
        lane.rest()
    }

    /// What is due in the background.
    private func work() {
        probe()
        guard let next = lane.nextWork, next <= time.now() else { return }
        _ = lane.workOnce()
        clerk.worked()
    }

    /// Asks for the gateway now and then while it is away and nothing else does.
    private func probe() {
        guard wires.board.view.gateway.isReachable == false, lane.armed == nil else {
            nextProbe = nil
            return
        }
        let now = time.now()
        if let due = nextProbe, now < due { return }
        if nextProbe != nil { lane.sweepSoon() }
        nextProbe = now.adding(milliseconds: Self.probeMilliseconds)
    }

    private func sleep() {
        let now = time.now()
        let limit = now.adding(milliseconds: LaneHeart.idleMilliseconds)
        let next = [lane.nextWork, nextProbe].compactMap { $0 }.reduce(limit) { min($0, $1) }
        heart.promise(milliseconds: LaneHeart.idleMilliseconds * 2)
        guard next > now else { return }
        _ = wires.mailbox.bell.wait(timeout: .now() + .nanoseconds(Int(next.since(now))))
    }

    /// A payment that waits for a card is withdrawn, durably; nothing is left to be done later
    /// that the journal does not know.
    private func end() {
        wires.mailbox.close()
        if let armed = lane.armed { _ = clerk.perform(.cancel(armed.reference)) }
        lane.rest()
        _ = clerk.perform(.remark(.closed, "the till's service has ended"))
    }
}
