package import Emulator
internal import Journal
internal import Lane
internal import Timeline
internal import Values

/// What a lane is taken through while something goes wrong.
public enum Scene: String, CaseIterable, Sendable {
    /// A sale that is answered.
    case sale
    /// A sale that a card declines.
    case decline
    /// A sale that was charged and whose answer was lost.
    case found
    /// A sale that never reached the ledger.
    case lost
    /// A sale whose answer was lost, and which the till cancels.
    case cancelled
    /// A sale that the till voids.
    case void
    /// A sale that is settled and then refunded.
    case refund
    /// A part of a sale that is refunded.
    case part
    /// An authorisation that is captured.
    case capture
    /// An authorisation that is voided.
    case release

    /// What is wrong in it by itself.
    package var faults: [FaultRule] {
        switch self {
        case .found, .cancelled: [Self.once(.dropAfterCommit)]
        case .lost: [Self.once(.dropBeforeCommit)]
        default: []
        }
    }

    private static func once(_ name: FaultName) -> FaultRule {
        FaultRule(name) {
            $0.operation = "sale"
            $0.times = 1
        }
    }

    /// Plays it to its end: payment, reconciliation, what the till asks for, and two sweeps.
    func play(_ rig: LaneRig) throws {
        let isHold = self == .capture || self == .release
        let cents = self == .decline ? 20 : 1275
        let demand = try Shop.demand("T1", cents: cents, isHold ? .authOnly : .sale)
        let attempt = try rig.pay(demand, self == .decline ? .declining : .visa)
        if self == .cancelled { rig.lane.cancel(demand.ticket) }
        rig.work(minutes: 40)
        if let attempt, let paid = try rig.shop.journal.attempt(attempt.sequence),
            paid.state == .approved
        {
            try follow(rig, paid)
            rig.work(minutes: 40)
        }
        rig.sweep()
        rig.time.advance(milliseconds: 60_000)
        rig.sweep()
    }

    private func follow(_ rig: LaneRig, _ paid: Attempt) throws {
        switch self {
        case .void, .release: try rig.lane.followUp(.void, of: paid)
        case .refund:
            _ = rig.shop.core.settle()
            try rig.lane.followUp(.refund, of: paid)
        case .part: try rig.lane.followUp(.refund, of: paid, amount: Amount(cents: 500))
        case .capture: try rig.lane.followUp(.capture, of: paid)
        case .sale, .decline, .found, .lost, .cancelled: break
        }
    }
}
