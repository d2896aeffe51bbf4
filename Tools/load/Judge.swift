import Foundation

/// Compares what the tills were told, what the daemons know and what the gateway holds. Nobody is
/// asked about himself: the gateway's ledger decides.
struct Judge {
    let sales: [Sale]
    let payments: [Payment]
    let ledger: [String: LedgerRow]

    /// What is wrong, a line each.
    func verdict() -> [String] {
        doubles() + lost() + wrong()
    }

    private func doubles() -> [String] {
        let keys = Dictionary(grouping: sales.filter { $0.references.count > 1 }) { $0.key }
        return keys.keys.map { "DOUBLE: the key \($0) has several payments" }
            + payments.compactMap { payment in
                guard let row = ledger[payment.reference] else { return nil }
                guard row.live > 1 || row.liveCents > payment.cents else { return nil }
                return "DOUBLE: \(payment.reference): \(row.live) charges, \(row.liveCents) cents"
            }
    }

    private func lost() -> [String] {
        let known = Set(payments.map(\.reference))
        let unknown = ledger.values.filter { $0.liveCents != 0 && !known.contains($0.reference) }
            .map { "LOST: \($0.reference) charges \($0.liveCents) and no lane knows it" }
        let open = payments.filter { !$0.isFinal }.map { "LOST: \($0.reference) is \($0.state)" }
        let unheard = sales.filter { $0.told.isEmpty }.map {
            "LOST: the sale \($0.key) has no end: \($0.complaint ?? "not said why")"
        }
        return unknown + open + unheard
    }

    private func wrong() -> [String] {
        let byReference = Dictionary(payments.map { ($0.reference, $0) }) { first, _ in first }
        let words = sales.flatMap { sale -> [String] in
            let name = sale.references.first ?? "none"
            let cents = ledger[name]?.liveCents ?? 0
            let now = byReference[name]?.state ?? "unknown"
            return sale.told.compactMap { told in
                guard cents == (told == "approved" ? sale.cents : 0), told == now else {
                    return "WRONG: \(name) told \(told), is \(now), \(cents) cents charged"
                        + (sale.fault.map { " (\($0.rawValue))" } ?? "")
                }
                return nil
            }
        }
        let journals = payments.filter {
            (ledger[$0.reference]?.liveCents ?? 0) != $0.chargedCents
        }.map { "WRONG: \($0.reference) is \($0.state) in the journal, and the ledger differs" }
        return words + journals
    }
}
