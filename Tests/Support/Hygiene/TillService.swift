internal import Foundation

/// `swipeline serve` with recordings in the reader's place, and a till that asks it with curl.
final class TillService {
    private let workshop: Workshop
    private let child: Child
    private let traced: Bool
    private let socket: String
    private let configuration: String
    private var payments = 0
    private var hasEnded = false

    /// Where it runs and leaves its files.
    let place: String

    /// Starts it with a configuration and a folder of recordings, traced or not, and waits until
    /// it listens.
    init(
        _ workshop: Workshop, _ configuration: String, replaying folder: String,
        tracing: Tracing? = nil, environment: [String] = []
    ) throws {
        self.workshop = workshop
        self.configuration = configuration
        place = try tracing?.place ?? workshop.place()
        traced = tracing != nil
        socket = "\(place)/api.sock"
        let arguments = [
            "serve", "--config", configuration, "--socket", socket, "--journal",
            "\(place)/journal", "--replay", folder,
        ].map { Array($0.utf8) }
        let variables = (["HOME=\(place)", "TMPDIR=\(place)"] + environment).map { Array($0.utf8) }
        child =
            try tracing?.start("swipeline", arguments)
            ?? Child(
                Child.Plan(
                    program: workshop.program("swipeline"), arguments: arguments,
                    environment: variables, folder: place))
        guard child.line()?.contains("ready") == true else {
            throw HygieneError.unexpected("the till's service did not start")
        }
    }

    deinit { _ = try? end(by: SIGKILL) }

    /// Its process: where it is traced, the only child of its tracer.
    var process: Int32 {
        get throws {
            guard traced else { return child.process }
            let path = "/proc/\(child.process)/task/\(child.process)/children"
            let children = FileManager.default.contents(atPath: path) ?? Data()
            let ids = String(decoding: children, as: UTF8.self).split(separator: " ")
            guard ids.count == 1, let id = Int32(ids[0]) else {
                throw HygieneError.unexpected("of strace \(ids.count) children are seen")
            }
            return id
        }
    }

    /// Asks it; what it answers.
    @discardableResult func ask(
        _ method: String, _ path: String, _ body: String? = nil, header: String? = nil
    ) throws -> String {
        var arguments = ["-sS", "-X", method, "--unix-socket", socket, "http://localhost\(path)"]
        if let body { arguments += ["-H", "Content-Type: application/json", "-d", body] }
        if let header { arguments += ["-H", header] }
        return try workshop.run("/usr/bin/curl", arguments)
    }

    /// Starts a payment.
    /// - Returns: its reference.
    func pay(_ cents: Int) throws -> String {
        payments += 1
        let said = try ask(
            "POST", "/v1/payments",
            #"{"operation":"sale","amount":{"cents":\#(cents),"currency":"USD"}}"#,
            header: "Idempotency-Key: payment-\(payments)")
        return try member("reference", of: said)
    }

    /// Swipes a recording as soon as the payment waits for one.
    func swipe(_ file: String) throws {
        let name = URL(fileURLWithPath: file).lastPathComponent
        let end = ContinuousClock.now + .seconds(30)
        var said = ""
        while !said.contains("\"readers\"") {
            guard ContinuousClock.now < end else {
                throw HygieneError.unexpected("\(name) cannot be swiped: \(said)")
            }
            said = try ask("POST", "/v1/replay/swipe", #"{"file":"\#(name)"}"#)
        }
    }

    /// Hears of a payment until it is in this state.
    func follow(_ reference: String, to state: String) throws {
        let curl = try listen("/v1/payments/\(reference)/events")
        var latest = ""
        while let line = curl.line() {
            guard line.hasPrefix("data: ") else { continue }
            latest = try member("state", of: line)
            if latest == state { break }
        }
        curl.end()
        guard latest == state else {
            throw HygieneError.unexpected("a payment is \(latest) in place of \(state)")
        }
    }

    /// A stream of events, a line after another.
    func listen(_ path: String) throws -> Child {
        try Child(
            Child.Plan(
                program: "/usr/bin/curl",
                arguments: ["-sSN", "--unix-socket", socket, "http://localhost\(path)"]
                    .map { Array($0.utf8) }, folder: workshop.folder))
    }

    /// Sets a supervisor's code, and changes with it what stands on receipts.
    func change() throws {
        let code = "471147"
        let command = try Child(
            Child.Plan(
                program: workshop.program("swipeline"),
                arguments: [
                    "supervisor", "set", "--config", configuration, "--journal",
                    "\(place)/journal",
                ].map { Array($0.utf8) }, environment: [Array("HOME=\(place)".utf8)],
                folder: place))
        command.tell(code)
        command.closeInput()
        command.wait()
        let token = try member(
            "token", of: ask("POST", "/v1/supervisor", #"{"code":"\#(code)"}"#))
        try ask(
            "PATCH", "/v1/configuration", #"{"shop":{"name":"Canary Shop"}}"#,
            header: "Supervisor: \(token)")
        guard FileManager.default.fileExists(atPath: "\(place)/journal/service.json") else {
            throw HygieneError.unexpected("the change of the settings is not on the disk")
        }
    }

    /// Ends it as a shop does, or by another signal.
    /// - Returns: what it wrote to standard error; nothing the second time.
    @discardableResult func end(by signal: Int32 = SIGTERM) throws -> [UInt8] {
        guard !hasEnded else { return [] }
        hasEnded = true
        kill(try process, signal)
        return child.wait().errors
    }

    private func member(_ name: String, of text: String) throws -> String {
        let json = text.drop { $0 != "{" }
        let object = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        guard let value = object?[name] as? String else {
            throw HygieneError.unexpected("the service tells no \(name): \(text)")
        }
        return value
    }
}
