internal import PayHub
internal import Values

extension GatewayResponse {
    /// No token, or one that nobody has.
    ///
    /// Source: PayHub API, "OAuth 2.0"; the form of the body as the vendor's clients read it.
    internal static var unauthorized: GatewayResponse {
        .json(
            .members([
                "error": .string("invalid_token"),
                "error_description": .string("The access token is missing or unknown."),
            ]),
            status: .unauthorized, headers: [GatewayHeader("WWW-Authenticate", "Bearer")])
    }

    /// The body is longer than the gateway reads.
    internal static var tooLarge: GatewayResponse {
        .failure(.bodyNotReadable, status: .payloadTooLarge)
    }

    /// The same; an Authorization that has no bearer token at all is told by its own code.
    internal static func unauthorized(_ request: GatewayRequest) -> GatewayResponse {
        guard let field = request.headers["authorization"], !field.isEmpty,
            !field.lowercased().hasPrefix("bearer ")
        else { return .unauthorized }
        return .failure(
            .invalidAuthentication, status: .unauthorized,
            headers: [GatewayHeader("WWW-Authenticate", "Bearer")])
    }

    /// One error with any code.
    internal static func failure(code: String, status: GatewayStatus) -> GatewayResponse {
        let name = ErrorCode(code).flatMap { ErrorCodeTable.name(of: $0) } ?? code
        return errors([error(status, code: code, location: nil, reason: name)], status, [])
    }

    /// One error that concerns the whole request.
    internal static func failure(
        _ fault: GatewayFault, status: GatewayStatus = .badRequest,
        headers: [GatewayHeader] = []
    ) -> GatewayResponse {
        errors(
            [error(status, code: fault.rawValue, location: nil, reason: fault.name)], status,
            headers)
    }

    /// A page of HTML, as a proxy answers.
    internal static func html(_ status: GatewayStatus) -> GatewayResponse {
        let page =
            "<html><head><title>\(status.rawValue) \(status.reason)</title></head>"
            + "<body><h1>\(status.reason)</h1></body></html>"
        return GatewayResponse(
            status, [GatewayHeader("Content-Type", "text/html")], Array(page.utf8))
    }

    /// Something that is no JSON and says that it is.
    internal static var garbage: GatewayResponse {
        GatewayResponse(
            .ok, [GatewayHeader("Content-Type", "application/json")],
            Array("[{\"amount\":\"12.7".utf8) + [0xFF, 0x00, 0x7F])
    }

    /// Somewhere else.
    internal static func redirect(_ status: Int, to location: String) -> GatewayResponse {
        GatewayResponse(
            GatewayStatus(rawValue: status), [GatewayHeader("Location", location)], [])
    }

    /// What the life of a transaction does not allow.
    internal static func refused(_ fault: GatewayFault) -> GatewayResponse {
        refused([Violation(fault: fault, location: "transaction_id")])
    }

    /// Every rule that the request breaks.
    internal static func refused(_ violations: [Violation]) -> GatewayResponse {
        let entries = violations.map {
            error(
                .badRequest, code: $0.fault.rawValue, location: $0.location,
                reason: $0.fault.name)
        }
        return errors(entries, .badRequest, [])
    }

    /// A decline told as an error: the response code in place of an error code, and no location,
    /// which tells 02 (refer to issuer) from 02 (card number missing).
    internal static func declined(_ answer: IssuerAnswer) -> GatewayResponse {
        let entry = error(
            .badRequest, code: answer.responseCode, location: nil,
            reason: answer.responseText)
        return errors([entry], .badRequest, [])
    }

    /// Source: PayHub API, "RestErrorStructure", "RestError".
    private static func error(
        _ status: GatewayStatus, code: String, location: String?, reason: String
    ) -> JSONValue {
        .members([
            "status": .string(status.errorName), "code": .string(code),
            "location": .optional(location), "reason": .string(reason),
            "severity": .string("ERROR"),
        ])
    }

    private static func errors(
        _ entries: [JSONValue], _ status: GatewayStatus, _ headers: [GatewayHeader]
    ) -> GatewayResponse {
        .json(.members(["errors": .array(entries)]), status: status, headers: headers)
    }
}
