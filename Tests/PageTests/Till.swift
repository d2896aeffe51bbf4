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
    private let configuration: String
    private let daemon: Mutex<Child>

    private var socket: String { folder.appendingPathComponent("api.sock").path }

    /// Starts both; `changes` are members of the configuration.
    init(_ changes: [String: Any]) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("swipeline-page-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        gateway = try Gateway(state: folder.path)
        var settings = try gateway.settings().merging(changes) { _, new in new }
        settings["journal"] = folder.appendingPathComponent("journal").path
        settings["waits"] = [
            "lateCommit": 100, "betweenReads": 20, "pause": 5, "pauseMaximum": 50,
        ]
        var service: [String: Any] = [
            "socket": folder.appendingPathComponent("api.sock").path, "port": 0,
            "page": ["enabled": true],
            "shop": ["name": "Corner Shop", "lines": ["1 Main Street"]],
            "replay": Child.project.appendingPathComponent("Fixtures").path,
        ]
        service.merge(changes["service"] as? [String: Any] ?? [:]) { _, new in new }
        settings["service"] = service
        // Beside the emulator's own, whose files it names.
        configuration = "\(gateway.directory)/till.json"
        try Self.write(settings, configuration)
        let (child, port) = try Self.serve(configuration, state: folder.path)
        address = "http://127.0.0.1:\(port)/"
        // When it starts again it is where it was.
        service["port"] = port
        settings["service"] = service
        try Self.write(settings, configuration)
        daemon = Mutex(child)
    }

    private static func write(_ settings: [String: Any], _ path: String) throws {
        try JSONSerialization.data(withJSONObject: settings).write(to: URL(fileURLWithPath: path))
    }

    /// Starts the daemon and waits until it listens; its port on loopback.
    private static func serve(
        _ configuration: String, state: String
    ) throws -> (Child, port: Int) {
        let child = try Child("swipeline", ["serve", "--config", configuration], state: state)
        let ready = try child.line()
        let port = ready.firstMatch(of: /127\.0\.0\.1:(\d+)/).flatMap { Int($0.1) }
        return (
            child,
            try #require(port, "the daemon did not start; SWIPELINE_PAGE_LOG=1 shows why")
        )
    }

    // MARK: The operator at the till's own terminal

    /// A new pairing code, as `swipeline pair` shows it.
    func pairingCode() throws -> String {
        let child = try Child("swipeline", ["pair", "--socket", socket], state: folder.path)
        child.letGo()
        let said = try child.rest()
        return try #require(said.firstMatch(of: /\b(\d{6})\b/).map { String($0.1) }, "\(said)")
    }

    /// Sets the supervisor's code.
    func setSupervisorCode() throws {
        let child = try Child(
            "swipeline", ["supervisor", "set", "--config", configuration], state: folder.path)
        try child.type(Self.supervisorCode)
        _ = try child.rest()
    }

    /// Ends the daemon and starts it again.
    func restart() throws {
        try daemon.withLock { daemon in
            daemon.stop()
            daemon = try Self.serve(configuration, state: folder.path).0
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
    func plug(_ isIn: Bool) throws {
        try post(isIn ? "/v1/replay/plug" : "/v1/replay/unplug", "{}")
    }

    private func post(_ path: String, _ body: String) throws {
        _ = try ask(["--json", body, "http://localhost\(path)"])
    }

    /// A till of the shop asks for a refund to a card, with the supervisor's code.
    func refundsToCard(_ cents: Int) throws {
        let code = #"{"code":"\#(Self.supervisorCode)"}"#
        let told = try ask(["--json", code, "http://localhost/v1/supervisor"])
        let token = try #require(told.firstMatch(of: /"token":"([^"]*)"/)).1
        let customer = #"{"firstName":"Ada","lastName":"Test","email":"ada@shop.example"}"#
        let amount = #"{"cents":\#(cents),"currency":"USD"}"#
        let body = #"{"operation":"refund","amount":\#(amount),"customer":\#(customer)}"#
        _ = try ask([
            "-H", "Supervisor: \(token)", "-H", "Idempotency-Key: refund-\(cents)", "--json", body,
            "http://localhost/v1/payments",
        ])
    }

    /// How many payments the daemon has today.
    func payments() throws -> Int {
        let text = try ask(["http://localhost/v1/payments"])
        let list = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return (list?["payments"] as? [Any])?.count ?? -1
    }

    /// Waits until the latest payment has ended in this state.
    func waits(for state: String) throws {
        let list = try ask(["http://localhost/v1/payments?limit=1"])
        let reference = try #require(list.firstMatch(of: /"reference":"([^"]*)"/)).1
        // The stream ends with the payment.
        let events = try ask(["-N", "http://localhost/v1/payments/\(reference)/events"])
        #expect(events.contains("\"state\":\"\(state)\""))
    }

    /// A till's own call over the unix socket, with curl.
    private func ask(_ arguments: [String]) throws -> String {
        try Child.curl(["--unix-socket", socket] + arguments)
    }

    // MARK: The gateway

    /// Lets the gateway do something wrong from now on.
    func `break`(_ faults: String) throws {
        try gateway.operate("POST", "faults", faults)
    }

    /// The gateway does nothing wrong any more.
    func mend() throws { try gateway.operate("DELETE", "faults") }

    /// Settles what is open.
    func settle() throws { try gateway.operate("POST", "settle", "{}") }

    /// What the gateway has charged and not given back, in cents a reference, oldest first.
    func charges() throws -> [Int] {
        let ledger = try gateway.operate("GET", "ledger") as? [String: Any]
        let rows = ledger?["references"] as? [[String: Any]] ?? []
        return rows.compactMap { $0["liveCents"] as? Int }.filter { $0 != 0 }
    }
}
