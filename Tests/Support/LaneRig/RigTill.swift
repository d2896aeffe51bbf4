internal import Emulator
internal import Journal
internal import Lane
internal import Values

/// What the till hears, each word compared with the gateway's ledger at that moment.
final class RigTill {
    private let shop: Shop
    private var ended: [UInt64: AttemptState] = [:]
    var news: [LaneNews] = []
    var wrong: [String] = []

    init(_ shop: Shop) { self.shop = shop }

    func hear(_ item: LaneNews) {
        news.append(item)
        guard case .ended(let attempt) = item else { return }
        if let before = ended[attempt.sequence], before != attempt.state,
            !(before == .approved && attempt.state == .reversed)
        {
            wrong.append("\(attempt.reference) was told \(before), then \(attempt.state)")
        }
        ended[attempt.sequence] = attempt.state
        if attempt.operation.charges { compare(attempt) }
    }

    private func compare(_ attempt: Attempt) {
        let all = shop.core.ledger.charges
        let ours = all.filter { $0.reference == attempt.reference.text && $0.holds }
        let named = all.first { $0.id == attempt.facts.transactionID && $0.holds }
        if attempt.state == .approved {
            guard let named else {
                wrong.append("\(attempt.reference) is told approved without a charge")
                return
            }
            if named.cents + named.heldCents != attempt.amount?.cents {
                wrong.append("\(attempt.reference) is told approved with another amount")
            }
            if shop.earlier.contains(named.id) {
                wrong.append("\(attempt.reference) is told approved by another's charge")
            }
        } else if !ours.isEmpty {
            wrong.append("\(attempt.reference) is told \(attempt.state) with a charge")
        }
    }
}

extension Charge {
    /// Money is taken or reserved by it.
    package var holds: Bool { isLive || heldCents > 0 }
}
