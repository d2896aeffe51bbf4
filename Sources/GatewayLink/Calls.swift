internal import COpenSSL
internal import Glibc

/// Every call of OpenSSL and of the system's sockets that the link makes, one function each.
@safe internal enum Calls {}

// MARK: - The context

extension Calls {
    /// The corresponding C functions are `SSL_CTX_new` and the setters of versions, options,
    /// verification and session cache.
    static func newContext() -> OpaquePointer? {
        ERR_clear_error()
        guard let context = unsafe SSL_CTX_new(TLS_client_method()) else { return nil }
        guard unsafe swl_ctx_set_min_proto(context, TLS1_2_VERSION) == 1,
            unsafe swl_ctx_set_max_proto(context, TLS1_3_VERSION) == 1
        else {
            unsafe SSL_CTX_free(context)
            return nil
        }
        unsafe swl_ctx_harden(context)
        unsafe SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        return unsafe context
    }

    /// The corresponding C function is `SSL_CTX_free`.
    static func free(context: OpaquePointer) { unsafe SSL_CTX_free(context) }

    /// The corresponding C function is `SSL_CTX_set_default_verify_paths`.
    static func trustSystem(_ context: OpaquePointer) -> Bool {
        ERR_clear_error()
        return unsafe SSL_CTX_set_default_verify_paths(context) == 1
    }

    /// The corresponding C function is `SSL_CTX_load_verify_locations`.
    static func trust(_ context: OpaquePointer, file path: String) -> Bool {
        ERR_clear_error()
        return unsafe SSL_CTX_load_verify_locations(context, path, nil) == 1
    }

    /// The corresponding C function is `SSL_CTX_sess_set_new_cb`. The store must outlive the
    /// connections of the context.
    static func keepSessions(of context: OpaquePointer, in store: SessionStore) {
        unsafe swl_ctx_keep_sessions_outside(context)
        unsafe SSL_CTX_set_ex_data(context, 0, Unmanaged.passUnretained(store).toOpaque())
        unsafe SSL_CTX_sess_set_new_cb(context) { connection, session in
            guard let connection = unsafe connection, let session = unsafe session,
                let context = unsafe SSL_get_SSL_CTX(connection),
                let data = unsafe SSL_CTX_get_ex_data(context, 0)
            else { return 0 }
            let store = unsafe Unmanaged<SessionStore>.fromOpaque(data).takeUnretainedValue()
            unsafe store.keep(session)
            return 1
        }
    }

    /// The corresponding C function is `SSL_SESSION_free`.
    static func free(session: OpaquePointer) { unsafe SSL_SESSION_free(session) }

    /// The corresponding C function is `SSL_set_session`.
    static func resume(_ connection: OpaquePointer, with session: OpaquePointer) {
        _ = unsafe SSL_set_session(connection, session)
    }
}

// MARK: - The connection

/// What a TLS call came to.
internal enum TLSResult: Equatable {
    case done(Int)
    case wantsRead
    case wantsWrite
    /// The peer said close_notify.
    case closed
    /// The transport failed; the wire knows more.
    case lost
    /// TLS failed with this reason code.
    case failed(reason: Int)
}

extension Calls {
    /// A client's connection to `host` over a wire. The corresponding C functions are `SSL_new`,
    /// `SSL_set_bio` and `SSL_set_connect_state`.
    static func newConnection(
        _ context: OpaquePointer, over wire: UnsafeMutablePointer<Wire>
    ) -> OpaquePointer? {
        ERR_clear_error()
        guard let connection = unsafe SSL_new(context) else { return nil }
        guard let transport = unsafe newTransport(over: wire) else {
            unsafe SSL_free(connection)
            return nil
        }
        unsafe SSL_set_bio(connection, transport, transport)
        unsafe SSL_set_connect_state(connection)
        return unsafe connection
    }

