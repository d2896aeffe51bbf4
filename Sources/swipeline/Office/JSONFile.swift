internal import Foundation

/// Reads what somebody wrote down as JSON.
internal enum JSONFile {
    /// Reads a file of one value.
    /// - Throws: ``Failure`` with exit code 2, naming the member at fault.
    static func read<Value: Decodable>(
        _ path: String, as type: Value.Type = Value.self, form: String
    ) throws -> Value {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure("\(path) cannot be read: give a file that is there", .usage)
        }
        do { return try JSONDecoder().decode(type, from: data) } catch let fault as DecodingError {
            throw Failure("\(path): \(words(fault)); \(form)", .usage)
        }
    }

    private static func words(_ fault: DecodingError) -> String {
        switch fault {
        case .keyNotFound(let key, _): "\(key.stringValue) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(place(context)) has the wrong type"
        case .dataCorrupted(let context): "\(place(context)) is not as it must be"
        default: "it cannot be read"
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return path.isEmpty ? "the JSON" : path
    }
}
