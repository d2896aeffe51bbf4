import Foundation
import Glibc
import Synchronization

/// One daemon with its socket, its journal and its process, which is killed now and then.
final class Till: Sendable {
    private struct State {
        var process: Process?
        var isReady = false
        /// How often it was started.
        var starts = 0
    }

    let number: Int
    let http: SocketHTTP
    private let configuration: String
    private let log: String
    private let arguments: [String]
    private let state = Mutex(State())

    init(_ number: Int, folder: String, gateway: Gateway) throws {
        self.number = number
        let own = "\(folder)/\(number)"
        try FileManager.default.createDirectory(
            atPath: own, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        http = SocketHTTP(path: "\(own)/api")
        configuration = "\(own)/swipeline.json"
        log = "\(own)/log"
        arguments = ["serve", "--config", configuration, "--replay", "\(folder)/cards"]
        var settings = gateway.settings
        settings["lane"] = number
        settings["journal"] = "\(own)/journal"
        settings["waits"] = Self.waits
        settings["service"] = ["socket": http.path]
        try JSONSerialization.data(withJSONObject: settings)
            .write(to: URL(fileURLWithPath: configuration))
        _ = FileManager.default.createFile(atPath: log, contents: nil)
    }

    /// How long a lane waits for what, in milliseconds, on a gateway that commits within a second.
    private static let waits = [
        "lateCommit": 5000, "betweenReads": 500, "pause": 100, "pauseMaximum": 2000,
        "sweep": 20_000, "card": 60_000,
    ]

    /// Which start of the program is running.
    var start: Int { state.withLock { $0.starts } }
    var isReady: Bool { state.withLock { $0.isReady } }
    var processID: Int32? { state.withLock { $0.process?.processIdentifier } }

    /// Starts the program and waits until its lane can take a payment.
    /// - Returns: how long that took, in milliseconds.
    @discardableResult
    func open() throws -> Double {
        let process = Process()
        process.executableURL = Programs.url("swipeline")
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        guard let output = FileHandle(forWritingAtPath: log) else {
            throw Mishap("\(log) cannot be written")
        }
        try output.seekToEnd()
        process.standardOutput = output
        process.standardError = output
        let began = Clock.now()
        try process.run()
        state.withLock {
            $0.process = process
            $0.starts += 1
        }
        while !isLaneReady {
            guard process.isRunning, Clock.now() - began < 60_000 else {
                throw Mishap("lane \(number) does not come up: \(tail)")
            }
            usleep(2000)
        }
        let took = Clock.now() - began
        state.withLock { $0.isReady = true }
        try output.close()
        return took
    }

    private var isLaneReady: Bool {
        guard let answer = try? http.get("/v1/lane"), answer.status == 200 else { return false }
        return answer.object["state"] as? String == "ready"
    }

    /// Kills it as a power cut of the process would: without a word.
    func kill() {
        let process = state.withLock { state in
            state.isReady = false
            return state.process
        }
        guard let process else { return }
        _ = Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Asks it to end.
    /// - Returns: its exit status.
    func close() -> Int32 {
        guard let process = state.withLock({ $0.process }) else { return 0 }
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// The last lines that it has printed.
    var tail: String {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(5).joined(separator: " | ")
    }

    /// All payments that it knows.
    func payments() throws -> [Payment] {
        var found: [Payment] = []
        var before = ""
        repeat {
            guard let answer = http.patientGet("/v1/payments?limit=100\(before)"),
                let page = answer.object["payments"] as? [[String: Any]]
            else { throw Mishap("lane \(number) does not list its payments") }
            found += page.compactMap(Payment.init)
            before = (answer.object["next"]).flatMap { $0 is NSNull ? nil : "&before=\($0)" } ?? ""
        } while !before.isEmpty
        return found
    }
}

/// A payment as the local API tells it.
struct Payment: Sendable {
    let reference: String
    let operation: String
    let state: String
    let cents: Int
    let isFinal: Bool

    init?(_ object: [String: Any]) {
        guard let reference = object["reference"] as? String,
            let operation = object["operation"] as? String,
            let state = object["state"] as? String
        else { return nil }
        self.reference = reference
        self.operation = operation
        self.state = state
        cents = (object["amount"] as? [String: Any])?["cents"] as? Int ?? 0
        isFinal = object["final"] as? Bool ?? false
    }

    /// What the card bears of it, in cents; a void that the lane made bears nothing.
    var chargedCents: Int { operation == "sale" && state == "approved" ? cents : 0 }
}
