internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Carries requests of the server to the core and its answers back.
internal struct CoreResponder: HTTPResponder {
    let core: EmulatorCore

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        // A longer body is cut one byte behind the limit, which the core then refuses.
        var body: [UInt8] = []
        for try await chunk in request.body {
            body.append(contentsOf: chunk.readableBytesView)
            if body.count > EmulatorCore.bodyBytesMaximum { break }
        }
        let answer = core.respond(
            to: GatewayRequest(
                method: request.method.rawValue, target: request.uri.string, headers: headers,
                body: body))
        return Self.response(answer)
    }

    private static func response(_ answer: GatewayResponse) -> Response {
        var headers = HTTPFields()
        for header in answer.headers {
            if let name = HTTPField.Name(header.name) { headers[name] = header.value }
        }
        let status = HTTPResponse.Status(
            code: answer.status.rawValue, reasonPhrase: answer.status.reason)
        let body = ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        return Response(status: status, headers: headers, body: body)
    }
}
