public import Foundation
internal import Testing

/// `swipeline serve` as a program, with recordings in a reader's place.
public final class RunningService: Sendable {
    /// Where its files are.
    public let folder: String
    /// Its unix socket.
    public let socket: String
    /// Its journal's folder.
    public let journal: String
    private let configuration: String
    private let process = Process()
    private let output = Pipe()

    /// Starts it and waits until all its doors are open. What `behind` names, a program with
    /// arguments of its own, runs it.
    public init(
        _ arguments: String..., folder: String, configuration: String,
        environment: [String: String] = [:], behind: [String] = []
    ) throws {
        self.folder = folder
        self.configuration = configuration
        socket = "\(folder)/api.sock"
        journal = "\(folder)/journal"
        let program = Programs.folder.appendingPathComponent("swipeline").path
        let words =
            behind + [
                program, "serve", "--config", configuration, "--socket", socket, "--journal",
                journal, "--replay", Programs.fixture(""),
            ] + arguments
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.environment = Programs.variables(environment)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        places = try #require(Programs.ready(output)["ready"] as? [String])
    }

    /// Where it listens.
    public let places: [String]

    /// Its name and port on 127.0.0.1, where it has one.
    public var host: String? {
        places.first { $0.wholeMatch(of: /http:\/\/127\.0\.0\.1:[0-9]+/) != nil }
            .map { String($0.dropFirst("http://".count)) }
    }

    /// Its process.
    public var processIdentifier: Int32 { process.processIdentifier }

    /// Ends it and waits.
    /// - Returns: its exit code.
    @discardableResult public func end(_ signal: Int32 = SIGTERM) -> Int32 {
        if process.isRunning { kill(process.processIdentifier, signal) }
        process.waitUntilExit()
        return process.terminationStatus
    }

    deinit { end(SIGKILL) }

    /// Asks it as a till does, with curl.
    public func ask(
        _ method: String, _ path: String, _ body: String? = nil,
        _ headers: [String: String] = [:]
    ) throws -> [String: Any] {
        var arguments = ["-sS", "-X", method, "--unix-socket", socket, "http://localhost\(path)"]
        if let body { arguments += ["-H", "Content-Type: application/json", "-d", body] }
        for (name, value) in headers { arguments += ["-H", "\(name): \(value)"] }
        let result = try Programs.run("/usr/bin/curl", arguments)
        #expect(result.status == 0, "\(result.complaint)")
        let object = try? JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return try #require(object as? [String: Any], "\(result.output)")
    }

    /// Starts a payment.
    public func pay(_ cents: Int, key: String) throws -> [String: Any] {
        let amount = #"{"cents":\#(cents),"currency":"USD"}"#
        return try ask(
            "POST", "/v1/payments", #"{"operation":"sale","amount":\#(amount)}"#,
            ["Idempotency-Key": key])
    }

    /// Swipes a recording on the payment that waits.
    public func swipe(_ file: String = "clear-visa.hid") throws -> [String: Any] {
        try ask("POST", "/v1/replay/swipe", #"{"file":"\#(file)"}"#)
    }

    /// Pays with a card that is always approved, to the end.
    /// - Returns: the payment's reference and its last state.
    public func paid(
        _ cents: Int, key: String
    ) throws -> (reference: String, state: String) {
        let made = try pay(cents, key: key)
        let reference = try #require(made["reference"] as? String, "\(made)")
        _ = try swipe()
        return (reference, try follow(reference).last ?? "")
    }

    /// The supervisor's code of tests.
    private static let code = "471147"

    /// Sets a supervisor's code, for the service as it runs.
    public func setSupervisor() throws {
        let result = try Programs.run(
            "swipeline", ["supervisor", "set", "--config", configuration, "--journal", journal],
            input: "\(Self.code)\n")
        #expect(result.status == 0, "\(result.complaint)")
    }

    /// The header that the supervisor's code gets.
    public func supervisor() throws -> [String: String] {
        let told = try ask("POST", "/v1/supervisor", #"{"code":"\#(Self.code)"}"#)
        return ["Supervisor": try #require(told["token"] as? String)]
    }

    /// What the audit chain says, a line a change; the service must have ended.
    public func audit() throws -> [String] {
        let result = try Programs.run(
            "/usr/bin/sqlite3",
            [
                "-readonly", "\(journal)/journal.sqlite",
                "SELECT CAST(body AS TEXT) FROM audit ORDER BY number",
            ])
        #expect(result.status == 0, "\(result.complaint)")
        return result.output.split(separator: "\n").map(String.init)
    }

    /// Follows a payment to its end.
    /// - Returns: the states on the way.
    public func follow(_ reference: String) throws -> [String] {
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