    /// Asks for the host's certificate and checks that it is the host's: by name (RFC 6125, the
    /// subject's common name is not looked at) or by address when the host is one. The
    /// corresponding C functions are `X509_VERIFY_PARAM_set1_ip_asc`, `SSL_set1_host` and
    /// `SSL_set_tlsext_host_name`.
    static func expect(_ connection: OpaquePointer, host: String) -> Bool {
        ERR_clear_error()
        if isAddress(host) {
            return unsafe X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), host) == 1
        }
        let flags = UInt32(
            X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT)
        unsafe SSL_set_hostflags(connection, flags)
        return unsafe SSL_set1_host(connection, host) == 1
            && swl_set_host_name(connection, host) == 1
    }

    /// The corresponding C function is `SSL_do_handshake`.
    static func handshake(_ connection: OpaquePointer) -> TLSResult {
        ERR_clear_error()
        return unsafe result(of: SSL_do_handshake(connection), connection)
    }

    /// The corresponding C function is `SSL_session_reused`.
    static func wasResumed(_ connection: OpaquePointer) -> Bool {
        unsafe SSL_session_reused(connection) == 1
    }

    /// The corresponding C function is `SSL_version`.
    static func isVersion13(_ connection: OpaquePointer) -> Bool {
        unsafe SSL_version(connection) == TLS1_3_VERSION
    }

    /// The corresponding C function is `SSL_get_verify_result`; `nil` when all is well.
    static func refusal(_ connection: OpaquePointer) -> Int? {
        let code = unsafe SSL_get_verify_result(connection)
        return code == Int(X509_V_OK) ? nil : code
    }

    /// The corresponding C function is `SSL_write`.
    static func write(_ connection: OpaquePointer, _ bytes: Span<UInt8>) -> TLSResult {
        ERR_clear_error()
        return unsafe bytes.withUnsafeBytes { bytes in
            unsafe result(
                of: SSL_write(connection, bytes.baseAddress, Int32(bytes.count)), connection)
        }
    }

    /// Appends what came. The corresponding C function is `SSL_read`.
    static func read(_ connection: OpaquePointer, into room: inout OutputSpan<UInt8>) -> TLSResult {
        ERR_clear_error()
        return unsafe room.withUnsafeMutableBufferPointer { buffer, count in
            guard let base = buffer.baseAddress else { return .lost }
            let free = Int32(clamping: buffer.count - count)
            let result = unsafe result(
                of: SSL_read(connection, base + count, free), connection)
            if case .done(let added) = result { count += added }
            return result
        }
    }

    /// Reads what the peer has sent beside answers (session tickets) and looks whether anything
    /// else came. The corresponding C function is `SSL_peek`.
    static func peek(_ connection: OpaquePointer) -> TLSResult {
        var byte: UInt8 = 0
        ERR_clear_error()
        return unsafe result(of: SSL_peek(connection, &byte, 1), connection)
    }

    /// Decrypted bytes that were not read yet. The corresponding C function is `SSL_pending`.
    static func unread(_ connection: OpaquePointer) -> Int {
        Int(unsafe SSL_pending(connection))
    }

    /// Says close_notify. The corresponding C function is `SSL_shutdown`.
    static func shutDown(_ connection: OpaquePointer) {
        ERR_clear_error()
        _ = unsafe SSL_shutdown(connection)
    }

    /// Frees it without a word to the peer; marked as shut down, because OpenSSL would otherwise
    /// take the session for unsound. The corresponding C functions are `SSL_set_shutdown` and
    /// `SSL_free`.
    static func free(connection: OpaquePointer) {
        unsafe SSL_set_shutdown(connection, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN)
        unsafe SSL_free(connection)
    }

    /// The corresponding C functions are `SSL_get_error` and `ERR_get_error`.
    private static func result(of returned: Int32, _ connection: OpaquePointer) -> TLSResult {
        if returned > 0 { return .done(Int(returned)) }
        switch unsafe SSL_get_error(connection, returned) {
        case SSL_ERROR_WANT_READ: return .wantsRead
        case SSL_ERROR_WANT_WRITE: return .wantsWrite
        case SSL_ERROR_ZERO_RETURN: return .closed
        case SSL_ERROR_SSL: return .failed(reason: Int(swl_reason(ERR_get_error())))
        default: return .lost
        }
    }
}
