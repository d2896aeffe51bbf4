internal import Dispatch
internal import Secrets
internal import Synchronization
internal import Values

/// A reader that is open and claimed, with its transfers in flight.
///
/// It is opened and closed by the watch's thread; the event thread puts what comes into the inbox
/// and sends the transfer off again. After a fault no transfer is sent off any more, and the watch
/// is told once.
internal final class USBConnection: Sendable {
    /// Transfers in flight: packets come while earlier ones are handled, in order.
    static let transferCount = 8

    let handle: USBHandle
    let interface: ReaderInterface
    let inbox: ReportInbox
    private let transfers: [USBTransfer]
    private let room: Mutex<SecretBytes?>
    private let state = Mutex(State())
    private let drained = DispatchSemaphore(value: 0)
    private let onFault: @Sendable (USBConnection, TransferFault) -> Void

    private struct State {
        var isRunning = false
        var isDraining = false
        var inFlight = 0
        /// Packets since it was asked last.
        var packets = 0
    }

    /// - Throws: ``USBFault/memory(_:)``
    init(
        _ handle: USBHandle, _ interface: ReaderInterface, inbox: ReportInbox,
        arena: SecretArena,
        onFault: @escaping @Sendable (USBConnection, TransferFault) -> Void
    ) throws(USBFault) {
        self.handle = handle
        self.interface = interface
        self.inbox = inbox
        self.onFault = onFault
        let transfers = (0..<Self.transferCount).compactMap { _ in Calls.newTransfer() }
        self.transfers = transfers
        do throws(SecretError) {
            let count = interface.packetBytes * Self.transferCount
            var bytes = try arena.take(capacity: count)
            for _ in 0..<count { try bytes.append(0) }
            room = Mutex(consume bytes)
        } catch {
            transfers.forEach(Calls.free)
            throw .memory(error)
        }
        room.withLock { (room: inout SecretBytes?) in
            guard var bytes = room.take() else { return }
            Calls.fill(transfers, room: &bytes, for: self)
            room = consume bytes
        }
    }

    /// Sends all transfers off.
    /// - Returns: the code of the one that was not taken, the others being cancelled.
    func start() -> USBCode? {
        let refused = state.withLock { (state: inout State) -> USBCode? in
            state.isRunning = true
            for transfer in transfers {
                let code = Calls.submit(transfer)
                guard code.isSuccess else { return code }
                state.inFlight += 1
            }
            return nil
        }
        if refused != nil { drain() }
        return refused
    }

    /// Cancels every transfer and waits until libusb has given each back.
    func drain() {
        let mustWait = state.withLock { (state: inout State) in
            state.isRunning = false
            state.isDraining = state.inFlight > 0
            if state.isDraining { transfers.forEach(Calls.cancel) }
            return state.isDraining
        }
        if mustWait { drained.wait() }
    }

    /// Frees the transfers and wipes their memory; they must be drained.
    func free() {
        inbox.breakOff()
        transfers.forEach(Calls.free)
        room.withLock { $0 = nil }
    }

    /// How many packets have come since this was asked last.
    func takePacketCount() -> Int {
        state.withLock { state in
            defer { state.packets = 0 }
            return state.packets
        }
    }

    /// Transfers that are with libusb.
    var inFlight: Int { state.withLock { $0.inFlight } }

    /// Event thread: a transfer has ended.
    func ended(_ transfer: USBTransfer) {
        var fault: TransferFault?
        switch Calls.ending(of: transfer) {
        case .packet: take(transfer)
        case .cancelled:
            fault = .failed
            // A packet that came before the cancellation is a packet.
            if Calls.byteCount(of: transfer) > 0 { take(transfer) }
        case .fault(let ending):
            fault = ending
            // What comes behind the fault is not the rest of this report.
            inbox.breakOff()
        }
        Calls.wipe(transfer)
        let isNew = state.withLock { settle(&$0, transfer, &fault) }
        if isNew, let fault { onFault(self, fault) }
    }

    private func take(_ transfer: USBTransfer) {
        Calls.takePacket(of: transfer) { packet in
            inbox.take(packet, packetBytes: interface.packetBytes)
        }
    }

    /// Sends the transfer off again, or counts it back.
    /// - Returns: true when the fault is new.
    private func settle(
        _ state: inout State, _ transfer: USBTransfer, _ fault: inout TransferFault?
    ) -> Bool {
        if fault == nil {
            state.packets += 1
            if state.isRunning {
                let code = Calls.submit(transfer)
                if code.isSuccess { return false }
                fault = code == .noDevice ? .noDevice : .refused(code)
            }
        }
        state.inFlight -= 1
        if state.isDraining, state.inFlight == 0 {
            state.isDraining = false
            drained.signal()
        }
        defer { if fault != nil { state.isRunning = false } }
        return fault != nil && state.isRunning
    }
}
