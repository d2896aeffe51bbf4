package import Emulator
internal import Foundation
internal import Synchronization
public import Timeline

/// The emulated gateway behind real sockets and real TLS on the loopback, in this process: what
/// the emulator's core says happens on the wire, and one fault more at a byte.
///
/// Its waits move the clock of the test and take no time.
public final class LoopbackGateway: Sendable {
    private struct Stage {
        var core: EmulatorCore?
        var fault: WireFault?
        /// The bytes of each exchange, request and answer, of the first of its kind.
        var sizes: [WireFault.Exchange: (request: Int, answer: Int)] = [:]
        /// What comes a second time when the next request comes.
        var late: GatewayRequest?
        var atPost: (@Sendable () -> Void)?
        var connections = 0
    }

    /// The port on 127.0.0.1.
    public let port: Int
    /// The clock of lane and gateway.
    public let time: ManualTime
    private let context: ServerContext
    private let listener: Int32
    private let stage = Mutex(Stage())

    /// A gateway that listens, with no core yet.
    /// - Throws: ``RigFailure/setUp(_:)``
    public init(time: ManualTime = ManualTime()) throws {
        self.time = time
        context = try ServerContext()
        guard let (descriptor, port) = ServerContext.listen() else {
            throw RigFailure.setUp("socket")
        }
        listener = descriptor
        self.port = port
    }

    /// Begins to accept; the rig keeps it until ``stop()``.
    public func start() {
        Thread.detachNewThread { [self] in
            ServerContext.accept(listener) { descriptor in
                let core = stage.withLock { stage in
                    stage.connections += 1
                    return stage.core
                }
                Thread.detachNewThread { [self] in
                    guard let core, let end = ServerEnd(descriptor, context) else { return }
                    serve(end, core)
                }
                return true
            }
        }
    }

    /// Ends it.
    public func stop() { ServerContext.end(listener) }

    /// The authority that its certificate is of, a PEM file.
    public var authorityPath: String { context.authorityPath }

    /// From the next connection on, a gateway's core, and a fault.
    package func take(_ core: EmulatorCore, _ fault: WireFault? = nil) {
        core.setBase("https://localhost:\(port)/api/v2")
        stage.withLock {
            $0 = Stage()
            $0.core = core
            $0.fault = fault
        }
    }

    /// Adds a fault, or takes it away.
    public func set(_ fault: WireFault?) { stage.withLock { $0.fault = fault } }

    /// Called once, when the next sale has come in and before it is taken.
    public func whenPosted(_ body: @escaping @Sendable () -> Void) {
        stage.withLock { $0.atPost = body }
    }

    /// The bytes of the first exchange of a kind; `nil` when there was none.
    public func size(of exchange: WireFault.Exchange) -> (request: Int, answer: Int)? {
        stage.withLock { $0.sizes[exchange] }
    }

    /// How many connections came since the core was taken.
    public var connectionCount: Int { stage.withLock { $0.connections } }

    /// True when the fault has met its exchange.
    public var hasMet: Bool { stage.withLock { $0.fault == nil } }

    // MARK: A connection

    private func serve(_ end: ServerEnd, _ core: EmulatorCore) {
        switch core.connect() {
        case .closeOnAccept?: return
        case .resetOnAccept?: return end.reset()
        case .stallOnAccept?: return stall(end)
        case .tlsRefused?: return end.writeRaw([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28])
        default: break
        }
        guard end.handshake() else { return }
        while let request = read(end), answer(request, end, core) {}
    }

    private func read(_ end: ServerEnd) -> RawRequest? {
        var request = RawRequest(bytes: [])
        while request.missing != 0 {
            guard let more = end.read() else { return nil }
            request.bytes += more
        }
        return request
    }

    /// - Returns: false when the connection is over.
    private func answer(_ raw: RawRequest, _ end: ServerEnd, _ core: EmulatorCore) -> Bool {
        if raw.exchange == .sale { stage.withLock { $0.atPost.take() }?() }
        deliverLate(core)
        let fault = meet(raw.exchange)
        var raw = raw
        if let fault, fault.side == .request, !spoil(&raw, fault, end, core) { return false }
        guard let request = raw.parsed else {
            // What says more bytes than it has is waited for; the rest is no HTTP.
            if raw.missing.map({ $0 > 0 }) ?? false { stall(end) }
            end.write(Array("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".utf8))
            return false
        }
        let events = core.exchange(request)
        note(raw, events)
        if let fault, fault.side == .answer { return spoil(events, fault, end) }
        return events.allSatisfy { play($0, end) }
    }

