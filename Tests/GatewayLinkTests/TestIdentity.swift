import COpenSSL
import Foundation

/// A certificate with its key, made for a test.
@safe final class TestIdentity: Sendable {
    nonisolated(unsafe) let certificate: OpaquePointer
    nonisolated(unsafe) let key: OpaquePointer

    /// - Parameters:
    ///   - name: the common name.
    ///   - subjectNames: as OpenSSL writes them (`DNS:localhost,IP:127.0.0.1`); `nil` makes an
    ///     authority.
    ///   - issuer: who signs; itself when `nil`.
    ///   - traits: what else is special about it.
    /// - Throws: ``TestFailure/setUp`` when OpenSSL refuses.
    init(
        name: String, subjectNames: String?, issuer: TestIdentity? = nil,
        traits: IdentityTraits = IdentityTraits()
    ) throws {
        guard let key = unsafe Self.makeKey(traits.rsaBits), let certificate = unsafe X509_new()
        else { throw TestFailure.setUp }
        unsafe self.key = key
        unsafe self.certificate = certificate
        unsafe X509_set_version(certificate, 2)
        unsafe ASN1_INTEGER_set(
            X509_get_serialNumber(certificate), Int.random(in: 1...Int(Int32.max)))
        unsafe X509_gmtime_adj(X509_getm_notBefore(certificate), traits.validSeconds.lowerBound)
        unsafe X509_gmtime_adj(X509_getm_notAfter(certificate), traits.validSeconds.upperBound)
        unsafe X509_set_pubkey(certificate, key)
        let subject = unsafe X509_get_subject_name(certificate)
        unsafe X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, name, -1, -1, 0)
        unsafe X509_set_issuer_name(
            certificate, X509_get_subject_name(issuer?.certificate ?? certificate))
        if let subjectNames {
            try extend(NID_subject_alt_name, subjectNames)
        } else {
            try extend(NID_basic_constraints, "critical,CA:TRUE")
        }
        for (kind, value) in traits.extensions { try extend(kind, value) }
        guard let digest = unsafe EVP_get_digestbyname(traits.digest),
            unsafe X509_sign(certificate, issuer?.key ?? key, digest) > 0
        else { throw TestFailure.setUp }
    }

    deinit {
        unsafe X509_free(certificate)
        unsafe EVP_PKEY_free(key)
    }

    /// P-256, or RSA of so many bits.
    private static func makeKey(_ rsaBits: Int32?) -> OpaquePointer? {
        guard let rsaBits else { return unsafe swl_ec_generate("P-256") }
        let maker = unsafe EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil)
        defer { unsafe EVP_PKEY_CTX_free(maker) }
        var key: OpaquePointer?
        guard unsafe EVP_PKEY_keygen_init(maker) == 1,
            unsafe EVP_PKEY_CTX_set_rsa_keygen_bits(maker, rsaBits) == 1,
            unsafe EVP_PKEY_keygen(maker, &key) == 1
        else { return nil }
        return unsafe key
    }

    private func extend(_ kind: Int32, _ value: String) throws {
        guard let added = unsafe X509V3_EXT_conf_nid(nil, nil, kind, value) else {
            throw TestFailure.setUp
        }
        unsafe X509_add_ext(certificate, added, -1)
        unsafe X509_EXTENSION_free(added)
    }

    /// Writes the certificate as PEM and gives the file's path.
    func writePEM() throws -> String {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("authority-\(UUID().uuidString).pem").path
        guard let file = unsafe BIO_new_file(path, "w"),
            unsafe PEM_write_bio_X509(file, certificate) == 1
        else { throw TestFailure.setUp }
        unsafe BIO_free(file)
        return path
    }
}

/// What may be special about a certificate.
struct IdentityTraits: Sendable {
    /// An RSA key of so many bits in the place of P-256.
    var rsaBits: Int32?
    /// With which it is signed.
    var digest = "SHA256"
    /// When it is valid, from now on.
    var validSeconds = -3_600...86_400
    /// More extensions, by OpenSSL's number, as OpenSSL writes them.
    var extensions: [(Int32, String)] = []
}

enum TestFailure: Error {
    case setUp
    case timedOut
}

/// The identities of the tests, made once.
struct TestAuthority {
    let authority: TestIdentity
    let path: String
    let gateway: TestIdentity

    static let shared = Result { try TestAuthority() }

    private init() throws {
        authority = try TestIdentity(name: "Test authority", subjectNames: nil)
        path = try authority.writePEM()
        gateway = try TestIdentity(
            name: "gateway", subjectNames: "DNS:localhost,IP:127.0.0.1", issuer: authority)
    }
}
