/// Where a gateway is: host, port and the path before every resource.
///
/// Source: PayHub API, "https://api.payhub.com/api/v2/"; the host is a setting.
public struct GatewayEndpoint: Equatable, Sendable {
    /// The host's name or address, without brackets.
    public let host: String
    /// The TCP port.
    public let port: Int
    /// The path of the API without a slash at its end: `/api/v2`.
    public let path: String
    /// The host as it stands in a URL and a Host field, with the port where it is not 443.
    public let authority: String
    /// Where voids are posted.
    public var voidSpelling = VoidSpelling.likeTheOthers

    /// The two paths of a void in the document: the samples and links have the first, the text of
    /// "Void" the second.
    ///
    /// Source: PayHub API, "Void", "Request Method".
    public enum VoidSpelling: String, Equatable, Sendable, CaseIterable {
        /// `/api/v2/void`
        case likeTheOthers
        /// `/v2/api/void`
        case swapped
    }

    /// The path that a void is posted to. It is read below ``path`` in either case.
    internal var voidPath: String {
        switch voidSpelling {
        case .likeTheOthers: path + "/void"
        case .swapped:
            (path.hasSuffix("/api/v2") ? String(path.dropLast("/api/v2".count)) : path)
                + "/v2/api/void"
        }
    }

    /// Reads `https://host[:port][/path]`; without a path, `/api/v2` is taken.
    /// - Throws: ``EndpointError``
    public init(url: String) throws(EndpointError) {
        guard url.hasPrefix("https://") else { throw .notHTTPS }
        let rest = url.dropFirst("https://".count)
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        (host, port) = try Self.authority(String(rest[..<slash]))
        var path = String(rest[slash...])
        while path.hasSuffix("/") { path.removeLast() }
        guard path.utf8.allSatisfy(Self.isPathByte), path.utf8.count <= 200 else {
            throw .badPath
        }
        self.path = path.isEmpty ? "/api/v2" : path
        let name = host.contains(":") ? "[\(host)]" : host
        authority = port == 443 ? name : "\(name):\(port)"
    }

    private static func authority(_ text: String) throws(EndpointError) -> (String, Int) {
        var host = text
        var port = 443
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { throw .badHost }
            host = String(text[text.index(after: text.startIndex)..<close])
            let after = text[text.index(after: close)...]
            if !after.isEmpty { port = try Self.port(after) }
        } else if let colon = text.firstIndex(of: ":") {
            host = String(text[..<colon])
            port = try Self.port(text[colon...])
        }
        guard (1...253).contains(host.utf8.count), host.utf8.allSatisfy(isHostByte) else {
            throw .badHost
        }
        return (host, port)
    }

    private static func port(_ text: Substring) throws(EndpointError) -> Int {
        guard text.first == ":", let port = Int(text.dropFirst()), (1...65_535).contains(port)
        else { throw .badPort }
        return port
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        (0x30...0x3A).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x2E
    }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        isHostByte(byte) && byte != 0x3A || byte == 0x2F || byte == 0x5F
    }

    /// True for localhost, 127.0.0.0/8 and ::1: the only gateways that need no `--live`.
    public var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { UInt8($0) != nil }
    }

}

/// Why a text names no gateway.
public enum EndpointError: Error, Equatable, Sendable {
    case notHTTPS
    case badHost
    case badPort
    case badPath
}

extension EndpointError: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .notHTTPS: "the gateway's URL must begin with https://"
        case .badHost: "the gateway's URL has no valid host name"
        case .badPort: "the gateway's URL has a port that is not 1 to 65535"
        case .badPath: "the gateway's URL has a character that no path of the gateway has"
        }
    }
}