    private func deliverLate(_ core: EmulatorCore) {
        guard let late = stage.withLock({ $0.late.take() }) else { return }
        _ = core.exchange(late)
    }

    private func meet(_ exchange: WireFault.Exchange?) -> WireFault? {
        stage.withLock { stage in
            guard let fault = stage.fault, fault.exchange == exchange else { return nil }
            stage.fault = nil
            return fault
        }
    }

    private func note(_ raw: RawRequest, _ events: [WireEvent]) {
        guard let exchange = raw.exchange, case .answer(let response)? = events.first else {
            return
        }
        stage.withLock {
            if $0.sizes[exchange] == nil {
                $0.sizes[exchange] = (raw.bytes.count, response.wireBytes.count)
            }
        }
    }

    // MARK: Faults

    /// - Returns: false when the gateway never sees the request whole.
    private func spoil(
        _ raw: inout RawRequest, _ fault: WireFault, _ end: ServerEnd, _ core: EmulatorCore
    ) -> Bool {
        let place = min(fault.place, raw.bytes.count - 1)
        switch fault.kind {
        case .flip: raw.bytes[place] ^= 1
        case .double: raw.bytes.insert(raw.bytes[place], at: place)
        case .twice: if let request = raw.parsed { _ = core.exchange(request) }
        case .twiceLater:
            if let request = raw.parsed { _ = core.exchange(request) }
            stage.withLock { $0.late = raw.parsed }
            end.finish()
            return false
        default:
            self.end(fault.kind, end)
            return false
        }
        return true
    }

    private func spoil(_ events: [WireEvent], _ fault: WireFault, _ end: ServerEnd) -> Bool {
        guard case .answer(let response)? = events.first else {
            return events.allSatisfy { play($0, end) }
        }
        var bytes = response.wireBytes
        let place = min(fault.place, bytes.count - 1)
        switch fault.kind {
        case .flip: bytes[place] ^= 1
        case .double: bytes.insert(bytes[place], at: place)
        case .spoil: end.spoilsByte = fault.place
        default:
            end.write(Array(bytes.prefix(fault.place)))
            self.end(fault.kind, end)
            return false
        }
        end.write(bytes)
        return true
    }

    private func end(_ kind: WireFault.Kind, _ end: ServerEnd) {
        switch kind {
        case .closed:
            end.closeNotify()
            end.finish()
        case .reset: end.reset()
        case .stall: stall(end)
        default: end.finish()
        }
    }

    /// Says nothing while the clock runs on, until the client has gone.
    private func stall(_ end: ServerEnd) {
        repeat { time.advance(milliseconds: 2000) } while end.isAwaited
    }

    private func play(_ event: WireEvent, _ end: ServerEnd) -> Bool {
        switch event {
        // Deadlines are some thousandths of the real ones, and so are pauses.
        case .pause(let milliseconds): time.advance(milliseconds: milliseconds / 1000)
        case .interim(let status): end.write(Array("HTTP/1.1 \(status) Wait\r\n\r\n".utf8))
        case .answer(let response):
            end.write(response.isChunked ? response.chunkedBytes : response.wireBytes)
        case .bytes(let bytes): end.write(bytes)
        case .close:
            end.closeNotify()
            end.finish()
            return false
        case .drop:
            end.finish()
            return false
        case .reset:
            end.reset()
            return false
        case .stall:
            stall(end)
            return false
        }
        return true
    }
}

extension GatewayResponse {
    /// The same in two chunks.
    fileprivate var chunkedBytes: [UInt8] {
        var text = "HTTP/1.1 \(status.rawValue) \(status.reason)\r\n"
        for header in headers { text += "\(header.name): \(header.value)\r\n" }
        text += "Transfer-Encoding: chunked\r\n\r\n"
        var bytes = Array(text.utf8)
        for part in [body.prefix(body.count / 2), body.suffix(body.count - body.count / 2)]
        where !part.isEmpty {
            bytes += Array("\(String(part.count, radix: 16))\r\n".utf8) + part + [13, 10]
        }
        return bytes + Array("0\r\n\r\n".utf8)
    }
}
