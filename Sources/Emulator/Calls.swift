internal import COpenSSL
internal import Glibc

/// Every call of libcrypto and of the C library that needs a pointer.
internal enum Calls {
    /// HMAC-SHA-256. The corresponding C function is `EVP_Q_mac`.
    static func keyedHash(of bytes: Span<UInt8>, key: [UInt8]) throws(EmulatorError) -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: 32)
        var written = 0
        let isMade = unsafe hash.withUnsafeMutableBufferPointer { output in
            unsafe key.withUnsafeBytes { key in
                unsafe bytes.withUnsafeBufferPointer { input in
                    unsafe EVP_Q_mac(
                        nil, "HMAC", nil, "SHA256", nil, key.baseAddress, key.count,
                        input.baseAddress, input.count, output.baseAddress, output.count,
                        &written) != nil
                }
            }
        }
        guard isMade, written == hash.count else { throw .cryptography }
        return hash
    }

    /// Writes a file that only this user can read, in place of any that was there.
    /// The corresponding C functions are `open` and `write`.
    static func writePrivateFile(_ path: String, _ bytes: [UInt8]) throws(EmulatorError) {
        unsafe unlink(path)
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .directory(errno: errno) }
        defer { close(file) }
        let written = unsafe bytes.withUnsafeBytes {
            unsafe write(file, $0.baseAddress, $0.count)
        }
        guard written == bytes.count else { throw .directory(errno: errno) }
    }

    /// Makes a directory of a new name that only this user can enter; its path.
    /// The corresponding C function is `mkdtemp`.
    static func makeTemporaryDirectory() throws(EmulatorError) -> String {
        let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/swipeline-emulator-XXXXXX".utf8CString)
        let path = unsafe template.withUnsafeMutableBufferPointer { buffer -> String? in
            guard let start = buffer.baseAddress, let made = unsafe mkdtemp(start) else {
                return nil
            }
            return unsafe String(cString: made)
        }
        guard let path else { throw .directory(errno: errno) }
        return path
    }

    /// Asks this process to end in good order. The corresponding C function is `kill`.
    static func terminate() { kill(getpid(), SIGTERM) }

    /// Waits until standard input is closed. The corresponding C function is `read`.
    static func waitForEndOfInput() {
        var byte: UInt8 = 0
        while true {
            let count = unsafe read(STDIN_FILENO, &byte, 1)
            if count == 0 || (count < 0 && errno != EINTR) { return }
        }
    }
}

// MARK: - Certificates

extension Calls {
    /// The fields of a certificate that is to be made.
    struct CertificateRequest {
        let commonName: String
        let serial: UInt64
        let validDays: Int
        /// Extensions by their OpenSSL number, in the syntax of OpenSSL's configuration.
        let extensions: [(Int32, String)]
    }

    /// A P-256 key. The corresponding C function is `EVP_EC_gen`.
    static func makeKey() throws(EmulatorError) -> KeyHandle {
        guard let key = unsafe swl_ec_generate("P-256") else { throw .cryptography }
        return unsafe KeyHandle(pointer: key)
    }

    /// A certificate for `key`, signed by `issuer`, or by itself when there is none.
    /// The corresponding C functions are `X509_new` to `X509_sign`.
    static func makeCertificate(
        _ request: CertificateRequest, for key: KeyHandle,
        issuer: (CertificateHandle, KeyHandle)?
    ) throws(EmulatorError) -> CertificateHandle {
        guard let pointer = unsafe X509_new() else { throw .cryptography }
        let certificate = unsafe CertificateHandle(pointer: pointer)
        let name = unsafe X509_get_subject_name(pointer)
        let issuerCertificate = unsafe issuer?.0.pointer ?? pointer
        let hour = 3600
        guard unsafe X509_set_version(pointer, 2) == 1,
            unsafe ASN1_INTEGER_set_uint64(X509_get_serialNumber(pointer), request.serial) == 1,
            unsafe X509_gmtime_adj(X509_getm_notBefore(pointer), -hour) != nil,
            unsafe X509_gmtime_adj(
                X509_getm_notAfter(pointer), request.validDays * 24 * hour) != nil,
            unsafe X509_set_pubkey(pointer, key.pointer) == 1,
            unsafe X509_NAME_add_entry_by_txt(
                name, "CN", MBSTRING_FLAG, request.commonName, -1, -1, 0) == 1,
            unsafe X509_set_issuer_name(
                pointer, X509_get_subject_name(issuerCertificate)) == 1
        else { throw .cryptography }
        for (number, value) in request.extensions {
            try unsafe addExtension(number, value, to: pointer, issuer: issuerCertificate)
        }
        let signer = issuer?.1 ?? key
        guard unsafe X509_sign(pointer, signer.pointer, EVP_sha256()) > 0 else {
            throw .cryptography
        }
        return certificate
    }

    private static func addExtension(
        _ number: Int32, _ value: String, to certificate: OpaquePointer, issuer: OpaquePointer
    ) throws(EmulatorError) {
        var context = unsafe X509V3_CTX()
        unsafe X509V3_set_ctx(&context, issuer, certificate, nil, nil, 0)
        guard let made = unsafe X509V3_EXT_conf_nid(nil, &context, number, value) else {
            throw .cryptography
        }
        defer { unsafe X509_EXTENSION_free(made) }
        guard unsafe X509_add_ext(certificate, made, -1) == 1 else { throw .cryptography }
    }

    /// The certificate as PEM text. The corresponding C function is `PEM_write_bio_X509`.
    static func pem(of certificate: CertificateHandle) throws(EmulatorError) -> [UInt8] {
        try unsafe pem { unsafe PEM_write_bio_X509($0, certificate.pointer) }
    }

    /// The key as PEM text. The corresponding C function is `PEM_write_bio_PrivateKey`.
    static func pem(of key: KeyHandle) throws(EmulatorError) -> [UInt8] {
        try unsafe pem { unsafe PEM_write_bio_PrivateKey($0, key.pointer, nil, nil, 0, nil, nil) }
    }

    private static func pem(
        _ write: (OpaquePointer) -> Int32
    ) throws(EmulatorError) -> [UInt8] {
        guard let memory = unsafe BIO_new(BIO_s_mem()) else { throw .cryptography }
        defer { unsafe BIO_free(memory) }
        guard unsafe write(memory) == 1 else { throw .cryptography }
        var text = [UInt8](repeating: 0, count: unsafe BIO_ctrl_pending(memory))
        let count = unsafe text.withUnsafeMutableBytes {
            unsafe BIO_read(memory, $0.baseAddress, Int32($0.count))
        }
        guard Int(count) == text.count else { throw .cryptography }
        return text
    }
}

/// A key of libcrypto, freed with its last owner.
@safe internal final class KeyHandle {
    fileprivate let pointer: OpaquePointer
    fileprivate init(pointer: OpaquePointer) { unsafe self.pointer = pointer }
    deinit { unsafe EVP_PKEY_free(pointer) }
}

/// A certificate of libcrypto, freed with its last owner.
@safe internal final class CertificateHandle {
    fileprivate let pointer: OpaquePointer
    fileprivate init(pointer: OpaquePointer) { unsafe self.pointer = pointer }
    deinit { unsafe X509_free(pointer) }
}
