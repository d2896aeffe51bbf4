internal import Foundation

/// Where notifications go: a URL over TLS, or over plain HTTP on this machine.
///
/// Source: PayHub API, "Webhook", requirements: HTTPS, POST, JSON.
internal struct WebhookEndpoint: Equatable, Sendable {
    let isPlain: Bool
    let host: String
    let port: Int
    /// Path and query.
    let target: String

    /// Reads a URL; `nil` when it is no place for notifications.
    init?(_ text: String, allowsPlain: Bool) {
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.password == nil, parts.fragment == nil
        else { return nil }
        let isHere = host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
        switch parts.scheme?.lowercased() {
        case "https": isPlain = false
        case "http" where allowsPlain && isHere: isPlain = true
        default: return nil
        }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = parts.port ?? (isPlain ? 80 : 443)
        guard (1...65_535).contains(port) else { return nil }
        let path = parts.percentEncodedPath
        let query = parts.percentEncodedQuery.map { "?\($0)" } ?? ""
        target = (path.isEmpty ? "/" : path) + query
    }

    /// The host as a Host field has it.
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isPlain ? 80 : 443) ? name : "\(name):\(port)"
    }
}
