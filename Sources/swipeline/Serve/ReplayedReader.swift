internal import Foundation
internal import HotPath
internal import Journal
internal import Readers
internal import Recordings
internal import Secrets
internal import Service
internal import Synchronization
internal import Timeline

/// Recordings in the reader's place: each call is one swipe. For tests and demonstrations, and
/// said so wherever the reader is shown. A recording is read when it is swiped; when the lane has
/// its swipe, the thread that read it ends, and the recording is wiped.
internal final class ReplayedReader: ReplayControl {
    private struct State {
        var isIn = true
        var next = 0
        /// Numbers of ports are below those of attached readers' and never the same.
        var port = 0
        var thread: ReaderThread?
        var handOff: SwipeHandOff?
    }

    private let files: [String]
    private let arena: SecretArena
    private let lane: LaneThread
    private let board: LaneBoard
    private let bell: DispatchSemaphore
    private let wall: @Sendable () -> WallTime
    private let state = Mutex(State())

    /// The recordings of these files and folders.
    /// - Throws: ``Failure`` when there are none, or one is broken; `SecretError`.
    init(
        _ paths: [String], lane: LaneThread, _ wires: Wires
    ) throws {
        files = paths.flatMap { path in
            let names = try? FileManager.default.contentsOfDirectory(atPath: path)
            guard let names else { return [path] }
            return names.filter { $0.hasSuffix(".hid") }.sorted().map { "\(path)/\($0)" }
        }
        guard !files.isEmpty else { throw Failure("there are no recordings to replay", .usage) }
        arena = try SecretArena(blocks: 12)
        self.lane = lane
        board = wires.board
        bell = wires.mailbox.bell
        wall = wires.wall
        // All are read to their ends now, so that none breaks off in the midst of a payment.
        for file in files { _ = try RecordedSwipes(file, arena: arena) }
        show(isIn: true, RecordedName(files[0]))
    }

    var names: [String] { files.map { RecordedName($0).text } }

    func plug(_ isIn: Bool) {
        state.withLock { $0.isIn = isIn }
        if !isIn { lane.use(nil) }
        show(isIn: isIn, RecordedName(files[0]))
    }

    func swipe(_ name: String?) throws(ReplayFault) {
        guard isWaitedFor else { throw .nobodyWaits }
        guard state.withLock({ $0.isIn }) else { throw .unplugged }
        guard let file = file(name) else { throw .noRecording }
        let board = board
        let handOff = SwipeHandOff(filled: bell) { board.swiped($0) }
        let former = state.withLock { state in
            defer { (state.handOff, state.thread) = (handOff, nil) }
            state.port += 1
            return (state.handOff, state.thread)
        }
        former.0?.close()
        former.1?.join()
        do {
            let swipes = try RecordedSwipes(file, arena: arena)
            let thread = ReaderThread(
                try swipes.source(pace: .fullSpeed, time: SystemTime()), to: handOff,
                time: SystemTime())
            try thread.start(profile: swipes.profile, arena: arena)
            let number = state.withLock { state in
                state.thread = thread
                return state.port
            }
            show(isIn: true, RecordedName(file), swipes.profile)
            lane.use(ReaderPort(handOff: handOff, number: -number, isForOneSwipe: true))
        } catch { throw .noRecording }
    }

    private var isWaitedFor: Bool {
        let view = board.view
        return view.current.flatMap { view.live[$0]?.phase } == .waitingForCard
    }

    /// The file of a name, or the next in turn.
    private func file(_ name: String?) -> String? {
        if let name { return files.first { RecordedName($0).text == name } }
        return state.withLock { state in
            defer { state.next = (state.next + 1) % files.count }
            return files[state.next]
        }
    }

    private func show(isIn: Bool, _ name: RecordedName, _ profile: ReaderProfile? = nil) {
        var view = ReaderView("replay", isIn ? .ready : .unplugged, since: wall())
        view.isReplayed = true
        (view.brand, view.model) = (profile?.identity.brand, profile?.identity.model)
        if !isIn { view.faults = ["unplugged by the test"] }
        board.change { $0.readers = [view] }
    }
}

/// A recording's name: its file's, without the folder.
private struct RecordedName {
    let text: String

    init(_ path: String) { text = path.split(separator: "/").last.map(String.init) ?? path }
}
