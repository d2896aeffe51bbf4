import Foundation
import FoundationNetworking
import Testing

/// The emulated gateway as a child, with its operator's interface.
final class Gateway: Sendable {
    /// Where it wrote what clients need.
    let directory: String
    private let child: Child
    private let desk: URL

    init(state: String) throws {
        child = try Child(
            "swipeline-emulator", ["--port", "0", "--until-eof", "--operator", "0"], state: state)
        let line = try child.line()
        let ready = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        directory = try #require(ready?["directory"] as? String)
        desk = try #require((ready?["operator"] as? String).flatMap { URL(string: $0) })
    }

    /// What it wrote into its configuration file.
    func settings() throws -> [String: Any] {
        let file = URL(fileURLWithPath: directory).appendingPathComponent("swipeline.json")
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        return try #require(object as? [String: Any])
    }

    /// Asks its operator's interface.
    @discardableResult
    func operate(_ method: String, _ path: String, _ body: String = "") async throws -> Any {
        var request = URLRequest(url: desk.appendingPathComponent(path))
        request.httpMethod = method
        request.httpBody = method == "GET" ? nil : Data(body.utf8)
        let (data, _) = try await URLSession.shared.data(for: request)
        let answer = try JSONSerialization.jsonObject(with: data)
        if let fault = (answer as? [String: Any])?["error"] { Issue.record("\(fault)") }
        return answer
    }

    func stop() { child.stop() }
}
