import Foundation

/// The till on a disk that fails, at each write, cut and sync of its journal.
struct DiskFaults {
    enum Kind: String, CaseIterable {
        case inputOutput = "EIO"
        case full = "ENOSPC"
        /// Half of the bytes are written, and the caller is told so.
        case short
    }

    /// The commands whose journal writes are spoiled.
    enum Command: String, CaseIterable {
        case sales = "three sales"
        case void
        case partRefund = "refund, a part"
        case reconcile = "reconcile, charged"

        func prepare(_ shop: Shop) throws -> [String] {
            switch self {
            case .sales: Scenario.sale(["--repeat", "3"])
            case .void: try Scenario.void.prepare(shop)
            case .partRefund: try Scenario.partRefund.prepare(shop)
            case .reconcile: try Scenario.reconcileCharged.prepare(shop)
            }
        }
    }

    let command: Command
    let kind: Kind
    /// Which of the journal's calls.
    let call: Int

    func run(in shop: Shop) throws -> Trial.Violation? {
        let before = try shop.ledger()
        let arguments = try command.prepare(shop)
        let (result, report) = try shop.till(
            arguments,
            disturbed: ["--folder", shop.journal, "--fault", String(call), kind.rawValue])
        try shop.endFaults()
        var faults: [String] = []
        let after = try shop.ledger()
        let judge = Judge(lines: try shop.allLines(), ledger: after)
        faults += judge.undetected()
        if command == .sales {
            let posts =
                after.rows.values.reduce(0) { $0 + $1.posts }
                - before.rows.values.reduce(0) { $0 + $1.posts }
            faults += selling(result, posts: posts)
        }
        try shop.reconcile()
        let next = try shop.till(Scenario.sale("clear-mastercard", "3.20"))
        if next.status != 0 { faults.append("STUCK: the next sale failed: \(next.complaint)") }
        if try shop.till(["journal", "verify"]).status != 0 { faults.append("JOURNAL: damaged") }
        let end = Judge(lines: try shop.allLines(), ledger: try shop.ledger())
        faults += end.verdict() + end.wrongWords(result.lines)
        let place = "\(command.rawValue), \(kind.rawValue) at call \(call): \(report)"
        return faults.isEmpty ? nil : Trial.Violation(place: place, faults: faults)
    }

    /// A lane whose journal failed has sent nothing that it did not tell of, and sells no more.
    private func selling(_ result: Programs.Result, posts: Int) -> [String] {
        var faults: [String] = []
        if posts != result.lines.count {
            faults.append("SOLD: \(posts) requests left, \(result.lines.count) were told")
        }
        if result.status == 0, result.lines.count < 3 { faults.append("SILENT: no exit code") }
        if kind == .short, result.status != 0 { faults.append("STOPPED: by a short write") }
        return faults
    }
}
