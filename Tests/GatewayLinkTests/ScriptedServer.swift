import COpenSSL
import Foundation
import Synchronization

@testable import GatewayLink

/// A TLS server on loopback. Each connection does the steps of its script, in order, on the
/// server's own thread; connections come one after the other.
@safe final class ScriptedServer: Sendable {
    enum Step: Sendable {
        case handshake
        /// Reads one request: a head, and the body that Content-Length says.
        case readRequest
        /// Takes so many bytes off the socket below TLS.
        case takeRaw(Int)
        case write(String)
        /// Writes byte after byte until the client has gone.
        case trickle(String)
        /// Waits for ``ScriptedServer/proceed()``.
        case pause
        /// Tells ``ScriptedServer/waitForReport()``.
        case report
        case closeNotify
        /// Sends FIN without close_notify and goes on reading.
        case finish
        case reset
        /// Reads until the client has gone.
        case waitForEnd
    }

    enum Versions { case modern, tls12, tls11 }

    struct Seen: Sendable {
        var connections = 0
        var requests: [String] = []
    }

    let port: Int
    private let listener: Int32
    private let seenSoFar = Mutex(Seen())
    private let proceedSignal = DispatchSemaphore(value: 0)
    private let reportSignal = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    init(
        _ scripts: [[Step]], identity: TestIdentity? = nil, versions: Versions = .modern
    ) throws {
        let identity = try identity ?? TestAuthority.shared.get().gateway
        guard let context = unsafe Self.makeContext(identity, versions),
            let (descriptor, port) = Self.listen()
        else { throw TestFailure.setUp }
        listener = descriptor
        self.port = port
        let box = unsafe ContextBox(context: context)
        Thread { [self] in
            for script in scripts { serve(script, box) }
            Calls.close(listener)
            ended.signal()
        }.start()
    }

    /// What the server has seen; call it when the server has ended.
    func finished() throws -> Seen {
        guard ended.wait(timeout: .now() + 30) == .success else { throw TestFailure.timedOut }
        return seenSoFar.withLock { $0 }
    }

    /// Lets a ``Step/pause`` end.
    func proceed() { proceedSignal.signal() }

    /// Waits for a ``Step/report``.
    func waitForReport() throws {
        guard reportSignal.wait(timeout: .now() + 30) == .success else {
            throw TestFailure.timedOut
        }
    }

    private func serve(_ script: [Step], _ box: ContextBox) {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        seenSoFar.withLock { $0.connections += 1 }
        guard let session = unsafe ServerSession(descriptor, box.context) else { return }
        for step in script where !perform(step, session) { return }
    }

    private func perform(_ step: Step, _ session: ServerSession) -> Bool {
        switch step {
        case .handshake: return session.handshake()
        case .readRequest:
            guard let request = session.readRequest() else { return false }
            seenSoFar.withLock { $0.requests.append(request) }
        case .takeRaw(let count): return session.takeRaw(count)
        case .write(let text): return session.write(text)
        case .trickle(let text): session.trickle(text)
        case .pause: return proceedSignal.wait(timeout: .now() + 30) == .success
        case .report: reportSignal.signal()
        case .closeNotify: session.closeNotify()
        case .finish: session.finish()
        case .reset: session.reset()
        case .waitForEnd: session.waitForEnd()
        }
        return true
    }

    @safe private struct ContextBox: @unchecked Sendable { let context: OpaquePointer }

    static func makeContext(
        _ identity: TestIdentity, _ versions: Versions
    ) -> OpaquePointer? {
        guard let context = unsafe SSL_CTX_new(TLS_server_method()) else { return nil }
        switch versions {
        case .modern: break
        case .tls12: _ = unsafe swl_ctx_set_max_proto(context, TLS1_2_VERSION)
        case .tls11:
            unsafe SSL_CTX_set_security_level(context, 0)
            _ = unsafe swl_ctx_set_min_proto(context, TLS1_1_VERSION)
            _ = unsafe swl_ctx_set_max_proto(context, TLS1_1_VERSION)
        }
        guard unsafe SSL_CTX_use_certificate(context, identity.certificate) == 1,
            unsafe SSL_CTX_use_PrivateKey(context, identity.key) == 1
        else { return nil }
        return unsafe context
    }

    private static func listen() -> (Int32, Int)? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            let general = unsafe UnsafeMutableRawPointer(pointer)
                .assumingMemoryBound(to: sockaddr.self)
            return unsafe bind(descriptor, general, size) == 0
                && Glibc.listen(descriptor, 8) == 0
                && getsockname(descriptor, general, &size) == 0
        }
        return isListening ? (descriptor, Int(UInt16(bigEndian: address.sin_port))) : nil
    }
}
