import Foundation
import Testing

/// The emulated gateway as a child, with its operator's interface.
final class Gateway: Sendable {
    /// Where it wrote what clients need.
    let directory: String
    private let child: Child
    private let desk: String

    init(state: String) throws {
        child = try Child(
            "swipeline-emulator", ["--port", "0", "--until-eof", "--operator", "0"], state: state)
        let line = try child.line()
        let ready = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        directory = try #require(ready?["directory"] as? String)
        desk = try #require(ready?["operator"] as? String)
    }

    /// What it wrote into its configuration file.
    func settings() throws -> [String: Any] {
        let file = URL(fileURLWithPath: directory).appendingPathComponent("swipeline.json")
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        return try #require(object as? [String: Any])
    }

    /// Asks its operator's interface.
    @discardableResult
    func operate(_ method: String, _ path: String, _ body: String? = nil) throws -> Any {
        let content = body.map { ["--json", $0] } ?? []
        let answer = try Child.curl(["-X", method] + content + ["\(desk)/\(path)"])
        return try JSONSerialization.jsonObject(with: Data(answer.utf8))
    }

    func stop() { child.stop() }
}
