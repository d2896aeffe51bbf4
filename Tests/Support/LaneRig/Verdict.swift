package import Emulator
internal import Journal
internal import Lane
internal import Values

/// What the gateway's ledger says of a scene at its end.
public enum Verdict: Equatable, Sendable {
    /// Every word was so when it was told, and the money is where the journal says.
    case right
    /// The end is not known; the lane says so, says why, and a person was called.
    case doubt
    /// A word was not so, or money was where it should not be; a person was called.
    case alarmed(String)
    /// Anything else.
    case violation(String)

    /// Judges a lane whose scene is over.
    /// - Throws: what the journal throws.
    package init(_ rig: LaneRig) throws {
        var faults = rig.wrong
        let all = try rig.shop.journal.attempts(AttemptQuery(.all, limit: .max))
        let attempts = all.filter { $0.sequence >= rig.shop.firstSequence }
        faults += Self.money(rig.shop, attempts)
        let open = attempts.filter { !$0.state.isEnd }
        let shown = Set(rig.lane.open.map(\.sequence))
        for attempt in open where !shown.contains(attempt.sequence) {
            faults.append("\(attempt.operation) \(attempt.reference) is open and not shown")
        }
        let isTold = rig.isAlarmed
        if let first = faults.first {
            self = isTold ? .alarmed(first) : .violation(first)
        } else if open.isEmpty {
            self = .right
        } else if isTold {
            self = .doubt
        } else {
            self = .violation("in doubt, and nobody was called: \(open[0].operation)")
        }
    }

    /// Compares charges with the payments that the journal has.
    private static func money(_ shop: Shop, _ attempts: [Attempt]) -> [String] {
        var faults: [String] = []
        let charges = shop.charges
        let live = charges.filter(\.holds)
        let payments = attempts.filter { $0.operation.charges }
        if live.count > payments.count {
            faults.append("\(live.count) live charges of one payment")
        }
        for payment in payments where payment.state.isEnd {
            let refunded = attempts.filter {
                $0.target == payment.facts.transactionID && $0.operation == .refund
                    && $0.state == .approved
            }.reduce(0) { $0 + ($1.amount?.cents ?? 0) }
            let isOpen = attempts.contains { $0.parent == payment.sequence && !$0.state.isEnd }
            let expected = payment.state == .approved ? (payment.amount?.cents ?? 0) - refunded : 0
            let found = live.reduce(0) { $0 + $1.liveCents + $1.heldCents }
            if found != expected, !isOpen {
                faults.append("\(payment.state), and \(found) cents in place of \(expected)")
            }
        }
        if let back = charges.first(where: { $0.liveCents < 0 }) {
            faults.append("\(-back.liveCents) cents more are given back than were paid")
        }
        return faults
    }
}

/// Runs scenes, each in a shop of its own.
public struct SceneRunner {
    private let base: RigBase

    /// A runner over one base.
    public init(_ base: RigBase) { self.base = base }

    /// A scene with a fault at a byte.
    /// - Throws: what the rig throws.
    public func run(_ scene: Scene, _ fault: WireFault? = nil) throws -> Verdict {
        let shop = try Shop(base)
        shop.core.faults.add(scene.faults)
        shop.set(fault)
        // The protocol's rule, with no more rounds of questions than it needs.
        var waits = LaneRig.Waits()
        waits.times.pause = waits.times.pauseMaximum
        let rig = try LaneRig(shop, waits)
        try scene.play(rig)
        guard base.gateway.hasMet else { return .violation("the fault met nothing") }
        return try Verdict(rig)
    }

    /// A scene under switches of the emulator.
    /// - Throws: what the rig throws.
    package func run(_ scene: Scene, under rules: [FaultRule]) throws -> Verdict {
        let shop = try Shop(base)
        shop.core.faults.add(scene.faults + rules)
        let rig = try LaneRig(shop)
        try scene.play(rig)
        return try Verdict(rig)
    }

    /// The bytes of an exchange of a scene without a fault.
    /// - Throws: what the rig throws.
    public func size(
        of exchange: WireFault.Exchange, in scene: Scene
    ) throws -> (request: Int, answer: Int) {
        guard try run(scene) == .right, let size = base.gateway.size(of: exchange) else {
            throw RigFailure.setUp("no \(exchange) in \(scene)")
        }
        return size
    }
}
