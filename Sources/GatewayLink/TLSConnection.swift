internal import Glibc
internal import Timeline

/// One TLS connection to the gateway: the socket, the SSL object above it, and the waiting.
@safe internal final class TLSConnection {
    private let context: LinkContext
    private let time: any TimeSource
    private let wire: UnsafeMutablePointer<Wire>
    private let handle: OpaquePointer

    /// Takes the descriptor over, also when it throws.
    init(
        _ context: LinkContext, descriptor: Int32, time: any TimeSource
    ) throws(LinkFailure.Cause) {
        let wire = UnsafeMutablePointer<Wire>.allocate(capacity: 1)
        unsafe wire.initialize(to: Wire(descriptor: descriptor))
        guard let handle = unsafe Calls.newConnection(context.handle, over: wire) else {
            unsafe wire.deallocate()
            Calls.close(descriptor)
            throw .outOfResources
        }
        self.context = context
        self.time = time
        unsafe self.wire = wire
        unsafe self.handle = handle
    }

    deinit {
        unsafe Calls.free(connection: handle)
        unsafe Calls.close(wire.pointee.descriptor)
        unsafe wire.deallocate()
    }

    /// Bytes and writes that the kernel took.
    var traffic: LinkTraffic {
        unsafe LinkTraffic(bytesSent: wire.pointee.bytesSent, sends: wire.pointee.sends)
    }

    /// The socket.
    var descriptor: Int32 { unsafe wire.pointee.descriptor }

    /// True when the peer sent FIN.
    var hasEnded: Bool { unsafe wire.pointee.hasEnded }

    var wasResumed: Bool { unsafe Calls.wasResumed(handle) }

    /// How much of a request that is one record left since `earlier`.
    func extent(since earlier: LinkTraffic) -> SentExtent {
        if unsafe wire.pointee.bytesSent == earlier.bytesSent { return .nothing }
        return unsafe wire.pointee.bytesLeft == 0 ? .all : .part
    }

    /// True of TLS 1.3, whose tickets come after the handshake.
    var sendsTicketsLater: Bool { unsafe Calls.sendsTicketsLater(handle) }

    /// TLS, with the certificate checked.
    func handshake(host: String, until deadline: Moment) throws(LinkFailure.Cause) {
        guard unsafe Calls.expect(handle, host: host) else { throw .outOfResources }
        unsafe context.offerSession(to: handle)
        do throws(LinkFailure.Cause) {
            while true {
                let result = unsafe Calls.handshake(handle)
                if case .done = result { return }
                if case .lost = result, hasEnded { throw .closedInHandshake }
                guard try waited(after: result, until: deadline) else { throw .connectTimedOut }
            }
        } catch {
            // What failed with a session may succeed without.
            context.forgetSession()
            throw error
        }
    }

    /// Hands a whole request to the kernel in one record.
    func write(
        _ bytes: Span<UInt8>, within milliseconds: Int, until end: Moment? = nil
    ) throws(LinkFailure.Cause) {
        var deadline: Moment?
        while true {
            let result = unsafe Calls.write(handle, bytes)
            if case .done = result { return }
            // The clock is asked only when the kernel does not take the request at once.
            let limit = deadline ?? time.now().adding(milliseconds: milliseconds)
            deadline = limit
            guard try waited(after: result, until: min(limit, end ?? limit)) else {
                throw .sendTimedOut
            }
        }
    }

    func read(into room: inout OutputSpan<UInt8>) -> TLSResult {
        unsafe Calls.read(handle, into: &room)
    }

    func peek() -> TLSResult { unsafe Calls.peek(handle) }

    /// Decrypted bytes that nobody has read.
    var hasUnread: Bool { unsafe Calls.unread(handle) > 0 }

    /// Waits for an event on the socket; false when the deadline came first.
    ///
    /// Cut into seconds, because `poll` does not count the time that the machine sleeps and the
    /// time source does.
    func wait(for event: Int32, until deadline: Moment) -> Bool {
        while true {
            let left = deadline.since(time.now())
            guard left > 0 else { return false }
            let milliseconds = min((left + 999_999) / 1_000_000, 1_000)
            if unsafe Calls.wait(
                wire.pointee.descriptor, for: event, milliseconds: Int32(milliseconds))
            {
                return true
            }
        }
    }

    /// Waits as a call asked for; false when the deadline came first.
    /// - Throws: the cause, when the call had failed.
    func waited(after result: TLSResult, until deadline: Moment) throws(LinkFailure.Cause) -> Bool {
        switch result {
        case .wantsRead: return wait(for: POLLIN, until: deadline)
        case .wantsWrite: return wait(for: POLLOUT, until: deadline)
        case .done: return true
        case .closed, .lost: throw .connectionLost
        case .certificateAsked: throw .certificateDemanded
        case .failed(let reason):
            if let code = unsafe Calls.refusal(handle) { throw .certificateRefused(code: code) }
            throw .tlsFailed(reason: reason)
        }
    }

    /// What has come and what comes next is acknowledged at once.
    func acknowledgeAtOnce() { Calls.acknowledgeAtOnce(descriptor) }

    /// Ends it in order.
    func shutDown() { unsafe Calls.shutDown(handle) }

    /// Makes the end a reset: what is still in the kernel does not leave any more, and OpenSSL
    /// is not asked for a farewell, with which it would send the rest of a record.
    func abandon() { Calls.resetOnClose(descriptor) }
}

/// What a link has given to the kernel.
public struct LinkTraffic: Equatable, Sendable {
    /// Bytes, TLS included.
    public let bytesSent: Int
    /// Calls of `send`; a request takes one, because it is one TLS record.
    public let sends: Int
}
