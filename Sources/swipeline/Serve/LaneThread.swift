internal import Dispatch
internal import Foundation
internal import GatewayLink
internal import HotPath
internal import Journal
internal import Lane
internal import ReaderUSB
internal import Secrets
internal import Service
internal import Synchronization
internal import Timeline
internal import Values

/// The one thread that owns the lane. It sleeps until a swipe, a command or a time comes.
internal final class LaneThread: Sendable {
    /// What it works with.
    struct Setup: Sendable {
        let target: GatewayOptions.Target
        let wires: Wires
    }

    /// What others may use of it.
    struct Opened: Sendable {
        let journal: Journal
        let cancelling: Cancelling
    }

    private struct State {
        var reader: ReaderPort?
        var isStopping = false
        var wantsToken = false
    }

    /// When it has promised to be awake again; the watchdog looks at it.
    let heart = LaneHeart()
    private let setup: Setup
    private let state = Mutex(State())
    private let opened = DispatchSemaphore(value: 0)
    private let opening = Mutex<Result<Opened, any Error>?>(nil)
    private let ended = AsyncStream<Void>.makeStream()

    init(_ setup: Setup) { self.setup = setup }

    /// Starts the thread, and waits until the journal is open and the lane started.
    /// - Throws: ``Failure``, `SecretError`
    func start() throws -> Opened {
        let thread = Thread { [self] in
            ThreadName.set("swipeline-lane")
            body()
            ended.continuation.finish()
        }
        thread.start()
        opened.wait()
        guard let result = opening.withLock({ $0 }) else {
            throw Failure("the lane was not opened", .internalFault)
        }
        return try result.get()
    }

    /// Lets the payment under way come to its end, withdraws one that waits for a card, and ends.
    func stop() {
        state.withLock { $0.isStopping = true }
        setup.wires.mailbox.bell.signal()
    }

    /// Waits for the end of the thread.
    func waitForEnd() async { for await _ in ended.stream {} }

    /// Where swipes come from now; `nil` when no reader is there.
    func use(_ reader: ReaderPort?) {
        state.withLock { $0.reader = reader }
        setup.wires.mailbox.bell.signal()
    }

    /// Reads the gateway's token anew before the next payment.
    func reloadToken() {
        state.withLock { $0.wantsToken = true }
        setup.wires.mailbox.bell.signal()
    }

    // MARK: On the thread

    private func body() {
        do {
            let work = try LaneWork(setup, heart)
            opening.withLock {
                $0 = .success(Opened(journal: work.journal, cancelling: work.cancelling))
            }
            opened.signal()
            work.run {
                state.withLock { now in
                    defer { now.wantsToken = false }
                    return (now.reader, now.isStopping, now.wantsToken)
                }
            }
        } catch {
            opening.withLock { $0 = .failure(error) }
            opened.signal()
        }
    }
}

/// What joins the lane's thread, the readers and the service.
internal struct Wires: Sendable {
    let board: LaneBoard
    let mailbox = LaneMailbox()
    let wall: @Sendable () -> WallTime

    /// Nothing stands on the board yet.
    init() {
        let wall: @Sendable () -> WallTime = {
            WallTime(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        }
        board = LaneBoard(wall: wall)
        self.wall = wall
    }
}

/// Where swipes come from: the hand-off of a reader's thread, for one swipe or for many.
internal struct ReaderPort: Sendable {
    let handOff: SwipeHandOff
    /// Tells one from the next.
    let number: Int
    /// True for one swipe of a recording.
    var isForOneSwipe = false
}

/// When the lane's thread has promised to turn again. One that misses its promise is stuck.
internal final class LaneHeart: Sendable {
    private let promise = Atomic<UInt64>(.max)
    private let time = SystemTime()

    /// A payment may take so long, in milliseconds: the limits of all its steps, and some more.
    static let paymentMilliseconds = 120_000
    /// While nothing happens it turns so often, in milliseconds.
    static let idleMilliseconds = 10_000

    /// Lane's thread: it is back in so many milliseconds at the latest.
    func promise(milliseconds: Int) {
        let until = time.now().adding(milliseconds: milliseconds)
        promise.store(until.nanoseconds, ordering: .releasing)
    }

    /// Whether the promise holds.
    var isBeating: Bool { time.now().nanoseconds <= promise.load(ordering: .acquiring) }
}
