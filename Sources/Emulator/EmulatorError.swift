public import Secrets

/// Why the emulator cannot start or go on.
public enum EmulatorError: Error, Equatable, Sendable {
    /// No memory for card data.
    case secrets(SecretError)
    /// The file of base keys cannot be used.
    case keyFile(KeyFileFault)
    /// The list of faults cannot be used.
    case faults(FaultFileFault)
    /// The ledger's file cannot be used.
    case store(StoreFault)
    /// A call of libcrypto failed while keys or certificates were made.
    case cryptography
    /// The directory for the client's files cannot be made or written; `errno` says why.
    case directory(errno: Int32)
    /// The authorities that webhooks' receivers are to be trusted by cannot be read.
    case webhookAuthority
    /// The server's TLS stack refuses the certificate.
    case tlsRefused
    /// The port cannot be listened on, or the server failed.
    case serverFailed
}

extension EmulatorError: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .secrets(let error): error.description
        case .keyFile(let fault): "the key file: \(fault.description)"
        case .faults(let fault): "the faults: \(fault.description)"
        case .store(let fault): "the store: \(fault.description)"
        case .cryptography: "libcrypto made no key or certificate; check the system's OpenSSL 3"
        case .directory(let code):
            "the directory cannot be written (errno \(code)); give another with --directory"
        case .webhookAuthority:
            "the file of --webhook-ca cannot be read; give certificates in PEM form"
        case .tlsRefused: "the TLS server refused the certificate that was made for it"
        case .serverFailed:
            "the server could not listen on 127.0.0.1; give another --port, or 0 for any"
        }
    }
}
