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
    private let target: GatewayOptions.Target
    private let heart: LaneHeart
    private let lane: TillLane
    private let clerk: LaneClerk
    private let calls: LaneCaller
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
    private var isTokenOld = false

    /// Where other threads ask for a cancel while a payment is being sent.
    var cancelling: Cancelling { lane.cancelling }

    /// Opens the journal and the lane.
    /// - Throws: ``Failure``, `SecretError`
    init(_ setup: LaneThread.Setup, _ heart: LaneHeart) throws {
        wires = setup.wires
        self.heart = heart
        target = setup.target
        let ways = try Self.ways(to: target, time)
        let news = LaneClerk.NewsList()
        let latch: Latch
        (journal, latch) = try LaneDesk.open(target)
        var parts = TillLane.Parts(journal: journal, latch: latch, time: time, wall: wires.wall)
        parts.times = target.times
        let bell = wires.mailbox.bell
        calls = LaneCaller(LaneCalls(ways.caller, of: journal)) { bell.signal() }
        do {
            lane = try TillLane(
                parts, path: ways.path, calls: nil, merchant: target.account.merchant
            ) { news.add($0) }
        } catch { throw Failure(error.description, .internalFault) }
        clerk = LaneClerk(
            lane: lane, journal: journal, board: wires.board, news: news, wall: wires.wall)
        try begin()
    }

    /// Starts the lane, where the journal can be written.
    /// - Throws: ``Failure``
    private func begin() throws {
        let remark = JournalRemark(.opened, "the till's service has started", at: wires.wall())
        do throws(JournalFault) { try journal.append([.remark(remark)]) } catch {
            throw Failure("\(target.journal): \(error)", Exit(error))
        }
        clerk.start()
    }

    /// The ways of swipes and of calls to the gateway, with its token as it stands in the file now.
    private static func ways(
        to target: GatewayOptions.Target, _ time: SystemTime
    ) throws -> Ways {
        let context: LinkContext
        do {
            context = try LinkContext(
                endpoint: target.account.endpoint, trust: target.account.trust)
        } catch { throw Failure(error.cause.description, .usage) }
        return Ways(
            path: try LaneDesk.path(to: target, context, try SecretArena(), time),
            caller: try LaneDesk.caller(to: target, context, time))
    }

    /// What leads to the gateway.
    private struct Ways: ~Copyable {
        let path: HotPath
        let caller: GatewayCaller
    }

    /// Turns until it is to stop.
    func run(_ now: () -> (ReaderPort?, isStopping: Bool, wantsToken: Bool)) {
        while true {
            heart.promise(milliseconds: LaneHeart.paymentMilliseconds)
            let (reader, isStopping, wantsToken) = now()
            use(reader)
            isTokenOld = isTokenOld || wantsToken
            takeSwipe()
            if isStopping { break }
            while let letter = wires.mailbox.take() {
                letter.answer(clerk.perform(letter.command))
                takeSwipe()
            }
            work()
            readToken()
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
        if port.isForOneSwipe {
            // The reader's thread ends with it, and the recording is wiped.
            port.handOff.close()
            self.port = nil
        }
        let done = lane.submit(gathered, inHand: time.now())
        // Before it is told what became of it: a reader's thread that is late would show a payment
        // that waits for a card again as one that is being sent.
        wires.board.dealt(withSwipes: swipes)
        guard let done else { return }
        clerk.submitted(
            done.attempt, stages: done.report.stages, outcome: done.report.outcome,
            warnings: done.report.warnings)
        lane.rest()
    }

    /// What is due in the background.
    private func work() {
        probe()
        if let (call, result) = calls.takeResult() { clerk.called(call, result) }
        guard let next = lane.nextWork, next <= time.now() else { return }
        if let call = clerk.nextCall() { calls.begin(call) }
    }

    /// Reads the gateway's token anew while no payment is under way. A file that is wrong is told,
    /// and the former token stays in use.
    private func readToken() {
        guard isTokenOld, lane.armed == nil, !calls.isOut else { return }
        isTokenOld = false
        do {
            let ways = try Self.ways(to: target, time)
            lane.replace(ways.path)
            calls.replace(LaneCalls(ways.caller, of: journal))
            _ = clerk.perform(.remark(.configuration, "the gateway's token was read anew"))
        } catch {
            Terminal.complain("the gateway's token stays as it was: \(error)")
        }
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
