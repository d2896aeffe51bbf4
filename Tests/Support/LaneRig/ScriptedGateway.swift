internal import Emulator
internal import Foundation
internal import Synchronization

/// A gateway over real TLS on the loopback that answers each request as it is told to.
public final class ScriptedGateway: Sendable {
    /// What is done with a request.
    public enum Reaction: Sendable {
        /// An answer of this status, body and head fields.
        case answer(Int, String = "", [String: String] = [:])
        /// The connection ends without an answer.
        case close
        /// The connection is reset.
        case reset
        /// The connection ends in the middle of an answer.
        case cut
    }

    /// A request as it came: head and body.
    public struct Request: Equatable, Sendable {
        /// `GET /api/v2/sale/7 HTTP/1.1`
        public let line: String
        /// The body, empty without one.
        public let body: String
        /// The number of its connection, from 1.
        public let connection: Int
    }

    /// The port on 127.0.0.1.
    public let port: Int
    private let context: ServerContext
    private let listener: Int32
    private let reactions: Mutex<[Reaction]>
    private let seen = Mutex<[Request]>([])

    /// A gateway that does these things, one for each request, and closes when there are no more.
    /// - Throws: ``RigFailure/setUp(_:)``
    public init(_ reactions: [Reaction]) throws {
        self.reactions = Mutex(reactions)
        context = try ServerContext()
        guard let (descriptor, port) = ServerContext.listen() else {
            throw RigFailure.setUp("socket")
        }
        listener = descriptor
        self.port = port
        let (context, listener) = (context, listener)
        Thread.detachNewThread { [weak self] in
            var connection = 0
            ServerContext.accept(listener) { descriptor in
                guard let end = ServerEnd(descriptor, context) else { return false }
                connection += 1
                self?.serve(end, connection)
                return true
            }
        }
    }

    deinit { ServerContext.end(listener) }

    /// The authority that its certificate is of, a PEM file.
    public var authorityPath: String { context.authorityPath }

    /// What has come so far.
    public var requests: [Request] { seen.withLock { $0 } }

    private func serve(_ end: ServerEnd, _ connection: Int) {
        guard end.handshake() else { return }
        while let request = read(end, connection) {
            seen.withLock { $0.append(request) }
            let reaction = reactions.withLock { $0.isEmpty ? .close : $0.removeFirst() }
            guard play(reaction, end) else { return }
        }
    }

    private func read(_ end: ServerEnd, _ connection: Int) -> Request? {
        var raw = RawRequest(bytes: [])
        while raw.missing != 0 {
            guard let more = end.read() else { return nil }
            raw.bytes += more
        }
        let text = String(decoding: raw.bytes, as: UTF8.self)
        let body = raw.parsed.map { String(decoding: $0.body, as: UTF8.self) } ?? ""
        return Request(
            line: String(text.prefix { $0 != "\r\n" }), body: body, connection: connection)
    }

    /// - Returns: false when the connection is over.
    private func play(_ reaction: Reaction, _ end: ServerEnd) -> Bool {
        switch reaction {
        case .answer(let status, let body, let fields):
            end.write(Self.bytes(status, body, fields))
            return true
        case .close:
            end.closeNotify()
            end.finish()
        case .reset: end.reset()
        case .cut:
            end.write(Array(Self.bytes(200, "[1,2,3]", [:]).dropLast(3)))
            end.finish()
        }
        return false
    }

    private static func bytes(_ status: Int, _ body: String, _ fields: [String: String]) -> [UInt8]
    {
        let head = fields.map { "\($0.key): \($0.value)\r\n" }.joined()
        return Array(
            ("HTTP/1.1 \(status) Status\r\nContent-Type: application/json\r\n\(head)"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)").utf8)
    }
}
