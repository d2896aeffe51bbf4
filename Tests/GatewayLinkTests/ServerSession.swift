import COpenSSL
import Foundation

@testable import GatewayLink

/// The server's end of one connection. Blocking; its socket goes with it.
@safe final class ServerSession {
    private let descriptor: Int32
    private let wire: UnsafeMutablePointer<Wire>
    private let handle: OpaquePointer
    private var isShut = false

    init?(_ descriptor: Int32, _ context: OpaquePointer) {
        self.descriptor = descriptor
        unsafe wire = UnsafeMutablePointer<Wire>.allocate(capacity: 1)
        unsafe wire.initialize(to: Wire(descriptor: descriptor))
        guard let handle = unsafe SSL_new(context),
            let transport = unsafe Calls.newTransport(over: wire)
        else { return nil }
        unsafe self.handle = handle
        // A test that fails must end: nothing here blocks for ever.
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        _ = unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        // What is written goes out at once, and not when the client has acknowledged the last.
        Calls.switchOn(descriptor, level: Int32(IPPROTO_TCP), option: TCP_NODELAY)
        unsafe SSL_set_bio(handle, transport, transport)
        unsafe SSL_set_accept_state(handle)
    }

    deinit {
        unsafe SSL_free(handle)
        unsafe wire.deallocate()
        if !isShut { Calls.close(descriptor) }
    }

    func handshake() -> Bool { unsafe SSL_do_handshake(handle) == 1 }

    func readRequest() -> String? {
        var text = ""
        while true {
            if let end = text.range(of: "\r\n\r\n") {
                let head = text[..<end.lowerBound]
                let field = head.range(of: "Content-Length: ")
                let length = field.flatMap { Int(head[$0.upperBound...].prefix { $0.isNumber }) }
                if text[end.upperBound...].utf8.count >= length ?? 0 { return text }
            }
            var bytes = [UInt8](repeating: 0, count: 32_768)
            let count = unsafe SSL_read(handle, &bytes, Int32(bytes.count))
            guard count > 0 else { return nil }
            text += String(decoding: bytes.prefix(Int(count)), as: UTF8.self)
        }
    }

    func takeRaw(_ count: Int) -> Bool {
        var bytes = [UInt8](repeating: 0, count: count)
        return unsafe recv(descriptor, &bytes, count, Int32(MSG_WAITALL)) == count
    }

    func writeRaw(_ bytes: [UInt8]) -> Bool {
        unsafe Calls.send(descriptor, bytes, bytes.count) == bytes.count
    }

    func write(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return unsafe SSL_write(handle, bytes, Int32(bytes.count)) == Int32(bytes.count)
    }

    /// The pace is only there so that the client's deadline passes before the text ends.
    func trickle(_ text: String) {
        for byte in text.utf8 {
            guard unsafe SSL_write(handle, [byte], 1) == 1,
                !Calls.wait(descriptor, for: POLLIN, milliseconds: 5)
            else { return }
        }
    }

    func closeNotify() { _ = unsafe SSL_shutdown(handle) }

    func finish() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    func reset() {
        Calls.resetOnClose(descriptor)
        Calls.close(descriptor)
        isShut = true
    }

    /// The client has neither sent anything nor gone for a moment.
    var isAwaited: Bool { !Calls.wait(descriptor, for: POLLIN, milliseconds: 100) }

    func waitForEnd() {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        while unsafe recv(descriptor, &bytes, bytes.count, 0) > 0 {}
    }
}
