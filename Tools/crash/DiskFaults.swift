import Foundation

/// The till on a disk that fails, at each write, cut and sync of its journal.
struct DiskFaults {
    enum Kind: String, CaseIterable {
        case inputOutput = "EIO"
        case full = "ENOSPC"
        /// Half of the bytes are written, and the caller is told so.
        case short
        /// A sync fails, and then the power goes: what it should have kept is lost.
        case lostSync = "sync"

        /// How many calls it can meet.
        func calls(_ course: Report.Course) -> Int {
            switch self {
            case .inputOutput, .full: course.changes
            case .short: course.writes
            case .lostSync: course.syncCalls
            }
        }

        /// The name in a table.
        var name: String {
            self == .lostSync ? "a sync fails and the power goes" : "disk: \(rawValue)"
        }
    }

    let scenario: Scenario
    let kind: Kind
    /// Which of the journal's calls.
    let call: Int
    /// The scenario undisturbed.
    let survey: Survey

    func run(in shop: Shop) throws -> Trial.Outcome {
        let command = try scenario.prepare(shop)
        if kind == .lostSync { try shop.beginSynced() }
        let before = try shop.look()
        let (result, report) = try shop.till(command, disturbed: disturbance(shop))
        try shop.endFaults()
        if kind == .lostSync { try shop.cutPower() }
        let left = try shop.look()
        var faults = scenario == .sweep ? [] : Judge(left).undetected()
        if scenario.sells {
            faults += selling(result, posts: left.ledger.posts - before.ledger.posts)
        }
        if kind == .short, result.status != survey.course.status {
            faults.append("STOPPED: by a short write: \(result.complaint)")
        }
        try shop.reconcile(settlesWithoutControl: scenario == .firstSale)
        let next = try shop.till(Scenario.sale("clear-mastercard", "3.20"))
        if next.status != 0 { faults.append("STUCK: the next sale failed: \(next.complaint)") }
        faults += try shop.damages().map { "JOURNAL: \($0)" }
        let end = Judge(try shop.look())
        faults +=
            end.verdict(copiesByNetwork: scenario.hasCopies)
            + end.wrongWords(result.lines + next.lines)
        let place = "\(scenario.rawValue), \(kind.rawValue) at call \(call): \(report)"
        return Trial.Outcome(
            wasKilled: call <= kind.calls(survey.course),
            world: left.added(to: before, printed: result.lines),
            violation: faults.isEmpty ? nil : Trial.Violation(place: place, faults: faults))
    }

    private func disturbance(_ shop: Shop) -> [String] {
        let fault = ["--folder", shop.journal, "--fault", kind.rawValue, String(call)]
        return kind == .lostSync ? fault + ["--synced", shop.synced] : fault
    }

    /// The exit code of a till that does not know everything.
    private static let inDoubt: Int32 = 4

    /// A lane whose journal failed has sent nothing that it did not tell of, and sells no more.
    private func selling(_ result: Programs.Result, posts: Int) -> [String] {
        var faults: [String] = []
        if posts != result.lines.count {
            faults.append("SOLD: \(posts) requests left, \(result.lines.count) were told")
        }
        if result.status == survey.course.status, result.status != Self.inDoubt,
            result.lines.count < survey.told
        {
            faults.append("SILENT: no exit code")
        }
        return faults
    }
}

extension Ledger {
    /// Requests that came, of all references.
    var posts: Int { rows.values.reduce(0) { $0 + $1.posts } }
}
