import COpenSSL
import Foundation
import Synchronization
import Timeline

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
        /// Writes below TLS.
        case writeRaw([UInt8])
        /// Writes byte after byte until the client has gone.
        case trickle(String)
        /// Moves the test's clock on, by milliseconds.
        case advance(Int)
        /// Moves it on by so much again and again until the client has gone: the client may not
        /// have looked at the clock yet when the server has read its request.
        case advanceUntilEnd(Int)
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

    struct Seen: Sendable {
        var connections = 0
        var requests: [String] = []
        /// How many whole requests each connection brought.
        var requestsOfEach: [Int] = []
    }

    let port: Int
    private let time: ManualTime
    private let listener: Int32
    private let seenSoFar = Mutex(Seen())
    private let proceedSignal = DispatchSemaphore(value: 0)
    private let reportSignal = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    init(
        _ scripts: [[Step]], setup: ServerSetup = ServerSetup(), time: ManualTime = ManualTime()
    ) throws {
        self.time = time
        guard let context = unsafe try setup.makeContext(),
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
        seenSoFar.withLock {
            $0.connections += 1
            $0.requestsOfEach.append(0)
        }
        guard let session = unsafe ServerSession(descriptor, box.context) else { return }
        for step in script where !perform(step, session) { return }
    }

    private func perform(_ step: Step, _ session: ServerSession) -> Bool {
        switch step {
        case .handshake: return session.handshake()
        case .readRequest:
            guard let request = session.readRequest() else { return false }
            seenSoFar.withLock {
                $0.requests.append(request)
                $0.requestsOfEach[$0.connections - 1] += 1
            }
        case .takeRaw(let count): return session.takeRaw(count)
        case .write(let text): return session.write(text)
        case .writeRaw(let bytes): return session.writeRaw(bytes)
        case .trickle(let text): session.trickle(text)
        case .advance(let milliseconds): time.advance(milliseconds: milliseconds)
        case .advanceUntilEnd(let milliseconds):
            repeat { time.advance(milliseconds: milliseconds) } while session.isAwaited
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
