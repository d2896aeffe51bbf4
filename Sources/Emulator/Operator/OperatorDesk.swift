internal import Foundation

/// The operator's interface of the emulator: its ledger, its clock and its faults. It tells
/// nothing that is secret: card numbers are masked everywhere.
package struct OperatorDesk: Sendable {
    private let core: EmulatorCore
    private let clock: VirtualClock

    /// The interface of a gateway whose clock is `clock`.
    package init(_ core: EmulatorCore, clock: VirtualClock) {
        self.core = core
        self.clock = clock
    }

    /// Answers a request of the operator.
    package func respond(to request: GatewayRequest) -> GatewayResponse {
        core.catchUp()
        switch (request.method, request.path) {
        case ("GET", "/ledger"): return .json(ledger(request))
        case ("GET", "/transactions"): return .json(core.ledger.json)
        case ("GET", "/recurring-bills"):
            return .json(.array(core.ledger.recurringBills.map(\.json)))
        case ("GET", "/batches"):
            return .json(.array(core.ledger.read { $0.batches }.map(\.json)))
        case ("GET", "/posts"): return .json(.array(core.posts.all.map(\.json)))
        case ("GET", "/switches"): return .json(.array(FaultName.allCases.map(\.json)))
        case ("GET", "/faults"): return .json(faults)
        case ("POST", "/faults"): return addFaults(request.body)
        case ("DELETE", "/faults"):
            core.faults.removeAll()
            return .json(faults)
        case ("GET", "/clock"): return .json(time)
        case ("POST", "/clock"): return advance(request.body)
        case ("POST", "/settle"): return settle(request.body)
        case ("POST", "/release"): return release(request.body)
        case ("GET", "/webhooks"):
            return .json(.array(core.ledger.read { $0.deliveries }.map(\.json)))
        case ("GET", "/mails"): return .json(.array(core.ledger.read { $0.mails }.map(\.json)))
        default: return Self.refusal("no such path or method", .notFound)
        }
    }

    private static func refusal(
        _ text: String, _ status: GatewayStatus = .badRequest
    ) -> GatewayResponse {
        .json(.members(["error": .string(text)]), status: status)
    }

    private var time: JSONValue { .members(["now": .string(clock.now().withOffset)]) }

    private var faults: JSONValue {
        .array(core.faults.pending.map { $0.rule.json.adding(["seen": .integer($0.seen)]) })
    }

    private func addFaults(_ body: [UInt8]) -> GatewayResponse {
        do throws(FaultFileFault) {
            core.faults.add(try FaultRule.list(parsing: body))
            return .json(faults)
        } catch {
            return Self.refusal(error.description)
        }
    }

    private func advance(_ body: [UInt8]) -> GatewayResponse {
        guard let value = try? JSONValue(parsing: body)["advanceMilliseconds"],
            let milliseconds = MerchantRules.identifier(value), milliseconds < 1 << 40
        else {
            return Self.refusal("write {\"advanceMilliseconds\": 1000}, below 2^40 a time")
        }
        guard core.keepClock(ahead: milliseconds) else {
            return Self.refusal("the store cannot be written", .internalServerError)
        }
        clock.advance(milliseconds: milliseconds)
        core.catchUp()
        return .json(time)
    }

    private func settle(_ body: [UInt8]) -> GatewayResponse {
        guard let value = body.isEmpty ? .object([]) : try? JSONValue(parsing: body),
            value.members != nil
        else { return Self.refusal("write {} or {\"terminal\": 1}") }
        let batches = core.settle(
            organization: value["organization"].flatMap(MerchantRules.identifier),
            terminal: value["terminal"].flatMap(MerchantRules.identifier))
        return .json(.members(["batches": .array(batches.map(JSONValue.integer))]))
    }

    /// Lets go what a risk rule holds.
    private func release(_ body: [UInt8]) -> GatewayResponse {
        guard let id = try? JSONValue(parsing: body)["id"]?.numberText else {
            return Self.refusal("write {\"id\": \"1001\"}")
        }
        guard core.release(id) else {
            return Self.refusal("no transaction with this id is held", .notFound)
        }
        return .json(core.ledger.entry(id: id)?.json ?? .null)
    }

    /// What was charged, by reference; with a query `reference=...` of one alone.
    private func ledger(_ request: GatewayRequest) -> JSONValue {
        let asked = request.target.split(separator: "?", maxSplits: 1).dropFirst().first
            .flatMap { $0.hasPrefix("reference=") ? $0.dropFirst(10) : nil }
            .map { String($0).removingPercentEncoding ?? String($0) }
        let charges = Dictionary(grouping: core.ledger.charges) { $0.reference ?? "" }
        let posts = Dictionary(grouping: core.posts.all) { $0.reference ?? "" }
        let names = Set(charges.keys).union(posts.keys).sorted()
        let rows = names.filter { asked == nil || asked == $0 }.map { name in
            let own = charges[name] ?? []
            return JSONValue.members([
                "reference": .string(name), "posts": .integer(posts[name]?.count ?? 0),
                "live": .integer(own.count(where: \.isLive)),
                "liveCents": .integer(own.reduce(0) { $0 + $1.liveCents }),
                "charges": .array(own.map(\.json)),
            ])
        }
        return time.adding(["references": .array(rows)])
    }
}

extension PostLog.Post {
    /// The POST as the operator reads it.
    package var json: JSONValue {
        .members([
            "at": .string(at.withOffset), "path": .string(path),
            "reference": .optional(reference), "target": .optional(target),
            "cents": cents.map(JSONValue.integer) ?? .null,
        ])
    }
}

extension FaultName {
    /// The switch as the operator reads it.
    fileprivate var json: JSONValue {
        .members([
            "name": .string(rawValue), "stage": .string(stage.rawValue),
            "summary": .string(summary),
        ])
    }
}
