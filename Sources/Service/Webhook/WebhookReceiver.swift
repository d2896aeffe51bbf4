internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import PayHub
internal import ServiceLifecycle
internal import Settings
internal import Synchronization
internal import Timeline
internal import Values

/// Where the gateway's webhooks come in: a listener of its own on loopback, behind a proxy with
/// TLS, with one path that nobody can guess.
///
/// A message bears no signature, so it is believed nothing: it only makes the lane compare with the
/// gateway sooner. Source: PayHub API, "Webhook".
internal struct WebhookReceiver: Sendable {
    /// A message, in bytes.
    static let bytesMaximum = 16_384
    /// Messages a second; the rest is turned away.
    static let perSecond = 10

    let desk: ServiceDesk
    /// The one path.
    let path: String
    private let state = WebhookState()

    init(_ desk: ServiceDesk) {
        self.desk = desk
        path = desk.settings.webhook.path ?? "/webhook/\(Random.token())"
    }

    /// What becomes of a request.
    func status(of request: Request) async -> HTTPResponse.Status {
        guard request.uri.path == path, request.uri.query == nil else { return .notFound }
        guard request.method == .post else { return .methodNotAllowed }
        guard state.takes(at: desk.parts.time.now()) else { return .tooManyRequests }
        let type = request.headers[.contentType]?.lowercased() ?? ""
        guard type.hasPrefix("application/json") else { return .unsupportedMediaType }
        let body: ByteBuffer
        do { body = try await request.body.collect(upTo: Self.bytesMaximum) } catch {
            return .contentTooLarge
        }
        guard let key = Self.key(Array(body.readableBytesView)) else { return .badRequest }
        if state.isNew(key) { desk.parts.mailbox.post(.sweep) }
        return .ok
    }

    /// What tells a message from another; `nil` for what is none of the two kinds.
    static func key(_ body: [UInt8]) -> String? {
        let message: WebhookMessage
        do throws(RecordFault) {
            message = try RecordDecoder.decode(WebhookMessage.self, from: body.span).record
        } catch { return nil }
        switch message.event {
        case .transaction(let notice):
            return "transaction \(notice.transactionID) \(notice.type) "
                + (notice.responseCode?.text ?? "")
        case .batchSettled(let notice): return "batch \(notice.batchID)"
        case .other: return nil
        }
    }
}

/// What was heard, and how often.
private final class WebhookState: Sendable {
    private struct State {
        var second: Moment?
        var count = 0
        var heard: [String] = []
    }

    private static let heardMaximum = 256
    private let state = Mutex(State())

    /// Whether another message is taken in this second.
    func takes(at now: Moment) -> Bool {
        state.withLock { state in
            if state.second.map({ now >= $0.adding(milliseconds: 1000) }) ?? true {
                (state.second, state.count) = (now, 0)
            }
            state.count += 1
            return state.count <= WebhookReceiver.perSecond
        }
    }

    /// Whether a message was not heard before.
    func isNew(_ key: String) -> Bool {
        state.withLock { state in
            guard !state.heard.contains(key) else { return false }
            state.heard.append(key)
            if state.heard.count > Self.heardMaximum { state.heard.removeFirst() }
            return true
        }
    }
}

/// Answers webhooks with a status and nothing else.
internal struct WebhookResponder: HTTPResponder {
    typealias Context = BasicRequestContext
    let receiver: WebhookReceiver

    @concurrent func respond(to request: Request, context: Context) async throws -> Response {
        Response(status: await receiver.status(of: request), headers: [.connection: "close"])
    }
}
