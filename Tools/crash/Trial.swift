import Foundation

/// One death of the till, and what is left of it.
struct Trial {
    /// What happens after the first kill.
    enum Aftermath: String, CaseIterable {
        case restart = "killed once"
        case killedAgain = "killed again at the restart"
        case latchLost = "latch page lost"
        case powerCut = "power cut"

        /// At which stops the till is killed.
        var kind: Place.Kind { self == .powerCut ? .syncs : .points }

        /// The name in a table.
        var name: String { self == .powerCut ? "\(rawValue), at each sync" : rawValue }
    }

    let scenario: Scenario
    let aftermath: Aftermath
    /// Where the till is killed, and where its restart is if that is killed too.
    let place: Place
    var restartPlace: Place?

    /// What went wrong, with where it was.
    struct Violation {
        let place: String
        let faults: [String]
    }

    /// What came of it.
    struct Outcome {
        /// False when the till had come to its end before.
        let wasKilled: Bool
        /// What the death left.
        let world: String
        let violation: Violation?
    }

    /// Kills, restarts, sells again and judges.
    func run(in shop: Shop) throws -> Outcome {
        let command = try scenario.prepare(shop)
        if aftermath == .powerCut { try shop.beginSynced() }
        let before = try shop.look()
        let (killed, report) = try shop.till(command, disturbed: disturbance(shop))
        try shop.endFaults()
        var name = "\(scenario.rawValue), \(aftermath.rawValue), \(place): \(report)"
        switch aftermath {
        case .restart: break
        case .killedAgain:
            let again = try shop.till(
                Scenario.reconcile, disturbed: restartPlace?.arguments ?? []
            ).report
            name += "; then \(restartPlace?.description ?? ""): \(again)"
        case .latchLost: try shop.loseLatch()
        case .powerCut: try shop.cutPower()
        }
        let left = try shop.look()
        let faults = undetected(before, left) + (try judge(shop, printed: killed.lines))
        var wasKilled = false
        if case .killed = report { wasKilled = true }
        return Outcome(
            wasKilled: wasKilled, world: left.added(to: before, printed: killed.lines),
            violation: faults.isEmpty ? nil : Violation(place: name, faults: faults))
    }

    private func disturbance(_ shop: Shop) -> [String] {
        let kill = place.arguments + ["--folder", shop.journal]
        return aftermath == .powerCut ? kill + ["--synced", shop.synced] : kill
    }

    /// Before anybody is asked, what may be charged is shown, or known.
    private func undetected(_ before: World, _ left: World) -> [String] {
        if scenario == .sweep || left.ledger == before.ledger { return [] }
        return Judge(left).undetected()
    }

    private func judge(_ shop: Shop, printed: [[String: Any]]) throws -> [String] {
        var faults: [String] = []
        try shop.reconcile(settlesWithoutControl: scenario == .firstSale)
        let next = try shop.till(Scenario.sale("clear-mastercard", "3.20"))
        if next.status != 0 { faults.append("STUCK: the next sale failed: \(next.complaint)") }
        faults += try shop.damages().map { "JOURNAL: \($0)" }
        let end = Judge(try shop.look())
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
