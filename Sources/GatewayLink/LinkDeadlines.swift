/// How long a link waits, in milliseconds. Each is a total that no trickle extends.
public struct LinkDeadlines: Equatable, Sendable {
    /// TCP and TLS together. Asking the resolver comes before it and has the system's limits.
    public var connectMilliseconds: Int
    /// Until the kernel has taken the request.
    public var sendMilliseconds: Int
    /// From the request sent to the answer whole.
    public var answerMilliseconds: Int
    /// A request that only reads, from its first byte to its answer whole: it may be asked again.
    public var readMilliseconds: Int
    /// Before a swipe, for the session tickets that a gateway may send behind a handshake of TLS
    /// 1.3, or not. They take the network's time once.
    public var ticketMilliseconds = 250

    /// The deadlines; the defaults are those of the fault matrix (5, 10, 45 and 10 seconds).
    public init(
        connectMilliseconds: Int = 5_000, sendMilliseconds: Int = 10_000,
        answerMilliseconds: Int = 45_000, readMilliseconds: Int = 10_000
    ) {
        self.connectMilliseconds = connectMilliseconds
        self.sendMilliseconds = sendMilliseconds
        self.answerMilliseconds = answerMilliseconds
        self.readMilliseconds = readMilliseconds
    }
}

/// Whose certificates are believed.
public enum TrustAnchors: Equatable, Sendable {
    /// The system's store, as OpenSSL finds it (`openssl version -d`).
    case system
    /// The certificates of a PEM file and no others.
    case file(path: String)
}

/// What a request does, which decides how often a link may carry it.
public enum RequestKind: Equatable, Sendable {
    /// Moves money, or changes anything else that must not be changed twice: at most one on a link.
    case money
    /// Reads: any number, also after one that moved money.
    case read
}
