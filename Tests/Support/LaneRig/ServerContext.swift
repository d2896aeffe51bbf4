internal import COpenSSL
internal import Emulator
internal import Foundation
internal import Glibc

/// The TLS of a gateway on this machine, with an authority that was made for it.
@safe final class ServerContext: Sendable {
    nonisolated(unsafe) let handle: OpaquePointer
    /// The authority's certificate, a PEM file.
    let authorityPath: String

    /// - Throws: ``RigFailure/setUp(_:)``
    init() throws {
        let authority = try CertificateAuthority()
        guard let handle = unsafe SSL_CTX_new(TLS_server_method()),
            unsafe Self.use(authority, handle), unsafe SSL_CTX_set_num_tickets(handle, 1) == 1
        else { throw RigFailure.setUp("TLS") }
        unsafe self.handle = handle
        authorityPath =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("rig-authority-\(UUID().uuidString).pem").path
        try Data(authority.authorityCertificate).write(to: URL(fileURLWithPath: authorityPath))
    }

    deinit {
        unsafe SSL_CTX_free(handle)
        try? FileManager.default.removeItem(atPath: authorityPath)
    }

    private static func use(_ authority: CertificateAuthority, _ context: OpaquePointer) -> Bool {
        let texts = [authority.serverCertificate, authority.serverKey]
        guard let first = unsafe BIO_new_mem_buf(texts[0], Int32(texts[0].count)),
            let second = unsafe BIO_new_mem_buf(texts[1], Int32(texts[1].count))
        else { return false }
        defer {
            unsafe BIO_free(first)
            unsafe BIO_free(second)
        }
        guard let certificate = unsafe PEM_read_bio_X509(first, nil, nil, nil),
            let key = unsafe PEM_read_bio_PrivateKey(second, nil, nil, nil)
        else { return false }
        defer {
            unsafe X509_free(certificate)
            unsafe EVP_PKEY_free(key)
        }
        return unsafe SSL_CTX_use_certificate(context, certificate) == 1
            && SSL_CTX_use_PrivateKey(context, key) == 1
    }

    /// A listening socket on a free port of the loopback, and the port.
    static func listen() -> (descriptor: Int32, port: Int)? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            let general = unsafe UnsafeMutableRawPointer(pointer)
                .assumingMemoryBound(to: sockaddr.self)
            return unsafe bind(descriptor, general, size) == 0
                && Glibc.listen(descriptor, 64) == 0
                && getsockname(descriptor, general, &size) == 0
        }
        return isListening ? (descriptor, Int(UInt16(bigEndian: address.sin_port))) : nil
    }

    /// Hands every connection of a listener on, until it is ended or nobody wants more; then closes
    /// it. Only who accepts may close: its number would soon be another gateway's.
    static func accept(_ listener: Int32, _ take: (Int32) -> Bool) {
        while true {
            let descriptor = Glibc.accept(listener, nil, nil)
            guard descriptor >= 0, take(descriptor) else { break }
        }
        _ = Glibc.close(listener)
    }

    /// Ends a listener that is accepted on.
    static func end(_ listener: Int32) { _ = shutdown(listener, Int32(SHUT_RDWR)) }
}

/// Why a rig cannot be put up.
public enum RigFailure: Error, Equatable {
    case setUp(String)
}
