import Foundation

/// One death of the till, and what is left of it.
struct Trial {
    /// What happens after the first kill.
    enum Aftermath: String, CaseIterable {
        case restart = "killed once"
        case killedAgain = "killed again at the restart"
        case latchLost = "latch page lost"
        case powerCut = "power cut"
    }

    let scenario: Scenario
    let aftermath: Aftermath
    /// The stop at which the till is killed, and how far the restart comes if it is killed too.
    let stop: Int
    var restartStop = 0

    /// What went wrong, with where it was.
    struct Violation {
        let place: String
        let faults: [String]
    }

    /// Kills, restarts, sells again and judges.
    func run(in shop: Shop) throws -> Violation? {
        let command = try scenario.prepare(shop)
        if aftermath == .powerCut { try shop.beginSynced() }
        let before = try shop.ledger()
        let (killed, report) = try shop.till(command, disturbed: disturbance(shop))
        try shop.endFaults()
        var place = "\(scenario.rawValue), \(aftermath.rawValue): \(report)"
        switch aftermath {
        case .restart: break
        case .killedAgain:
            let again = try shop.till(
                Scenario.reconcile, disturbed: ["--at", String(restartStop)]
            ).report
            place += "; then \(again)"
        case .latchLost: try shop.loseLatch()
        case .powerCut: try shop.cutPower()
        }
        let faults = try undetected(shop, before) + judge(shop, printed: killed.lines)
        return faults.isEmpty ? nil : Violation(place: place, faults: faults)
    }

    private func disturbance(_ shop: Shop) -> [String] {
        let kill = ["--at", String(stop)]
        return aftermath == .powerCut
            ? kill + ["--folder", shop.journal, "--synced", shop.synced] : kill
    }

    /// Before anybody is asked, what may be charged is shown, or known.
    private func undetected(_ shop: Shop, _ before: Ledger) throws -> [String] {
        let now = try shop.ledger()
        if scenario == .sweep || now == before { return [] }
        return Judge(lines: try shop.allLines(), ledger: now).undetected()
    }

    private func judge(_ shop: Shop, printed: [[String: Any]]) throws -> [String] {
        var faults: [String] = []
        try shop.reconcile(settlesWithoutControl: scenario == .firstSale)
        let next = try shop.till(Scenario.sale("clear-mastercard", "3.20"))
        if next.status != 0 { faults.append("STUCK: the next sale failed: \(next.complaint)") }
        // Each start of the till goes through the whole journal anyway.
        if stop % 8 == 0 || aftermath != .restart {
            let verify = try shop.till(["journal", "verify"])
            if verify.status != 0 { faults.append("JOURNAL: \(verify.complaint)") }
        }
        let end = Judge(lines: try shop.allLines(), ledger: try shop.ledger())
        return faults + end.verdict(copiesByNetwork: scenario.hasCopies)
            + end.wrongWords(printed + next.lines)
    }
}

extension Shop {
    /// Asks the gateway until nothing is open. A journal's very first sale has no older one to
    /// compare with: there an operator looks at the gateway, and settles it.
    func reconcile(settlesWithoutControl: Bool = false) throws {
        for _ in 0..<3 where try till(Scenario.reconcile).status == 0 { return }
        guard settlesWithoutControl else { return }
        let ledger = try ledger()
        for line in try journalLines()
        where line.isOpen && ledger.rows[line.reference]?.holds != true {
            _ = try till([
                "journal", "settle", line.reference, "--not-charged", "--reason",
                "the gateway's own list does not have it", "--yes",
            ])
        }
    }

    // MARK: What power takes with it

    /// The journal's files as of their last syncs.
    var synced: String { "\(folder)/synced" }

    func beginSynced() throws {
        try? FileManager.default.removeItem(atPath: synced)
        try FileManager.default.copyItem(atPath: journal, toPath: synced)
        try? FileManager.default.removeItem(atPath: "\(synced)/journal.sqlite-shm")
    }

    /// What was not synced is lost, and the machine has been started anew.
    func cutPower() throws {
        try FileManager.default.removeItem(atPath: journal)
        try FileManager.default.moveItem(atPath: synced, toPath: journal)
        try ageLatch()
    }

    func loseLatch() throws { try? FileManager.default.removeItem(atPath: latch) }

    private var latch: String { "\(journal)/send.latch" }

    /// A page of another boot, whole by its checksum; docs/journal.md, "The latch".
    private func ageLatch() throws {
        guard var page = FileManager.default.contents(atPath: latch).map(Array.init),
            page.count > 64
        else { return }
        page[16] = page[16] == 0x30 ? 0x31 : 0x30
        let sum = page[..<56].reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        for index in 0..<8 { page[56 + index] = UInt8(truncatingIfNeeded: sum >> (8 * index)) }
        try Data(page).write(to: URL(fileURLWithPath: latch))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: latch)
    }
}
