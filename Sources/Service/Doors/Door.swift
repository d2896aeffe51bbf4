internal import Foundation
internal import Synchronization

/// A place where the service listens.
internal final class Door: Sendable {
    /// What kind of place.
    enum Kind: Equatable, Sendable {
        /// A unix socket, whose peers are known by the system.
        case socket(path: String)
        /// A port of 127.0.0.1.
        case loopback(port: Int)
    }

    let kind: Kind
    private let port = Mutex<Int>(0)

    init(_ kind: Kind) {
        self.kind = kind
        if case .loopback(let number) = kind { port.withLock { $0 = number } }
    }

    /// The port that it listens on, once it does.
    var listeningPort: Int {
        get { port.withLock { $0 } }
        set { port.withLock { $0 = newValue } }
    }

    /// Where it is, in words.
    var place: String {
        switch kind {
        case .socket(let path): "unix:\(path)"
        case .loopback: "http://127.0.0.1:\(listeningPort)"
        }
    }

    /// The names by which a browser or a till may call it: a strange name that leads here is none.
    var hosts: Set<String> {
        Set(["127.0.0.1", "localhost", "[::1]"].map { "\($0):\(listeningPort)" })
    }

    /// Makes room for the socket: what a process that died has left is removed, a socket where
    /// another one listens is its own.
    /// - Throws: ``ServiceFault/notListening(place:errno:)``
    func clear() throws(ServiceFault) {
        guard case .socket(let path) = kind else { return }
        guard !Calls.isListening(at: path) else {
            throw .notListening(place: place, errno: EADDRINUSE)
        }
        removeSocket()
    }

    /// Removes the socket, if one is there and nothing else.
    func removeSocket() {
        guard case .socket(let path) = kind,
            let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeSocket
        else { return }
        try? FileManager.default.removeItem(atPath: path)
    }
}
