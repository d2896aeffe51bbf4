internal import Foundation
internal import FoundationNetworking

/// Commands of the WebDriver protocol (W3C) over plain HTTP.
internal struct WebDriver: Sendable {
    private let base: URL
    private let session: URLSession

    init(_ address: URL) {
        base = address
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 120
        session = URLSession(configuration: configuration)
    }

    /// Sends a command and gives the member `value` of what is answered.
    @discardableResult
    func send(
        _ method: String, _ path: String, _ body: [String: Any]? = nil
    ) async throws -> Any {
        var request = URLRequest(url: base.appendingPathComponent(path))
        request.httpMethod = method
        if method == "POST" {
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.httpBody = try JSONSerialization.data(withJSONObject: body ?? [:])
        }
        let (data, _) = try await session.data(for: request)
        let answer = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        guard let value = answer?["value"] else {
            throw BrowserFault.strangeAnswer(String(decoding: data.prefix(200), as: UTF8.self))
        }
        if let fault = value as? [String: Any], let error = fault["error"] as? String {
            let message = fault["message"] as? String ?? ""
            throw BrowserFault.refused(
                error, message.split(separator: "\n").first.map(String.init) ?? "")
        }
        return value
    }
}
