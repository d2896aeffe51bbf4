import Foundation
import PayHub
import Timeline

@testable import GatewayLink

/// A client's connection and a server's, with TLS between them over a pair of sockets.
@safe final class SocketPair {
    let client: TLSConnection
    private let clientDescriptor: Int32
    private let serverDescriptor: Int32
    private var server: ServerSession?

    init() throws {
        var descriptors: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue)
        guard unsafe socketpair(AF_UNIX, kind, 0, &descriptors) == 0,
            fcntl(descriptors[0], F_SETFL, O_NONBLOCK) == 0
        else { throw TestFailure.setUp }
        clientDescriptor = descriptors[0]
        serverDescriptor = descriptors[1]
        let time = SystemTime()
        let path = try TestAuthority.shared.get().path
        let context = try LinkContext(
            endpoint: GatewayEndpoint(url: "https://localhost"), trust: .file(path: path))
        client = try TLSConnection(context, descriptor: clientDescriptor, time: time)
        guard let serverContext = unsafe try ServerSetup().makeContext(),
            let session = unsafe ServerSession(serverDescriptor, serverContext)
        else { throw TestFailure.setUp }
        let isDone = DispatchSemaphore(value: 0)
        let box = SessionBox(session: session)
        Thread {
            _ = box.session.handshake()
            isDone.signal()
        }.start()
        try client.handshake(host: "localhost", until: time.now().adding(milliseconds: 30_000))
        isDone.wait()
        server = session
    }

    /// Gives the client the smallest send buffer that the kernel has: some 4 KiB.
    func shrink() {
        var size: Int32 = 1
        _ = unsafe setsockopt(
            clientDescriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Fills the client's send buffer below TLS.
    func fill() {
        while unsafe Calls.send(clientDescriptor, [0], 1) > 0 {}
    }

    func closeServer() { server?.reset() }

    /// Takes so many bytes below TLS on another thread and closes; signals when it has.
    func closeInBackground(after count: Int) -> DispatchSemaphore {
        let isDone = DispatchSemaphore(value: 0)
        guard let server else { return isDone }
        let box = SessionBox(session: server)
        Thread {
            _ = box.session.takeRaw(count)
            box.session.reset()
            isDone.signal()
        }.start()
        return isDone
    }

    /// Shuts the client's side and counts what the server's side still receives.
    func endAndReadRaw() -> Int {
        _ = shutdown(clientDescriptor, Int32(SHUT_WR))
        var bytes = [UInt8](repeating: 0, count: 65_536)
        var total = 0
        while true {
            let count = unsafe Calls.receive(serverDescriptor, &bytes, bytes.count)
            if count <= 0 { return total }
            total += count
        }
    }

    private struct SessionBox: @unchecked Sendable { let session: ServerSession }
}
