import COpenSSL

/// How a server makes TLS; a sound gateway's way by default.
struct ServerSetup: Sendable {
    /// The gateway's when `nil`.
    var identity: TestIdentity?
    /// Certificates that are sent behind its own.
    var chain: [TestIdentity] = []
    /// 1.2 and 1.3 by default.
    var versions: ClosedRange<Int32>?
    /// For TLS 1.2 and before, as OpenSSL writes them.
    var ciphers: String?
    var demandsCertificate = false
    /// How many tickets follow a handshake of TLS 1.3.
    var tickets = 2

    /// - Throws: ``TestFailure/setUp``
    func makeContext() throws -> OpaquePointer? {
        let identity = try identity ?? TestAuthority.shared.get().gateway
        guard let context = unsafe SSL_CTX_new(TLS_server_method()) else { return nil }
        // A bad server must be able to be bad.
        unsafe SSL_CTX_set_security_level(context, 0)
        if let versions {
            _ = unsafe swl_ctx_set_min_proto(context, versions.lowerBound)
            _ = unsafe swl_ctx_set_max_proto(context, versions.upperBound)
        }
        if let ciphers, unsafe SSL_CTX_set_cipher_list(context, ciphers + ":@SECLEVEL=0") != 1 {
            throw TestFailure.setUp
        }
        if demandsCertificate {
            unsafe SSL_CTX_set_verify(
                context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
        }
        guard unsafe SSL_CTX_set_num_tickets(context, tickets) == 1,
            unsafe SSL_CTX_use_certificate(context, identity.certificate) == 1,
            unsafe SSL_CTX_use_PrivateKey(context, identity.key) == 1
        else { throw TestFailure.setUp }
        for link in chain {
            let certificate = unsafe UnsafeMutableRawPointer(link.certificate)
            guard unsafe SSL_CTX_ctrl(context, SSL_CTRL_CHAIN_CERT, 1, certificate) == 1 else {
                throw TestFailure.setUp
            }
        }
        return unsafe context
    }
}
