internal import Dispatch
internal import Readers
internal import Secrets
internal import Synchronization
internal import Timeline

/// The watch's thread: it knows which devices are there and who wants one, and does everything
/// that may block.
internal struct ReaderWatch {
    private let mailbox: Mailbox<WatchMessage>
    internal let acceptedSerials: Set<String>
    private let observer: @Sendable (ReaderEvent) -> Void
    private let time = SystemTime()
    internal var devices: [AttachedDevice] = []
    private var wishes: [ReaderWish] = []
    /// Readers that were opened and not yet released, with the key of their inbox.
    private var readers: [(reader: USBReader, key: USBReaderKey)] = []

    init(
        mailbox: Mailbox<WatchMessage>, acceptedSerials: Set<String>,
        observer: @escaping @Sendable (ReaderEvent) -> Void
    ) {
        self.mailbox = mailbox
        self.acceptedSerials = acceptedSerials
        self.observer = observer
    }

    mutating func run() {
        while true {
            let due = devices.compactMap(\.dueAt).min()
            guard let message = mailbox.next(until: due) else {
                if let due { tryAll(dueBy: due) }
                continue
            }
            if case .stop = message { break }
            take(message)
        }
        devices.indices.forEach { close($0) }
        devices.map(\.device).forEach(Calls.release)
        wishes.forEach { $0.fulfil(.failure(.stopped)) }
        readers.forEach { $0.reader.stop() }
    }

    func tell(_ event: ReaderEvent) { observer(event) }

    private mutating func take(_ message: WatchMessage) {
        switch message {
        case .plug(.arrived(let device)): arrive(device)
        case .plug(.left(let device)): leave(device)
        case .faulted(let connection, let fault): recover(connection, from: fault)
        case .loss(let key, let loss): tell(loss, of: key)
        case .want(let wish):
            wishes.append(wish)
            tryIdle()
        case .forget(let wish):
            wishes.removeAll { $0 === wish }
            wish.fulfil(.failure(lastFault(for: wish)))
        case .release(let reader, let done):
            release(reader)
            done.signal()
        case .stop: break
        }
    }

    // MARK: Plugs

    private mutating func arrive(_ device: USBDevice) {
        guard !devices.contains(where: { $0.device == device }),
            let ids = Calls.ids(of: device)
        else { return Calls.release(device) }
        let name = USBDeviceName(
            port: Calls.port(of: device), vendorID: ids.vendor, productID: ids.product)
        let standing = Standing(of: name)
        guard standing != .stranger else { return Calls.release(device) }
        var attached = AttachedDevice(device: device, name: name)
        tell(.arrived(name))
        if case .refused(let refusal) = standing {
            attached.use = .refused
            tell(.refused(name, refusal))
        }
        devices.append(attached)
        tryOpen(devices.count - 1)
    }

    private mutating func leave(_ device: USBDevice) {
        Calls.release(device)
        guard let index = devices.firstIndex(where: { $0.device == device }) else { return }
        close(index)
        let gone = devices.remove(at: index)
        tell(.removed(gone.name))
        Calls.release(gone.device)
        tryIdle()
    }

    // MARK: Tries

    private mutating func tryIdle() {
        for index in devices.indices where devices[index].dueAt == nil { tryOpen(index) }
    }

    private mutating func tryAll(dueBy moment: Moment) {
        for index in devices.indices {
            guard let due = devices[index].dueAt, due <= moment else { continue }
            devices[index].dueAt = nil
            if case .resting(let open) = devices[index].use {
                resume(index, open)
            } else {
                tryOpen(index)
            }
        }
    }

    private mutating func tryOpen(_ index: Int) {
        guard case .idle = devices[index].use, isWanted(devices[index].name) else { return }
        do throws(USBFault) {
            try open(index)
        } catch .refused(let refusal) {
            devices[index].use = .refused
            tell(.refused(devices[index].name, refusal))
        } catch {
            fail(index, error)
        }
    }

    /// Tells the fault, once, and sets the time of the next try.
    private mutating func fail(_ index: Int, _ fault: USBFault) {
        if devices[index].told != fault { tell(.waiting(devices[index].name, fault)) }
        devices[index].told = fault
        let pause = max(20, devices[index].backoff.next())
        devices[index].dueAt = time.now().adding(milliseconds: pause)
    }

    private func isWanted(_ name: USBDeviceName) -> Bool {
        wishes.contains { $0.selection.mayMean(name) }
            || readers.contains { $0.reader.selection.mayMean(name) && !isOpen($0.reader) }
    }

    private func isOpen(_ reader: USBReader) -> Bool {
        devices.contains { $0.open?.reader === reader }
    }

    private mutating func open(_ index: Int) throws(USBFault) {
        let opening = try DeviceOpening(devices[index].device, name: devices[index].name)
        devices[index].name.serial = opening.name.serial
        var isOurs = false
        defer { if !isOurs { opening.close() } }
        // When nobody means this one, somebody may later.
        isOurs = try start(index, opening)
    }

