import Dispatch
import Foundation
import HostileClient
import Journal
import Lane
import LaneRig
import Logging
import ServiceLifecycle
import Settings
import Synchronization
import Testing
import Timeline
import Values

@testable import Service

/// A service in this process, its doors open, with a lane that notes what it is asked and a journal
/// in memory.
final class ServiceRig: Sendable {
    let journal = MemoryJournal()
    let time = ManualTime()
    let board: LaneBoard
    let desk: ServiceDesk
    let folder: String
    private let commands = Mutex<[LaneCommand]>([])
    private let description: OpenAPI

    /// The token of tills on TCP.
    static let token = String(repeating: "t0ken", count: 8)
    /// The supervisor's code.
    static let code = "246810"
    private static let keptCode = SupervisorCode(code)

    /// What a test may change before the doors open.
    struct Change: Sendable {
        var settings = ServiceSettings()
        var limits = ServiceLimits()
        var mailbox = LaneMailbox()
    }

    /// Runs a service for as long as `body` takes.
    static func run(
        _ change: (inout Change) -> Void = { _ in }, _ body: (ServiceRig) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        var changed = Change()
        changed.settings.socket = "\(folder.path)/api.sock"
        changed.settings.tcp = true
        changed.settings.page.enabled = true
        (changed.settings.port, changed.settings.webhook.port) = (0, 0)
        changed.settings.shop.name = "Corner Shop"
        change(&changed)
        let rig = try ServiceRig(folder.path, changed)
        try await rig.serve(body)
    }

    private init(_ folder: String, _ change: Change) throws {
        self.folder = folder
        let time = time
        let wall: @Sendable () -> WallTime = {
            WallTime(milliseconds: 1_763_700_000_000 + Int64(time.now().nanoseconds / 1_000_000))
        }
        board = LaneBoard(wall: wall)
        try Self.keptCode?.write(to: "\(folder)/supervisor.json")
        let files = OpenAPI.file.deletingLastPathComponent().path
        var parts = ServiceDesk.Parts(
            board: board, mailbox: change.mailbox, journal: journal,
            supervisor: SupervisorDesk(file: "\(folder)/supervisor.json", time: time),
            files: try ServiceFiles(folder: files))
        (parts.time, parts.wall) = (time, wall)
        (parts.token, parts.limits) = (KeptToken(Self.token), change.limits)
        parts.version = "0"
        let changes = try SettingsDesk(change.settings, changes: "\(folder)/service.json")
        desk = ServiceDesk(parts, settings: changes)
        description = try OpenAPI()
    }

    private func serve(_ body: (ServiceRig) async throws -> Void) async throws {
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        let server = ServiceServer(desk, logger: logger)
        let told = AsyncStream<String>.makeStream()
        let services = try server.services { told.continuation.yield($0) }
        let group = ServiceGroup(services: services, logger: logger)
        let lane = Thread { [self] in beLane() }
        lane.start()
        async let ended: Void = group.run()
        var opened: [String] = []
        for await place in told.stream {
            opened.append(place)
            if opened.count == server.doorCount { break }
        }
        doors.withLock { $0 = opened }
        do { try await body(self) } catch {
            await group.triggerGracefulShutdown()
            try await ended
            throw error
        }
        await group.triggerGracefulShutdown()
        try await ended
        desk.parts.mailbox.close()
        stopped.withLock { $0 = true }
        desk.parts.mailbox.bell.signal()
    }

    private let doors = Mutex<[String]>([])
    private let stopped = Mutex(false)

    /// The unix socket.
    var socket: RawClient.Place { .socket("\(folder)/api.sock") }
    /// The port on loopback.
    var loopback: RawClient.Place { RawClient.Place(url) }
    /// The page's address.
    var url: String { doors.withLock { $0.first { $0.hasPrefix("http://127.0.0.1") } ?? "" } }
    /// Where webhooks come in.
    var webhook: String { doors.withLock { $0.first { $0.contains("/webhook/") } ?? "" } }
    /// The host's name with its port.
    var host: String { String(url.dropFirst("http://".count)) }

    // MARK: The lane

    /// What the lane was asked and did beside remarks.
    var asked: [LaneCommand] {
        get async { await done.filter { if case .remark = $0 { false } else { true } } }
    }

    /// What went into the audit chain.
    var remarks: [JournalRemark.Kind] {
        get async {
            await done.compactMap { if case .remark(let kind, _) = $0 { kind } else { nil } }
        }
    }

    /// The words of it.
    var remarkTexts: [String] {
        get async {
            await done.compactMap { if case .remark(_, let text) = $0 { text } else { nil } }
        }
    }

    /// What the lane did, once it has come to all that it was asked.
    private var done: [LaneCommand] {
        get async {
            let question = LaneCommand.remark(.opened, "")
            _ = await desk.parts.mailbox.ask(question)
            return commands.withLock { $0.filter { $0 != question } }
        }
    }

    /// The lane's thread is busy for as long as `body` takes, as it is while a payment is sent.
    func whileBusy(_ body: () async throws -> Void) async rethrows {
        hold()
        defer { turn.signal() }
        try await body()
    }

    private let turn = DispatchSemaphore(value: 1)
    private func hold() { turn.wait() }

    private func beLane() {
        let mailbox = desk.parts.mailbox
        while !stopped.withLock({ $0 }) {
            mailbox.bell.wait()
            turn.wait()
            defer { turn.signal() }
            while let letter = mailbox.take() {
                let reply = reply(to: letter.command)
                if case .overLimit = reply {
                } else {
                    commands.withLock { $0.append(letter.command) }
                }
                letter.answer(reply)
            }
        }
    }

