internal import COpenSSL

/// One TCP connection below TLS, with what was given to the kernel.
///
/// OpenSSL reaches it through a BIO of our own instead of its socket BIO, for two reasons: it
/// sends with MSG_NOSIGNAL, so that a connection that breaks cannot end the process by SIGPIPE
/// and no signal's action need be changed for the whole process; and it counts what the kernel
/// took, which is the one honest answer to "how much was sent".
internal struct Wire {
    let descriptor: Int32
    /// Bytes that the kernel took.
    var bytesSent = 0
    /// Calls of `send` that the kernel took bytes of.
    var sends = 0
    /// Bytes of the last write that the kernel has not taken.
    var bytesLeft = 0
    /// The peer sent FIN.
    var hasEnded = false
}

extension Calls {
    /// The BIO of a wire. The corresponding C function is `BIO_new`.
    static func newTransport(over wire: UnsafeMutablePointer<Wire>) -> OpaquePointer? {
        guard let method = unsafe method, let transport = unsafe BIO_new(method) else {
            return nil
        }
        unsafe BIO_set_data(transport, wire)
        unsafe BIO_set_init(transport, 1)
        return unsafe transport
    }

    /// Made once and kept as long as the process. The corresponding C function is `BIO_meth_new`.
    nonisolated(unsafe) private static let method: OpaquePointer? = {
        let kind = BIO_get_new_index() | BIO_TYPE_SOURCE_SINK
        guard let method = unsafe BIO_meth_new(kind, "swipeline wire") else { return nil }
        unsafe BIO_meth_set_write(method) { transport, bytes, count in
            unsafe write(transport, bytes, count)
        }
        unsafe BIO_meth_set_read(method) { transport, bytes, count in
            unsafe read(transport, bytes, count)
        }
        // OpenSSL asks for nothing but the flush that a socket does not need.
        unsafe BIO_meth_set_ctrl(method) { _, command, _, _ in command == BIO_CTRL_FLUSH ? 1 : 0 }
        return unsafe method
    }()

    private static var retryFlags: Int32 {
        BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY
    }

    private static func write(
        _ transport: OpaquePointer?, _ bytes: UnsafePointer<CChar>?, _ count: Int32
    ) -> Int32 {
        guard let transport = unsafe transport, let data = unsafe BIO_get_data(transport) else {
            return -1
        }
        let wire = unsafe data.assumingMemoryBound(to: Wire.self)
        unsafe BIO_clear_flags(transport, retryFlags)
        let taken = unsafe send(wire.pointee.descriptor, bytes, Int(count))
        unsafe wire.pointee.bytesLeft = Int(count) - max(0, taken)
        if taken > 0 {
            unsafe wire.pointee.bytesSent += taken
            unsafe wire.pointee.sends += 1
        } else if wouldBlock {
            unsafe BIO_set_flags(transport, BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY)
        }
        return Int32(taken)
    }

    private static func read(
        _ transport: OpaquePointer?, _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int32
    ) -> Int32 {
        guard let transport = unsafe transport, let data = unsafe BIO_get_data(transport) else {
            return -1
        }
        let wire = unsafe data.assumingMemoryBound(to: Wire.self)
        unsafe BIO_clear_flags(transport, retryFlags)
        let received = unsafe receive(wire.pointee.descriptor, bytes, Int(count))
        if received == 0 {
            unsafe wire.pointee.hasEnded = true
        } else if received < 0, wouldBlock {
            unsafe BIO_set_flags(transport, BIO_FLAGS_READ | BIO_FLAGS_SHOULD_RETRY)
        }
        return Int32(received)
    }
}
