internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// What the server knows of a request's connection.
internal struct WireContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The connection.
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

/// Carries requests of the server to the core, and lets happen what the core says.
internal struct CoreResponder: HTTPResponder {
    let core: EmulatorCore
    /// True for the listener without TLS.
    var isPlain = false

    func respond(to request: Request, context: WireContext) async throws -> Response {
        var asked = try await GatewayRequest(request)
        asked.isPlain = isPlain
        let events = core.exchange(asked)
        return try await WirePlayer(channel: context.channel).play(events)
    }
}

/// Carries requests of the operator to their desk.
internal struct OperatorResponder: HTTPResponder {
    let desk: OperatorDesk

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        Response(desk.respond(to: try await GatewayRequest(request)))
    }
}

extension GatewayRequest {
    /// Reads a request of the server. A body that is too long is cut one byte behind the limit,
    /// which the core then refuses.
    fileprivate init(_ request: Request) async throws {
        self.init(method: request.method.rawValue, target: request.uri.string)
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        for try await chunk in request.body {
            body.append(contentsOf: chunk.readableBytesView)
            if body.count > EmulatorCore.bodyBytesMaximum { break }
        }
    }
}

extension Response {
    /// An answer as the server writes it.
    internal init(_ answer: GatewayResponse) {
        var headers = HTTPFields()
        for header in answer.headers {
            if let name = HTTPField.Name(header.name) {
                headers.append(HTTPField(name: name, value: header.value))
            }
        }
        let status = HTTPResponse.Status(
            code: answer.status.rawValue, reasonPhrase: answer.status.reason)
        let bytes = ByteBuffer(bytes: answer.body)
        let body =
            answer.isChunked
            ? ResponseBody { writer in
                try await writer.write(bytes)
                try await writer.finish(nil)
            } : ResponseBody(byteBuffer: bytes)
        self.init(status: status, headers: headers, body: body)
    }
}
