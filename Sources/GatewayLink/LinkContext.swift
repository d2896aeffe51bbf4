public import PayHub
internal import Synchronization

/// What the links to one gateway share: trust, TLS versions, and the last session for resumption.
///
/// TLS 1.2 and 1.3 at OpenSSL's default security level; no compression, no renegotiation, no
/// early data (RFC 8470: it can be replayed), received plaintext wiped inside OpenSSL.
@safe public final class LinkContext: Sendable {
    internal let endpoint: GatewayEndpoint
    /// The SSL_CTX; OpenSSL locks it itself.
    nonisolated(unsafe) internal let handle: OpaquePointer
    private let sessions: SessionStore

    /// Reads the trust anchors.
    /// - Throws: ``LinkFailure`` with `trustFileUnreadable` or `outOfResources`.
    public init(endpoint: GatewayEndpoint, trust: TrustAnchors) throws(LinkFailure) {
        guard let handle = unsafe Calls.newContext() else {
            throw LinkFailure(.outOfResources, sent: .nothing)
        }
        unsafe self.handle = handle
        self.endpoint = endpoint
        sessions = SessionStore()
        let isTrusting =
            switch trust {
            case .system: unsafe Calls.trustSystem(handle)
            case .file(let path): unsafe Calls.trust(handle, file: path)
            }
        guard isTrusting else { throw LinkFailure(.trustFileUnreadable, sent: .nothing) }
        unsafe Calls.keepSessions(of: handle, in: sessions)
    }

    deinit { unsafe Calls.free(context: handle) }

    /// Lets a connection try to resume the last session.
    internal func offerSession(to connection: OpaquePointer) {
        unsafe sessions.offer(to: connection)
    }

    /// How many sessions the gateway has given so far.
    internal var ticketCount: Int { sessions.count }

    /// Forgets the session, so that the next handshake is a full one.
    internal func forgetSession() { unsafe sessions.keep(nil) }
}

/// The last session that the gateway gave.
@safe internal final class SessionStore: Sendable {
    /// An SSL_SESSION, held once.
    @safe private struct Session: @unchecked Sendable {
        let handle: OpaquePointer
    }

    private let last = Mutex<Session?>(nil)
    private let given = Atomic(0)

    /// How many sessions came.
    var count: Int { given.load(ordering: .relaxed) }

    deinit { unsafe keep(nil) }

    /// Takes over one hold on a session.
    func keep(_ handle: OpaquePointer?) {
        let new = unsafe handle.map { unsafe Session(handle: $0) }
        if new != nil { given.add(1, ordering: .relaxed) }
        let old = last.withLock { (last: inout Session?) -> Session? in
            let old = last
            last = new
            return old
        }
        if let old { unsafe Calls.free(session: old.handle) }
    }

    /// OpenSSL takes a hold of its own.
    func offer(to connection: OpaquePointer) {
        last.withLock { last in
            if let last { unsafe Calls.resume(connection, with: last.handle) }
        }
    }
}
