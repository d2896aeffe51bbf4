internal import Advice
internal import Hummingbird
internal import Journal
internal import Lane
internal import Timeline
internal import Values

/// What the lane, its reader and its gateway are.
extension TillAPI {
    /// The lane as it is now.
    func lane(in language: Language) -> JSON {
        let view = board.view
        return [
            "state": .string(Self.state(of: view)), "current": payment(view.current, language),
            "queued": payment(view.queued, language),
            "inDoubt": .array(view.inDoubt.map { shown($0, language) }),
            "stop": view.stop.map { Self.stop($0, language) } ?? .null,
            "alarms": .array(view.alarms.map { Self.alarm($0, language) }),
            "lane": .integer(journal.lane),
            "gateway": Self.gateway(view.gateway), "reader": Self.reader(view.readers.first),
            "replay": .boolean(desk.parts.replay != nil), "version": .string(desk.parts.version),
        ]
    }

    private func payment(_ sequence: UInt64?, _ language: Language) -> JSON {
        guard let sequence else { return .null }
        do throws(JournalFault) {
            return try journal.attempt(sequence).map { shown($0, language) } ?? .null
        } catch { return .null }
    }

    /// A payment as it is told; without what followed it when that cannot be read.
    func shown(_ attempt: Attempt, _ language: Language) -> JSON {
        let live = board.view.live(of: attempt)
        return PaymentRecord.best(attempt, live, in: journal).json(in: language)
    }

    /// The lane in one word.
    static func state(of view: LaneView) -> String {
        if view.stop != nil { return "stopped" }
        return view.current.flatMap { view.live($0).phase?.rawValue }
            ?? (view.isArming ? LaneView.Phase.arming.rawValue : "ready")
    }

    private static func stop(_ stop: LaneStop, _ language: Language) -> JSON {
        [
            "code": .string(stop.code.rawValue), "text": .string(stop.text(in: language)),
            "reference": .text(stop.reference?.text), "detail": .text(stop.detail),
        ]
    }

    /// An alarm: its name and what it is about, for programs, and in words.
    static func alarm(_ alarm: LaneView.Alarm, _ language: Language) -> JSON {
        [
            "number": .integer(alarm.number), "code": .string(alarm.alarm.code.rawValue),
            "text": .string(alarm.alarm.text(in: language)),
            "reference": .text(alarm.alarm.reference?.text),
            "transaction": .text(alarm.alarm.transaction),
            "amount": PaymentRecord.money(alarm.amount?.cents), "at": .string(alarm.at.text),
        ]
    }

    /// Whether the gateway answers.
    static func gateway(_ gateway: LaneView.Gateway) -> JSON {
        [
            "reachable": gateway.isReachable.map { .boolean($0) } ?? .null,
            "since": .string(gateway.since.text),
        ]
    }

    private static func reader(_ reader: ReaderView?) -> JSON {
        guard let reader else { return .null }
        return [
            "connected": .boolean(reader.isConnected), "name": .string(reader.name),
            "brand": .text(reader.brand), "model": .text(reader.model),
            "since": .string(reader.since.text),
        ]
    }

    /// All readers.
    func readers(_ view: LaneView) -> JSON {
        let readers = view.readers.map { reader -> JSON in
            [
                "name": .string(reader.name), "brand": .text(reader.brand),
                "model": .text(reader.model), "serial": .text(reader.serial),
                "connected": .boolean(reader.isConnected),
                "state": .string(reader.state.rawValue),
                "faults": .array(reader.faults.map { .string($0) }),
                "replayed": .boolean(reader.isReplayed),
            ]
        }
        return ["readers": .array(readers)]
    }

    /// How long the last payments took.
    func latency(_ request: Request) throws -> JSON {
        let last = try Query(request).integer("last", 1...200) ?? 50
        let timed = board.view.live.sorted { $0.key > $1.key }.compactMap { sequence, live in
            live.stages.flatMap { stages in stages.total.map { (sequence, stages, $0) } }
        }
        let payments = try timed.prefix(last).map { sequence, stages, total -> JSON in
            let found: Attempt?
            do throws(JournalFault) { found = try journal.attempt(sequence) } catch {
                throw Problem(error)
            }
            let own = [stages.handOff, stages.decode, stages.build, stages.send]
                .reduce(0) { $0 + ($1 ?? 0) }
            return [
                "reference": .text(found?.reference.text), "at": .text(found?.stateAt.text),
                "totalMicroseconds": .number(total / 1000), "ownMicroseconds": .number(own / 1000),
            ]
        }
        return ["payments": .array(payments.reversed())]
    }

    /// Whether the daemon can take a payment.
    func health() -> Response {
        let view = board.view
        let isReady = view.readers.contains(where: \.isConnected)
        let status =
            view.stop != nil
            ? "stopped" : view.gateway.isReachable == false || !isReady ? "degraded" : "ok"
        let uptime = desk.parts.time.now().since(desk.startedAt) / 1_000_000_000
        let json: JSON = [
            "status": .string(status),
            "journal": view.stop.map { if case .journal = $0 { "stopped" } else { "ok" } } ?? "ok",
            "gateway": view.gateway.isReachable.map { $0 ? "reachable" : "unreachable" }
                ?? "unknown",
            "reader": isReady ? "connected" : "missing",
            "lane": .string(Self.state(of: view)), "uptime": .number(uptime),
        ]
        return Response(json, status: view.stop == nil ? .ok : .serviceUnavailable)
    }
}

/// The query of a request, each name at most once.
internal struct Query {
    private let parameters: [(name: String, value: String)]

    init(_ request: Request) {
        parameters = request.uri.queryParameters.map { (String($0.key), String($0.value)) }
    }

    /// A text.
    func text(_ name: String) throws -> String? {
        let values = parameters.filter { $0.name == name }.map(\.value)
        guard values.count < 2 else { throw Self.wrong(name, "must be given once") }
        return values.first
    }

    /// A whole number.
    func integer(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let text = try text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Self.wrong(name, "must be \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Refuses every other name.
    func allow(_ names: Set<String>) throws {
        guard parameters.allSatisfy({ names.contains($0.name) }) else {
            throw Problem(
                .badRequest, .badRequest, "the query has a name that is not known here",
                remedy: "known are \(names.sorted().joined(separator: ", "))")
        }
    }

    static func wrong(_ name: String, _ rule: String) -> Problem {
        Problem(.badRequest, .badRequest, "\(name) \(rule)", remedy: "correct the query")
    }
}
