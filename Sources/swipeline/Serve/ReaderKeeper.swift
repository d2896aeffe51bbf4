internal import Dispatch
internal import Foundation
internal import HotPath
internal import Journal
internal import ReaderUSB
internal import Readers
internal import Secrets
internal import Service
internal import Synchronization
internal import Timeline

/// Keeps the lane supplied with the attached reader: waits for one, reads it, and goes over to
/// another model when that is plugged in instead.
internal final class ReaderKeeper: Sendable {
    private struct State {
        var readers: USBReaders?
        var reader: USBReader?
        /// What the reader's thread waits at while nothing is to be paid.
        var handOff: SwipeHandOff?
        var isStopping = false
        var count = 0
    }

    private let lane: LaneThread
    private let board: LaneBoard
    private let mailbox: LaneMailbox
    private let options: ReaderOptions
    private let wall: @Sendable () -> WallTime
    private let state = Mutex(State())
    private let ended = DispatchSemaphore(value: 0)

    init(
        _ options: ReaderOptions, lane: LaneThread, _ wires: Wires
    ) {
        self.options = options
        self.lane = lane
        board = wires.board
        mailbox = wires.mailbox
        wall = wires.wall
    }

    /// Starts its thread.
    func start() {
        let thread = Thread { [self] in
            run()
            ended.signal()
        }
        thread.name = "swipeline-keep"
        thread.start()
    }

    /// Gives the reader back to the system.
    func stop() {
        let (readers, handOff) = state.withLock { state in
            state.isStopping = true
            return (state.readers, state.handOff)
        }
        handOff?.close()
        readers?.stop()
        ended.wait()
    }

    private func run() {
        let readers: USBReaders
        do throws(USBFault) {
            readers = try USBReaders(acceptedSerials: Set(options.accept)) { [self] in show($0) }
        } catch {
            return show("reader", .missing) { $0.faults = [error.description] }
        }
        let isStopping = state.withLock { state in
            state.readers = readers
            return state.isStopping
        }
        if board.view.readers.isEmpty { show("no reader", .missing) { _ in } }
        guard !isStopping else { return readers.stop() }
        do throws(USBFault) {
            while true { try keep(readers.reader(options.selection)) }
        } catch {
            if error != .stopped { show("reader", .missing) { $0.faults = [error.description] } }
        }
    }

    /// Reads a reader until it is let go.
    private func keep(_ reader: USBReader) throws(USBFault) {
        let board = board
        let handOff = SwipeHandOff(filled: mailbox.bell) { board.swiped($0) }
        let (number, isStopping) = state.withLock { state in
            (state.reader, state.handOff) = (reader, handOff)
            state.count += 1
            return (state.count, state.isStopping)
        }
        if isStopping { handOff.close() }
        let thread = ReaderThread(reader, to: handOff, time: SystemTime())
        do throws(SecretError) {
            try thread.start(profile: reader.profile, arena: try SecretArena(blocks: 4))
        } catch { throw .memory(error) }
        lane.use(ReaderPort(handOff: handOff, number: number))
        thread.join()
        lane.use(nil)
    }

    // MARK: What is shown of it

    private func show(
        _ name: String, _ state: ReaderView.State, _ body: (inout ReaderView) -> Void
    ) {
        var view = ReaderView(name, state, since: wall())
        body(&view)
        board.change { $0.readers = [view] }
    }

    private func show(_ event: ReaderEvent) {
        Terminal.tell(EventWords(event).text)
        let name = event.device.description
        switch event {
        case .ready(let device, let identity):
            show(name, .ready) { view in
                (view.brand, view.model) = (identity.brand, identity.model)
                view.serial = device.serial
            }
        case .removed, .released: gone(event)
        case .refused:
            mailbox.remark(.refusedDevice, EventWords(event).text)
            if !isConnected { show(name, .refused) { $0.faults = [EventWords(event).text] } }
        case .waiting: show(name, .waiting) { $0.faults = [EventWords(event).text] }
        case .faulted: show(name, .faulted) { $0.faults = [EventWords(event).text] }
        case .arrived(let device): arrived(device)
        case .kernelDriverDetached, .halfReport, .reportsDropped: break
        }
    }

    private var isConnected: Bool { board.view.readers.contains(where: \.isConnected) }

    private func gone(_ event: ReaderEvent) {
        guard board.view.readers.contains(where: { $0.name == event.device.description }) else {
            return
        }
        show(event.device.description, .unplugged) { $0.faults = [EventWords(event).text] }
    }

    /// Another model in place of the one that was unplugged: that one is not waited for any more.
    private func arrived(_ device: USBDeviceName) {
        let old = state.withLock { state -> (USBReaders, USBReader, SwipeHandOff?)? in
            guard let readers = state.readers, let reader = state.reader,
                (reader.device.vendorID, reader.device.productID)
                    != (device.vendorID, device.productID)
            else { return nil }
            state.reader = nil
            return (readers, reader, state.handOff)
        }
        guard let (readers, reader, handOff) = old, !isConnected else { return }
        handOff?.close()
        // The watch's own thread tells of this, and it lets the reader go.
        DispatchQueue.global().async { readers.release(reader) }
    }
}
