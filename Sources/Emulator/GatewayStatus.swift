/// A status of an answer.
package struct GatewayStatus: RawRepresentable, Equatable, Sendable {
    /// The number.
    package let rawValue: Int

    /// Any status; a fault may ask for one that the gateway has not.
    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let ok = GatewayStatus(rawValue: 200)
    package static let created = GatewayStatus(rawValue: 201)
    package static let noContent = GatewayStatus(rawValue: 204)
    package static let badRequest = GatewayStatus(rawValue: 400)
    package static let unauthorized = GatewayStatus(rawValue: 401)
    package static let forbidden = GatewayStatus(rawValue: 403)
    package static let notFound = GatewayStatus(rawValue: 404)
    package static let methodNotAllowed = GatewayStatus(rawValue: 405)
    package static let payloadTooLarge = GatewayStatus(rawValue: 413)
    package static let unsupportedMediaType = GatewayStatus(rawValue: 415)
    package static let tooManyRequests = GatewayStatus(rawValue: 429)
    package static let internalServerError = GatewayStatus(rawValue: 500)

    /// The reason phrase; one sample client compares "Created".
    package var reason: String { Self.reasons[rawValue] ?? "Other" }

    private static let reasons = [
        100: "Continue", 102: "Processing", 103: "Early Hints", 200: "OK", 201: "Created",
        202: "Accepted", 204: "No Content", 301: "Moved Permanently", 302: "Found",
        303: "See Other", 307: "Temporary Redirect", 308: "Permanent Redirect",
        400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 408: "Request Timeout", 413: "Payload Too Large",
        415: "Unsupported Media Type", 429: "Too Many Requests",
        500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable",
        504: "Gateway Timeout",
    ]

    /// The name in an error body: "BAD_REQUEST".
    package var errorName: String {
        reason.uppercased().split(separator: " ").joined(separator: "_")
    }
}
