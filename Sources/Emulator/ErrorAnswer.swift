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

    /// One error that concerns the whole request.
    internal static func failure(
        _ fault: GatewayFault, status: GatewayStatus = .badRequest,
        headers: [GatewayHeader] = []
    ) -> GatewayResponse {
        errors(
            [error(status, code: fault.rawValue, location: nil, reason: fault.name)], status,
            headers)
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
