import Testing

/// Where and how a gateway closes a connection that a payment uses.
struct Closing: Sendable, CustomTestStringConvertible {
    enum Point: Equatable, Sendable {
        /// After the handshake, in the link's idle time.
        case idle
        /// After so many bytes of the request's record.
        case within(Int)
        /// After the whole request.
        case behind
    }

    enum Way: CaseIterable, Sendable { case inOrder, finish, reset }

    let point: Point
    let way: Way

    var testDescription: String { "\(way) \(point)" }

    /// So many different ones, the same each time.
    static func some(_ count: Int) -> [Closing] {
        (0..<count).map { index in
            let points = [Point.idle, .within(1 + index * 7 % 320), .behind]
            return Closing(point: points[index % 3], way: Way.allCases[index / 3 % 3])
        }
    }

    /// What the server does on the connection that it closes.
    var script: [ScriptedServer.Step] {
        let end: [ScriptedServer.Step] =
            switch way {
            case .inOrder: [.closeNotify, .finish]
            case .finish: [.finish]
            case .reset: [.reset]
            }
        let rest: [ScriptedServer.Step] = way == .reset ? [] : [.waitForEnd]
        return switch point {
        case .idle: [.handshake, .pause] + end + [.report] + rest
        case .within(let count): [.handshake, .takeRaw(count)] + end + rest
        case .behind: [.handshake, .readRequest] + end + rest
        }
    }

    /// Whole requests that the server has then seen on that connection.
    var requests: Int { point == .behind ? 1 : 0 }
}
