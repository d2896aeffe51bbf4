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
    ///   - validSeconds: from an hour ago on.
    ///   - issuer: who signs; itself when `nil`.
    /// - Throws: ``TestFailure/setUp`` when OpenSSL refuses.
    init(
        name: String, subjectNames: String?, validSeconds: Int = 86_400,
        issuer: TestIdentity? = nil
    ) throws {
        guard let key = unsafe swl_ec_generate("P-256"), let certificate = unsafe X509_new()
        else { throw TestFailure.setUp }
        unsafe self.key = key
        unsafe self.certificate = certificate
        unsafe X509_set_version(certificate, 2)
        unsafe ASN1_INTEGER_set(
            X509_get_serialNumber(certificate), Int.random(in: 1...Int(Int32.max)))
        unsafe X509_gmtime_adj(X509_getm_notBefore(certificate), -3_600)
        unsafe X509_gmtime_adj(X509_getm_notAfter(certificate), -3_600 + validSeconds)
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
        guard unsafe X509_sign(certificate, issuer?.key ?? key, EVP_sha256()) > 0 else {
            throw TestFailure.setUp
        }
    }

    deinit {
        unsafe X509_free(certificate)
        unsafe EVP_PKEY_free(key)
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
