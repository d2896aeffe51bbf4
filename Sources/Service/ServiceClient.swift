internal import Foundation

/// Asks a service over its socket, as a till does: one request, one answer.
public enum ServiceClient {
    /// Posts an empty request and gives the members of the answer that are texts or numbers.
    /// - Throws: ``ServiceClientFault``
    public static func post(
        _ path: String, socket: String
    ) throws(ServiceClientFault) -> [String: String] {
        try ask("POST", path, socket)
    }

    /// Reads something, and gives the members of it that are texts or numbers.
    /// - Throws: ``ServiceClientFault``
    public static func get(
        _ path: String, socket: String
    ) throws(ServiceClientFault) -> [String: String] {
        try ask("GET", path, socket)
    }

    private static func ask(
        _ method: String, _ path: String, _ socket: String
    ) throws(ServiceClientFault) -> [String: String] {
        let request =
            "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Length: 0\r\n\r\n"
        guard let bytes = Calls.exchange(request, withSocket: socket) else {
            throw .notThere(socket: socket)
        }
        let parts = String(decoding: bytes, as: UTF8.self).split(
            separator: "\r\n\r\n", maxSplits: 1)
        guard parts.count == 2, parts[0].hasPrefix("HTTP/1.1 2"),
            let object = try? JSONSerialization.jsonObject(with: Data(parts[1].utf8)),
            let members = object as? [String: Any]
        else { throw .refused }
        return members.mapValues { "\($0)" }
    }
}

/// Why a service does not answer.
public enum ServiceClientFault: Error, Equatable, Sendable {
    /// Nothing listens on the socket, or this user may not use it.
    case notThere(socket: String)
    /// It answers with something else.
    case refused
}

extension ServiceClientFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .notThere(let socket):
            "no service answers on \(socket): start `swipeline serve`, or name its socket with "
                + "--socket; its user, root and whom service.allowedUsers names may use it"
        case .refused: "the service refuses that; look at its log"
        }
    }
}
