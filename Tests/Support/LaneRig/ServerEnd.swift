internal import COpenSSL
internal import Glibc

/// The gateway's end of one connection: a blocking socket, and TLS over memory between, so that
/// what leaves the machine can be spoilt below TLS too.
@safe final class ServerEnd {
    private let descriptor: Int32
    private let handle: OpaquePointer
    private let inbound: OpaquePointer
    private let outbound: OpaquePointer
    private var isClosed = false
    /// Which byte of the next raw write is flipped.
    var spoilsByte: Int?

    /// Takes the descriptor over.
    init?(_ descriptor: Int32, _ context: ServerContext) {
        guard let handle = unsafe SSL_new(context.handle),
            let inbound = unsafe BIO_new(BIO_s_mem()), let outbound = unsafe BIO_new(BIO_s_mem())
        else { return nil }
        self.descriptor = descriptor
        unsafe self.handle = handle
        unsafe self.inbound = inbound
        unsafe self.outbound = outbound
        unsafe SSL_set_bio(handle, inbound, outbound)
        unsafe SSL_set_accept_state(handle)
        var one: Int32 = 1
        _ = unsafe setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        // Nothing here waits for ever.
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        _ = unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        unsafe SSL_free(handle)
        close()
    }

    /// TLS; false when the client went.
    func handshake() -> Bool {
        while true {
            let result = unsafe SSL_do_handshake(handle)
            flush()
            if result == 1 { return true }
            guard unsafe SSL_get_error(handle, result) == SSL_ERROR_WANT_READ, fill() else {
                return false
            }
        }
    }

    /// Some bytes of the client; `nil` when it has ended or gone.
    func read() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = unsafe SSL_read(handle, &bytes, Int32(bytes.count))
            if count > 0 { return Array(bytes.prefix(Int(count))) }
            guard unsafe SSL_get_error(handle, count) == SSL_ERROR_WANT_READ, fill() else {
                return nil
            }
        }
    }

    /// Hands bytes to TLS and to the kernel.
    func write(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        _ = unsafe SSL_write(handle, bytes, Int32(bytes.count))
        flush()
    }

    /// Writes below TLS.
    func writeRaw(_ bytes: [UInt8]) {
        _ = unsafe send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Says that TLS is over.
    func closeNotify() {
        _ = unsafe SSL_shutdown(handle)
        flush()
    }

    /// FIN without a word of TLS, and what is still to come is read, so that no RST follows.
    func finish() {
        _ = shutdown(descriptor, Int32(SHUT_WR))
        var bytes = [UInt8](repeating: 0, count: 4096)
        while unsafe recv(descriptor, &bytes, bytes.count, 0) > 0 {}
        close()
    }

    /// RST.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    /// True while the client neither sends nor goes, looked at for a moment.
    var isAwaited: Bool {
        var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&event, 1, 2) == 0
    }

    private func close() {
        guard !isClosed else { return }
        isClosed = true
        _ = Glibc.close(descriptor)
    }

    private func fill() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = unsafe recv(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return false }
        return unsafe BIO_write(inbound, bytes, Int32(count)) == Int32(count)
    }

    private func flush() {
        let count = unsafe BIO_ctrl_pending(outbound)
        guard count > 0 else { return }
        var bytes = [UInt8](repeating: 0, count: count)
        let taken = unsafe BIO_read(outbound, &bytes, Int32(count))
        if let place = spoilsByte {
            bytes[place % count] ^= 1
            spoilsByte = nil
        }
        writeRaw(Array(bytes.prefix(Int(max(0, taken)))))
    }
}
