import Emulator
import Journal
import Lane
import LaneRig
import Values

extension LaneRig {
    /// The states that were told as an end, in their order.
    var ends: [AttemptState] {
        news.compactMap { if case .ended(let attempt) = $0 { attempt.state } else { nil } }
    }

    /// The refusals that were told.
    var refusals: [LaneRefusal] {
        news.compactMap { if case .refused(let refusal) = $0 { refusal } else { nil } }
    }

    /// Charges at the gateway that hold money, the earlier payment aside.
    var live: [Charge] { shop.charges.filter(\.holds) }

    /// The attempt as the journal has it.
    func kept(_ attempt: Attempt?) throws -> Attempt? {
        guard let attempt else { return nil }
        return try shop.journal.attempt(attempt.sequence)
    }
}

extension Shop {
    /// A shop whose gateway does something wrong.
    static func with(
        _ faults: FaultRule..., hasSold: Bool = true
    ) throws -> Shop {
        let shop = try Shop(RigBase(), hasSold: hasSold)
        shop.core.faults.add(faults)
        return shop
    }
}

/// A fault that meets the first sale alone.
func once(_ name: FaultName, _ operation: String = "sale") -> FaultRule {
    FaultRule(name) {
        $0.operation = operation
        $0.times = 1
    }
}
