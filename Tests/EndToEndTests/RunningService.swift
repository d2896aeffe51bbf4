import Foundation
import Testing

/// `swipeline serve` as a program, with recordings in a reader's place.
final class RunningService: Sendable {
    let folder: String
    let socket: String
    private let process = Process()
    private let output = Pipe()

    /// Starts it and waits until all its doors are open.
    init(_ arguments: String..., folder: String, configuration: String) throws {
        self.folder = folder
        socket = "\(folder)/api.sock"
        process.executableURL = Programs.folder.appendingPathComponent("swipeline")
        process.arguments =
            [
                "serve", "--config", configuration, "--socket", socket, "--journal",
                "\(folder)/journal", "--replay", Programs.fixture(""),
            ] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte.count == 1,
            byte[byte.startIndex] != 0x0A
        {
            line.append(byte)
        }
        let ready = try JSONSerialization.jsonObject(with: line) as? [String: Any]
        places = try #require(ready?["ready"] as? [String])
    }

    /// Where it listens.
    let places: [String]

    /// Its process.
    var processIdentifier: Int32 { process.processIdentifier }

    /// Ends it and waits.
    /// - Returns: its exit code.
    @discardableResult func end(_ signal: Int32 = SIGTERM) -> Int32 {
        if process.isRunning { kill(process.processIdentifier, signal) }
        process.waitUntilExit()
        return process.terminationStatus
    }

    deinit { end(SIGKILL) }

    /// Asks it as a till does, with curl.
    func ask(
        _ method: String, _ path: String, _ body: String? = nil, key: String? = nil
    ) throws -> [String: Any] {
        var arguments = ["-sS", "-X", method, "--unix-socket", socket, "http://localhost\(path)"]
        if let body { arguments += ["-H", "Content-Type: application/json", "-d", body] }
        if let key { arguments += ["-H", "Idempotency-Key: \(key)"] }
        let result = try Programs.run("/usr/bin/curl", arguments)
        #expect(result.status == 0, "\(result.complaint)")
        let object = try? JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return try #require(object as? [String: Any], "\(result.output)")
    }

    /// Starts a payment.
    func pay(_ cents: Int, key: String) throws -> [String: Any] {
        let amount = #"{"cents":\#(cents),"currency":"USD"}"#
        return try ask(
            "POST", "/v1/payments", #"{"operation":"sale","amount":\#(amount)}"#, key: key)
    }

    /// Swipes a recording on the payment that waits.
    func swipe(_ file: String = "clear-visa.hid") throws -> [String: Any] {
        try ask("POST", "/v1/replay/swipe", #"{"file":"\#(file)"}"#)
    }

    /// Follows a payment to its end.
    /// - Returns: the states on the way.
    func follow(_ reference: String) throws -> [String] {
        let result = try Programs.run(
            "/usr/bin/curl",
            [
                "-sSN", "--max-time", "60", "--unix-socket", socket,
                "http://localhost/v1/payments/\(reference)/events",
            ])
        return result.output.split(separator: "\n").filter { $0.hasPrefix("data: ") }.compactMap {
            let data = Data($0.dropFirst(6).utf8)
            let payment = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
            return payment?["state"] as? String
        }
    }
}
