internal import Foundation

/// Commands of the WebDriver protocol (W3C), sent with curl: Foundation's own client stumbles over
/// the driver's answers.
internal struct WebDriver: Sendable {
    private let base: String

    init(_ address: String) { base = address }

    /// Sends a command and gives the member `value` of what is answered.
    @discardableResult
    func send(
        _ method: String, _ path: String, _ body: [String: Any]? = nil
    ) async throws -> Any {
        let content = try body.map { try JSONSerialization.data(withJSONObject: $0) }
        let data = try await Self.exchange(method, "\(base)/\(path)", content ?? Data("{}".utf8))
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

    /// One exchange, on a thread of its own: a command may take as long as the page does.
    private static func exchange(
        _ method: String, _ address: String, _ body: Data
    ) async throws -> Data {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try curl(method, address, body) })
            }
        }
    }

    private static func curl(_ method: String, _ address: String, _ body: Data) throws -> Data {
        // Files and no pipes: another child that starts meanwhile may hold a pipe open.
        let folder = FileManager.default.temporaryDirectory
        let (said, heard) = (
            folder.appendingPathComponent("webdriver-\(UUID().uuidString)"),
            folder.appendingPathComponent("webdriver-\(UUID().uuidString)")
        )
        try body.write(to: said)
        defer { for file in [said, heard] { try? FileManager.default.removeItem(at: file) } }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
        process.arguments =
            ["-sS", "--max-time", "120", "-X", method, "-o", heard.path, address]
            + (method == "POST"
                ? ["-H", "Content-Type: application/json", "-H", "Expect:"]
                    + ["--data-binary", "@\(said.path)"]
                : [])
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return (try? Data(contentsOf: heard)) ?? Data()
    }
}
