internal import Emulator
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

extension Verdict: CustomStringConvertible {
    /// A word, and what was wrong.
    public var description: String {
        switch self {
        case .right: "right"
        case .doubt: "doubt"
        case .alarmed(let text): "alarmed: \(text)"
        case .violation(let text): "violation: \(text)"
        }
    }

    /// The verdict of a description.
    public init?(_ description: String) {
        switch description {
        case "right": self = .right
        case "doubt": self = .doubt
        default:
            let parts = description.split(separator: ": ", maxSplits: 1).map(String.init)
            switch (parts.first, parts.count) {
            case ("alarmed", 2): self = .alarmed(parts[1])
            case ("violation", 2): self = .violation(parts[1])
            default: return nil
            }
        }
    }
}
