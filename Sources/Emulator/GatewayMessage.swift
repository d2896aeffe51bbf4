/// A request as the gateway's rules see it, whatever server brought it.
package struct GatewayRequest: Sendable {
    /// The method in capitals.
    package var method: String
    /// The path with its query, if there is one.
    package var target: String
    /// The field values by name in lower case.
    package var headers: [String: String]
    /// The body.
    package var body: [UInt8]
    /// True when it came without TLS.
    package var isPlain = false

    /// A request.
    package init(
        method: String, target: String, headers: [String: String] = [:], body: [UInt8] = []
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The path without a query.
    package var path: String {
        String(target.prefix { $0 != "?" })
    }

    /// The path as the log may show it: a piece that could be a card number is withheld.
    package var loggablePath: String {
        path.prefix(200).split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.count(where: \.isNumber) < 12 ? String($0) : "(withheld)" }
            .joined(separator: "/")
    }
}

/// An answer of the gateway.
package struct GatewayResponse: Equatable, Sendable {
    /// The status.
    package internal(set) var status: GatewayStatus
    /// The fields in this order, spelled as the sample clients compare them.
    package internal(set) var headers: [GatewayHeader]
    /// The body, empty when there is none.
    package internal(set) var body: [UInt8]
    /// True when the body goes out in chunks.
    package internal(set) var isChunked = false

    internal init(_ status: GatewayStatus, _ headers: [GatewayHeader], _ body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A resource was made: its absolute URL in `Location`, no body.
    ///
    /// Source: PayHub API, "Sale", "Result".
    package static func created(location: String) -> GatewayResponse {
        GatewayResponse(.created, [GatewayHeader("Location", location)], [])
    }

    /// An answer with a JSON body.
    package static func json(
        _ value: JSONValue, status: GatewayStatus = .ok, headers: [GatewayHeader] = []
    ) -> GatewayResponse {
        GatewayResponse(
            status, [GatewayHeader("Content-Type", "application/json")] + headers, value.bytes)
    }

    /// The value of a field by its exact spelling.
    package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// A field of an answer's head.
package struct GatewayHeader: Equatable, Sendable {
    /// The name as it goes out.
    package let name: String
    /// The value.
    package let value: String

    /// A field.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
