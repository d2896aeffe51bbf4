/// The gateway's addresses by name, so that nobody has to type one.
///
/// Source: PayHub API, "https://api.payhub.com/api/v2/"; the sandbox and staging hosts are those of
/// the makers' own programs.
public enum GatewayProfile: String, Equatable, Sendable, CaseIterable {
    /// The gateway that moves money.
    case live
    /// The makers' gateway for trying.
    case sandbox
    /// The makers' gateway before a release.
    case staging
    /// The emulator on this machine, where it listens by itself.
    case emulator

    /// The URL of its API.
    public var url: String {
        switch self {
        case .live: "https://api.payhub.com/api/v2"
        case .sandbox: "https://sandbox-api.payhub.com/api/v2"
        case .staging: "https://staging-api.payhub.com/api/v2"
        case .emulator: "https://localhost:8443/api/v2"
        }
    }
}

extension GatewayEndpoint {
    /// Reads the name of a ``GatewayProfile``, or `https://host[:port][/path]`.
    /// - Throws: ``EndpointError``
    public init(named text: String) throws(EndpointError) {
        try self.init(url: GatewayProfile(rawValue: text)?.url ?? text)
    }
}