    /// Gives the device to whoever means it and sends its transfers off.
    /// - Returns: false when nobody does.
    private mutating func start(
        _ index: Int, _ opening: DeviceOpening
    ) throws(USBFault) -> Bool {
        let name = opening.name
        let waiting = readers.first { $0.reader.selection.means(name) && !isOpen($0.reader) }
        let wish = wishes.first { $0.selection.means(name) }
        guard waiting != nil || wish != nil else { return false }
        guard acceptedSerials.isEmpty || acceptedSerials.contains(name.serial ?? "") else {
            throw .refused(.serialNotAccepted)
        }
        let claimed = try opening.claim()
        do throws(USBFault) {
            let (reader, key): (USBReader, USBReaderKey)
            if let waiting {
                (reader, key) = waiting
            } else {
                (reader, key) = try newReader(for: wish, claimed, name)
            }
            try run(index, claimed, reader, key)
            if waiting == nil {
                readers.append((reader, key))
                wishes.removeAll { $0 === wish }
                wish?.fulfil(.success(reader))
            }
            return true
        } catch {
            claimed.claim.release()
            throw error
        }
    }

    private func newReader(
        for wish: ReaderWish?, _ claimed: DeviceOpening.Claimed, _ name: USBDeviceName
    ) throws(USBFault) -> (reader: USBReader, key: USBReaderKey) {
        guard let wish else { throw .noReader }
        let key = USBReaderKey(name)
        do throws(SecretError) {
            let inbox = try ReportInbox(
                reportBytes: claimed.device.reports.inputReportBytes, arena: wish.arena,
                time: wish.time
            ) { [mailbox] loss in mailbox.post(.loss(key, loss)) }
            let reader = USBReader(
                claimed, selection: wish.selection, inbox: inbox, arena: wish.arena)
            return (reader, key)
        } catch { throw .memory(error) }
    }

    private mutating func run(
        _ index: Int, _ claimed: DeviceOpening.Claimed, _ reader: USBReader, _ key: USBReaderKey
    ) throws(USBFault) {
        guard reader.device == claimed.device else { throw .refused(.otherModel) }
        let claim = claimed.claim
        let connection = try USBConnection(
            claim.handle, claim.interface, inbox: reader.inbox, arena: reader.arena
        ) { [mailbox] connection, fault in mailbox.post(.faulted(connection, fault)) }
        if let code = connection.start() {
            connection.free()
            throw code == .noDevice ? .gone : .noAnswer(.submit, code)
        }
        devices[index].use = .open(
            OpenReader(
                connection: connection, reader: reader, key: key, claim: claim))
        devices[index].told = nil
        key.name.withLock { $0 = devices[index].name }
        if claim.hadKernelDriver { tell(.kernelDriverDetached(devices[index].name)) }
        tell(.ready(devices[index].name, claimed.profile.identity))
    }

    // MARK: Faults

    /// Brings a reader back whose transfer ended badly: at once the first time, after growing
    /// pauses when nothing has come in between.
    private mutating func recover(_ connection: USBConnection, from fault: TransferFault) {
        guard let index = devices.firstIndex(where: { $0.open?.connection === connection }),
            case .open(let open) = devices[index].use
        else { return }
        connection.drain()
        tell(.faulted(devices[index].name, fault))
        if connection.takePacketCount() > 0 { devices[index].backoff.reset() }
        if fault == .noDevice {
            close(index)
            return fail(index, .gone)
        }
        devices[index].use = .resting(open)
        let pause = devices[index].backoff.next()
        if pause == 0 { return resume(index, open) }
        devices[index].dueAt = time.now().adding(milliseconds: pause)
    }

    /// Clears the stall and sends the transfers off again; a device that does not let us is opened
    /// anew.
    private mutating func resume(_ index: Int, _ open: OpenReader) {
        let cleared = Calls.clearStall(
            open.connection.handle, endpoint: open.connection.interface.endpoint)
        let refused = cleared.isSuccess ? open.connection.start() : nil
        guard cleared.isSuccess, refused == nil else {
            close(index)
            return fail(
                index,
                refused.map { .noAnswer(.submit, $0) } ?? .noAnswer(.clearStall, cleared))
        }
        devices[index].use = .open(open)
        tell(.ready(devices[index].name, open.reader.profile.identity))
    }

    // MARK: Ends

    private mutating func close(_ index: Int) {
        devices[index].dueAt = nil
        guard let open = devices[index].open else { return }
        devices[index].use = .idle
        open.connection.drain()
        open.connection.free()
        open.claim.release()
        Calls.close(open.connection.handle)
        tell(.released(devices[index].name))
    }

    private mutating func release(_ reader: USBReader) {
        readers.removeAll { $0.reader === reader }
        for index in devices.indices where devices[index].open?.reader === reader {
            close(index)
        }
        tryIdle()
    }

    private func tell(_ loss: ReportInbox.Loss, of key: USBReaderKey) {
        let name = key.name.withLock { $0 }
        switch loss {
        case .half(let bytes, let whole): tell(.halfReport(name, bytes: bytes, of: whole))
        case .dropped(let reason): tell(.reportsDropped(name, reason))
        }
    }

    /// Why a wish was not fulfilled.
    private func lastFault(for wish: ReaderWish) -> USBFault {
        let meant = devices.filter { wish.selection.mayMean($0.name) }
        return meant.compactMap(\.told).first ?? .noReader
    }
}
