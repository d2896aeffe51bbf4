internal import COpenSSL

/// The certificates of one run: an authority that the client trusts by a file, and the server's
/// certificate for this machine's own names.
package struct CertificateAuthority {
    /// The authority's certificate, PEM.
    package let authorityCertificate: [UInt8]
    /// The server's certificate, PEM.
    package let serverCertificate: [UInt8]
    /// The server's key, PEM.
    package let serverKey: [UInt8]

    /// How long both are valid; each start makes new ones.
    private static let validDays = 397

    /// Makes keys and certificates.
    /// - Throws: ``EmulatorError/cryptography``
    package init() throws(EmulatorError) {
        let authorityKey = try Calls.makeKey()
        let authority = try Calls.makeCertificate(
            Calls.CertificateRequest(
                commonName: "Swipeline emulator authority", serial: Self.serial(),
                validDays: Self.validDays,
                extensions: [
                    (NID_basic_constraints, "critical,CA:TRUE,pathlen:0"),
                    (NID_key_usage, "critical,keyCertSign,cRLSign"),
                    (NID_subject_key_identifier, "hash"),
                ]),
            for: authorityKey, issuer: nil)
        let key = try Calls.makeKey()
        let server = try Calls.makeCertificate(
            Calls.CertificateRequest(
                commonName: "localhost", serial: Self.serial(), validDays: Self.validDays,
                extensions: [
                    (NID_basic_constraints, "critical,CA:FALSE"),
                    (NID_key_usage, "critical,digitalSignature"),
                    (NID_ext_key_usage, "serverAuth"),
                    (NID_subject_key_identifier, "hash"),
                    (NID_authority_key_identifier, "keyid"),
                    (NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1"),
                ]),
            for: key, issuer: (authority, authorityKey))
        authorityCertificate = try Calls.pem(of: authority)
        serverCertificate = try Calls.pem(of: server)
        serverKey = try Calls.pem(of: key)
    }

    private static func serial() -> UInt64 { UInt64.random(in: 1...UInt64(Int64.max)) }
}