    private func reply(to command: LaneCommand) -> LaneReply {
        do {
            switch command {
            case .pay(let wish):
                if let known = known(wish.key) { return known }
                if let breach = try wish.limit?.breach(by: wish.amount?.cents ?? 0, in: journal) {
                    return .overLimit(breach)
                }
                var demand = Attempt.Demand(wish.operation, wish.amount, ticket: wish.ticket)
                demand.key = wish.key
                let attempt = try add(demand)
                board.show(attempt) { $0.phase = .waitingForCard }
                return .payment(attempt, isNew: true)
            case .followUp(let wish):
                if let known = known(wish.key) { return known }
                guard let parent = journal.attempt(wish.reference.sequence) else {
                    return .refused(.notPossible(nil))
                }
                let cents = (wish.amount ?? parent.amount)?.cents ?? 0
                if let breach = try wish.limit?.breach(by: cents, in: journal) {
                    return .overLimit(breach)
                }
                var demand = Attempt.Demand(wish.operation, wish.amount, ticket: parent.ticket)
                (demand.parent, demand.key) = (parent.sequence, wish.key)
                return .payment(try add(demand), isNew: true)
            case .cancel(let reference), .allowDuplicate(let reference):
                return journal.attempt(reference.sequence).map { .payment($0, isNew: false) }
                    ?? .refused(.notPossible(nil))
            case .sweep, .remark: return .done
            }
        } catch { return .fault("\(error)") }
    }

    private func known(_ key: TillKey) -> LaneReply? {
        guard let known = journal.attempts(AttemptQuery(.key(key.text))).first else { return nil }
        return known.key == key
            ? .payment(known, isNew: false) : .keyMismatch(known.reference)
    }

    /// A new attempt in the journal.
    @discardableResult func add(_ demand: Attempt.Demand) throws -> Attempt {
        let attempt = Attempt(
            .init(sequence: journal.nextSequence(), lane: 1, journal: 7), asks: demand,
            incarnation: 1, decidedAt: desk.parts.wall())
        try journal.append([.attempt(attempt)])
        return attempt
    }

    /// An approved sale in the journal.
    @discardableResult func sold(_ cents: Int, ticket: String = "T-1") throws -> Attempt {
        let name = try #require(Ticket(ticket))
        var attempt = try add(Attempt.Demand(.sale, try Amount(cents: cents), ticket: name))
        attempt = attempt.moved(to: .approved, at: desk.parts.wall())
        attempt.facts.transactionID = "1001"
        attempt.facts.approvalCode = "A1B2C3"
        attempt.facts.maskedPAN = MaskedPAN(length: 16, lastFour: (0x31, 0x31, 0x31, 0x31))
        attempt.facts.brand = .visa
        attempt.facts.entry = "plain"
        try journal.append([.attempt(attempt)])
        return attempt
    }

    // MARK: Asking

    /// Sends a request over the socket, and holds its answer to the description.
    func ask(
        _ method: String, _ path: String, _ body: String? = nil, _ headers: [String: String] = [:]
    ) async throws -> Answer {
        let bytes = await RawClient.exchange(
            Request(method, path, body, headers).bytes(host: "localhost"), with: socket)
        let answer = try #require(Answer(bytes), "\(method) \(path): no answer")
        let faults = description.faults(of: answer, to: method, path)
        #expect(faults.isEmpty, "\(method) \(path): \(answer.status) \(answer.body)")
        return answer
    }

    /// Sends a request over the socket that the description does not know.
    func askRaw(_ method: String, _ path: String) async throws -> Answer {
        let bytes = Request(method, path, "{}", [:]).bytes(host: "localhost")
        return try #require(Answer(await RawClient.exchange(bytes, with: socket)), "\(path)")
    }

    /// Sends a request over loopback.
    func askLoopback(
        _ method: String, _ path: String, _ body: String? = nil, _ headers: [String: String] = [:]
    ) async throws -> Answer {
        let bytes = await RawClient.exchange(
            Request(method, path, body, headers).bytes(host: host), with: loopback)
        let answer = try #require(Answer(bytes), "\(method) \(path): no answer")
        let faults = description.faults(of: answer, to: method, path)
        #expect(faults.isEmpty, "\(method) \(path): \(answer.status) \(answer.body)")
        return answer
    }

    /// The header that the supervisor's code gets.
    func supervisor() async throws -> [String: String] {
        let answer = try await ask("POST", "/v1/supervisor", #"{"code":"\#(Self.code)"}"#)
        return ["Supervisor": try #require(answer["token"])]
    }

    /// A request as a well-behaved client writes it.
    struct Request {
        let method: String
        let path: String
        let body: String?
        let headers: [String: String]

        init(_ method: String, _ path: String, _ body: String?, _ headers: [String: String]) {
            (self.method, self.path, self.body, self.headers) = (method, path, body, headers)
        }

        func bytes(host: String) -> [UInt8] {
            var fields = ["Host": host, "Connection": "close"]
            if let body {
                fields["Content-Type"] = "application/json"
                fields["Content-Length"] = String(body.utf8.count)
            }
            fields.merge(headers) { _, new in new }
            let lines = fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }
            let head = "\(method) \(path) HTTP/1.1\r\n\(lines.joined())\r\n"
            return Array((head + (body ?? "")).utf8)
        }
    }
}
