internal import Foundation
internal import Glibc

/// A reader in software on a port of the kernel's virtual host controller (vhci_hcd): the kernel,
/// and whoever uses libusb above it, cannot tell it from one on a cable.
///
/// Everything that it does follows from a request of the kernel or from a call here, never from
/// time.
internal final class EmulatedReader: @unchecked Sendable {
    /// What has happened at the device since it was plugged in.
    struct Seen {
        /// Control requests of any kind.
        var controls = 0
        /// The kernel chose a configuration so often.
        var configurations = 0
        /// SET_IDLE came so often: once from usbhid, and from whoever else sends it.
        var idles = 0
        /// Interrupt transfers that wait for a packet.
        var waiting = 0
        /// The most that waited at once.
        var mostWaiting = 0
        /// Interrupt transfers that were ever submitted.
        var submitted = 0
        /// Interrupt transfers that the host took back.
        var takenBack = 0
        /// The halt of the endpoint was cleared so often.
        var haltsCleared = 0
        /// Packets that nobody has fetched.
        var unread = 0
    }

    /// Packets, and what comes in the place of one.
    private enum Due {
        case packet([UInt8])
        case halt
    }

    let model: ReaderModel
    /// The port of vhci_hcd.0, from 0.
    let port: Int
    private let changed = NSCondition()
    private var connection: Int32 = -1
    private var waiting: [USBIPTransfer] = []
    private var due: [Due] = []
    private var isHalted = false
    private var seen = Seen()

    init(_ model: ReaderModel, port: Int = 0) {
        self.model = model
        self.port = port
    }

    /// Its name in the kernel's list of devices.
    var busName: String { "1-\(port + 1)" }
    /// Its folder in sysfs.
    var folder: String { "/sys/bus/usb/devices/\(busName)" }

    /// Plugs it in and gives the kernel the other end of its line.
    func plug() throws {
        try VirtualPort.waitUntilFree(port)
        var ends: [Int32] = [-1, -1]
        guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
            throw GuestFault("socketpair: errno \(errno)")
        }
        defer { close(ends[1]) }
        changed.withLock {
            connection = ends[0]
            (waiting, due, isHalted, seen) = ([], [], false, Seen())
        }
        Thread.detachNewThread { [self, end = ends[0]] in serve(end) }
        try VirtualPort.attach(port, to: ends[1])
    }

    /// Pulls the plug. What nobody has read is lost.
    func unplug() {
        changed.withLock {
            guard connection >= 0 else { return }
            // The serving thread closes it.
            shutdown(connection, Int32(SHUT_RDWR))
            connection = -1
            (waiting, due) = ([], [])
        }
    }

    /// Sends one report, in packets.
    func send(_ report: [UInt8]) {
        changed.withLock {
            let step = model.packetBytes
            for start in stride(from: 0, to: report.count, by: step) {
                due.append(.packet(Array(report[start..<min(start + step, report.count)])))
            }
            deliver()
        }
    }

    /// Sends a packet of no bytes.
    func sendNothing() {
        changed.withLock {
            due.append(.packet([]))
            deliver()
        }
    }

    /// Halts the endpoint: every transfer stalls until the host clears the halt.
    func halt() {
        changed.withLock {
            due.append(.halt)
            deliver()
        }
    }

    /// Ends every waiting transfer with a transmission error, as a suspended hub does, and stays.
    func disturb() {
        changed.withLock {
            for transfer in waiting { answer(transfer, status: -EPROTO) }
            waiting = []
            note()
        }
    }

    /// Waits until what has been seen is as wanted.
    func wait(_ what: String, _ isThere: (Seen) -> Bool) throws {
        try changed.withLock {
            let limit = Date(timeIntervalSinceNow: Patience.seconds)
            while !isThere(seen) {
                guard changed.wait(until: limit) else {
                    throw GuestFault("the reader waited in vain for \(what): \(seen)")
                }
            }
        }
    }

    private func note() {
        seen.waiting = waiting.count
        seen.mostWaiting = max(seen.mostWaiting, seen.waiting)
        seen.unread = due.count
        changed.broadcast()
    }

    // MARK: The kernel's requests

    private func serve(_ end: Int32) {
        while let header = Socket.read(end, USBIPRequest.headerBytes) {
            guard let request = USBIPRequest(header: header) else { break }
            if case .submit(let transfer) = request, !transfer.isIn, transfer.length > 0,
                Socket.read(end, transfer.length) == nil
            {
                break
            }
            changed.withLock { if connection == end { handle(request) } }
        }
        close(end)
    }

    private func handle(_ request: USBIPRequest) {
        switch request {
        case .submit(let transfer) where transfer.endpoint == 0: control(transfer)
        case .submit(let transfer) where transfer.endpoint == 1 && transfer.isIn:
            seen.submitted += 1
            waiting.append(transfer)
            deliver()
        case .submit(let transfer) where transfer.isIn: others.append(transfer)
        case .submit(let transfer): answer(transfer, status: -EPIPE)
        case .unlink(let sequence, let taking):
            let place = waiting.firstIndex { $0.sequence == taking }
            if let place { waiting.remove(at: place) }
            let other = others.firstIndex { $0.sequence == taking }
            if let other { others.remove(at: other) }
            seen.takenBack += place == nil ? 0 : 1
            let isTaken = place != nil || other != nil
            tell(USBIPAnswer.unlinked(sequence, status: isTaken ? -ECONNRESET : 0))
            note()
        }
    }

    /// Transfers of a second interface, which never types anything.
    private var others: [USBIPTransfer] = []

    private func control(_ transfer: USBIPTransfer) {
        let setup = transfer.setup
        seen.controls += 1
        defer { note() }
        if transfer.isIn {
            let asked = Int(setup[6]) | Int(setup[7]) << 8
            guard let bytes = model.answer(to: setup)?.prefix(min(asked, transfer.length)) else {
                return answer(transfer, status: -EPIPE)
            }
            return tell(
                USBIPAnswer.done(
                    transfer.sequence, status: 0, count: bytes.count, bytes: Array(bytes)))
        }
        switch (setup[0], setup[1]) {
        case (0x00, 9): seen.configurations += 1
        case (0x21, 10): seen.idles += 1
        case (0x02, 1) where setup[4] == 0x81:
            isHalted = false
            seen.haltsCleared += 1
        default: break
        }
        tell(USBIPAnswer.done(transfer.sequence, status: 0, count: transfer.length))
        deliver()
    }

    /// Gives packets to transfers as a host controller does: a transfer ends when it is full or
    /// when a packet is shorter than the endpoint's size.
    private func deliver() {
        while !waiting.isEmpty, isHalted || !due.isEmpty {
            if !isHalted, case .packet(let packet) = due[0] {
                due.removeFirst()
                waiting[0].gathered += packet
                let isTooMuch = waiting[0].gathered.count > waiting[0].length
                let isOver =
                    packet.count < model.packetBytes
                    || waiting[0].gathered.count == waiting[0].length
                guard isTooMuch || isOver else { continue }
                answer(waiting.removeFirst(), status: isTooMuch ? -EOVERFLOW : 0)
            } else {
                if !isHalted { due.removeFirst() }
                isHalted = true
                answer(waiting.removeFirst(), status: -EPIPE)
            }
        }
        note()
    }

    private func answer(_ transfer: USBIPTransfer, status: Int32) {
        let bytes = status == 0 ? transfer.gathered : []
        tell(
            USBIPAnswer.done(transfer.sequence, status: status, count: bytes.count, bytes: bytes))
    }

    private func tell(_ message: [UInt8]) { Socket.write(connection, message) }
}
