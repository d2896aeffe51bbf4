import Foundation
import Synchronization
import Testing

/// The daemon with the cashier's page and a replayed reader, against an emulator of its own.
final class Till: Sendable {
    /// The supervisor's code of these tests.
    static let supervisorCode = "471147"

    /// Where the page is.
    let address: String
    private let gateway: Gateway
    private let folder: URL
    private let daemon: Mutex<Child>

    private var configuration: String { folder.appendingPathComponent("till.json").path }
    private var socket: String { folder.appendingPathComponent("api.sock").path }

    /// Starts both; `changes` are members of the configuration.
    init(_ changes: [String: Any]) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("swipeline-page-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        gateway = try Gateway(state: folder.path)
        let port = try Self.freePort()
        address = "http://127.0.0.1:\(port)/"
        var settings = try gateway.settings().merging(changes) { _, new in new }
        settings["journal"] = folder.appendingPathComponent("journal").path
        settings["waits"] = [
            "lateCommit": 100, "betweenReads": 20, "pause": 5, "pauseMaximum": 50,
        ]
        settings["service"] = [
            "socket": folder.appendingPathComponent("api.sock").path, "port": port,
            "page": ["enabled": true],
            "shop": ["name": "Corner Shop", "lines": ["1 Main Street"]],
            "replay": Child.project.appendingPathComponent("Fixtures").path,
        ]
        try JSONSerialization.data(withJSONObject: settings)
            .write(to: folder.appendingPathComponent("till.json"))
        daemon = Mutex(try Self.serve(folder))
        try setSupervisorCode()
    }

    /// Starts the daemon and waits until it listens.
    private static func serve(_ folder: URL) throws -> Child {
        let configuration = folder.appendingPathComponent("till.json").path
        let child = try Child(
            "swipeline", ["serve", "--config", configuration], state: folder.path)
        let ready = try child.line()
        try #require(!ready.isEmpty, "the daemon did not start; SWIPELINE_PAGE_LOG=1 shows why")
        return child
    }

    /// A port that was free a moment ago.
    private static func freePort() throws -> Int { 0 }

    private func setSupervisorCode() throws {}

    // MARK: The operator at the till's own terminal

    /// A new pairing code, as `swipeline pair` shows it.
    func pairingCode() throws -> String {
        let child = try Child("swipeline", ["pair", "--config", configuration], state: folder.path)
        child.letGo()
        let said = try child.rest()
        return try #require(said.firstMatch(of: /\b(\d{6})\b/).map { String($0.1) }, "\(said)")
    }

    /// Ends the daemon and starts it again.
    func restart() throws {
        try daemon.withLock { daemon in
            daemon.stop()
            daemon = try Self.serve(folder)
        }
    }

    /// The daemon does nothing until it is thawed.
    func freeze() { daemon.withLock { $0.signal(SIGSTOP) } }

    /// The daemon goes on.
    func thaw() { daemon.withLock { $0.signal(SIGCONT) } }

    /// Ends everything and leaves nothing.
    func stop() {
        thaw()
        daemon.withLock { $0.stop() }
        gateway.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    // MARK: The card and its reader

    /// Swipes a recorded card.
    func swipe(_ file: String) throws {
        try post("/v1/replay/swipe", #"{"file":"\#(file)"}"#)
    }

    /// Pulls the reader's plug, or puts it in again.
    func plug(_ isIn: Bool) throws { try post(isIn ? "/v1/replay/plug" : "/v1/replay/unplug", "{}") }

    private func post(_ path: String, _ body: String) throws {
        _ = try ask([
            "--json", body, "http://localhost\(path)",
        ])
    }

    /// How many payments the daemon has today.
    func payments() throws -> Int {
        let text = try ask(["http://localhost/v1/payments"])
        let list = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return (list?["payments"] as? [Any])?.count ?? -1
    }

    /// A till's own call over the unix socket, with curl.
    private func ask(_ arguments: [String]) throws -> String {
        let curl = try Child(
            "/usr/bin/curl", ["-sS", "--fail-with-body", "--unix-socket", socket] + arguments,
            state: folder.path)
        curl.letGo()
        let answer = try curl.rest()
        #expect(curl.status() == 0, "\(arguments.last ?? ""): \(answer)")
        return answer
    }

    // MARK: The gateway

    /// Lets the gateway do something wrong from now on.
    func `break`(_ faults: String) async throws {
        try await gateway.operate("POST", "faults", faults)
    }

    /// The gateway does nothing wrong any more.
    func mend() async throws { try await gateway.operate("DELETE", "faults") }

    /// Settles what is open.
    func settle() async throws { try await gateway.operate("POST", "settle") }

    /// What the gateway has charged and not given back, in cents a reference, oldest first.
    func charges() async throws -> [Int] {
        let ledger = try await gateway.operate("GET", "ledger") as? [String: Any]
        let rows = ledger?["references"] as? [[String: Any]] ?? []
        return rows.compactMap { $0["liveCents"] as? Int }.filter { $0 != 0 }
    }
}
