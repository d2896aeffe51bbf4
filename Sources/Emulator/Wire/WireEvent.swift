/// What happens on a connection once the gateway has read a request, one after the other.
package enum WireEvent: Equatable, Sendable {
    /// Nothing for so long.
    case pause(milliseconds: Int)
    /// An answer of one of the 1xx, before the real one.
    case interim(status: Int)
    /// A whole answer; the connection stays as it is.
    case answer(GatewayResponse)
    /// A piece of an answer, head and body as they stand on the wire.
    case bytes([UInt8])
    /// TLS is closed, then the connection.
    case close
    /// The connection ends (FIN) and TLS is not closed.
    case drop
    /// The connection is reset (RST).
    case reset
    /// Nothing more comes, and the connection stays open.
    case stall

    /// What the log calls it.
    internal var name: String {
        switch self {
        case .pause: "pause"
        case .interim: "interim"
        case .answer, .bytes: "answer"
        case .close: "closed"
        case .drop: "dropped"
        case .reset: "reset"
        case .stall: "stalled"
        }
    }
}

extension GatewayResponse {
    /// Head and body as they stand on the wire.
    package var wireBytes: [UInt8] {
        var head = "HTTP/1.1 \(status.rawValue) \(status.reason)\r\n"
        for header in headers { head += "\(header.name): \(header.value)\r\n" }
        head += "Content-Length: \(body.count)\r\n\r\n"
        return Array(head.utf8) + body
    }
}
