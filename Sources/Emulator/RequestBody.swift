/// Reads the JSON object that a POST carries.
internal enum RequestBody {
    /// What came of it: the object, or the answer that refuses the request.
    enum Reading {
        case success(JSONValue)
        case failure(GatewayResponse)
    }

    static func read(_ request: GatewayRequest) -> Reading {
        let reading = value(of: request)
        guard case .success(let value) = reading, value.members == nil else { return reading }
        return .failure(.failure(.bodyNotMapped))
    }

    /// Reads any JSON value.
    static func value(of request: GatewayRequest) -> Reading {
        let type = (request.headers["content-type"] ?? "").prefix { $0 != ";" }
        guard type.lowercased().filter({ $0 != " " }) == "application/json" else {
            return .failure(.failure(.mediaTypeNotSupported, status: .unsupportedMediaType))
        }
        guard request.body.count <= EmulatorCore.bodyBytesMaximum else {
            return .failure(.tooLarge)
        }
        guard !request.body.isEmpty else { return .failure(.failure(.bodyNotReadable)) }
        guard let value = try? JSONValue(parsing: request.body) else {
            return .failure(.failure(.jsonSyntax))
        }
        return .success(value)
    }
}
