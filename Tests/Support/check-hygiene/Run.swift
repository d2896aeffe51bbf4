internal import Foundation
internal import Hygiene

/// The parts of the proof, one after another, each told as it ends.
struct Run {
    private let workshop: Workshop
    private let swipes: Int
    private let seed: UInt64

    init(programs: String, swipes: Int, seed: UInt64) throws {
        workshop = try Workshop(programs: programs)
        self.swipes = swipes
        self.seed = seed
    }

    /// True when every planted leak was found, and nothing else.
    func isClean() throws -> Bool {
        let controls = try Controls(workshop, seed: seed).run()
        tell("Planted leaks: \(controls.cellsFound) of \(Controls.planted) found", controls)
        let held = try HeldCheck(workshop).run(
            swipesPerEnding: max(10, min(swipes, 1000) / 14), seed: seed &+ 1_000_000)
        tell("Memory after \(held.swipes) swipes, each searched at once", held.findings)
        let inFlight = try InFlightCheck(workshop).run(seed: seed &+ 2_000_000)
        tell(
            "A replay held by its gateway, then killed by \(inFlight.inFlight.count) signals; of "
                + "the card on its way, copies in memory: \(inFlight.inFlight), in "
                + "cores by gdb: \(inFlight.inFlightCores)",
            inFlight.findings)
        let crashed = try CrashCheck(workshop).run(seed: seed &+ 3_000_000)
        tell("\(crashed.crashes) crashes with a track in hand", crashed.findings)
        let prompts = try PromptCheck(workshop)
        let prompted = try prompts.run(
            cardsPerEnding: max(1, min(swipes, 1000) / 100), seed: seed &+ 4_000_000)
        let killed = try prompts.kill(lives: 8, seed: seed &+ 5_000_000)
        tell("Written by the till, \(prompted.cards) cards keyed or by token", prompted.till)
        tell("Written by the emulator in the same", prompted.emulator)
        tell("Memory and screens after the same", prompted.held)
        tell(
            "A sale by hand killed by \(killed.cards) signals; of the card on its way, copies in "
                + "memory: \(killed.inFlight)", killed.held)
        let service = try ServiceCheck(workshop).run(
            paymentsPerEnding: max(5, min(swipes, 1000) / 25), seed: seed &+ 6_000_000)
        tell("Written by the till's service, \(service.payments) payments", service.till)
        tell("Written by the emulator in the same", service.emulator)
        tell(
            "Memory of the till's service after each of the same, and a core while one more card "
                + "is on its way: copies of that in memory: \(service.inFlight)", service.held)
        let written = try self.written()
        let found =
            prompted.till.total + prompted.emulator.total + prompted.held.total
            + killed.held.total + service.till.total + service.emulator.total
            + service.held.total + written
            + held.findings.total + inFlight.findings.total + crashed.findings.total
        let isSeen =
            controls.cellsFound == Controls.planted
            && inFlight.inFlight.contains { $0 > 0 } && killed.inFlight.allSatisfy { $0 > 0 }
            && service.inFlight > 0
        print("\nfound \(found), controls \(isSeen ? "all seen" : "NOT ALL SEEN")")
        return found == 0 && isSeen
    }

    /// What the programs wrote, in batches, so that no log grows without bound.
    /// - Returns: how much was found.
    private func written() throws -> UInt64 {
        var swipesDone = 0
        var till = Findings()
        var emulator = Findings()
        var batch: UInt64 = 0
        while swipesDone < swipes {
            let result = try WrittenCheck(workshop).run(
                swipesPerLayout: min(100, max(10, swipes / 15)), seed: seed &+ 1 &+ batch)
            till.add(result.till)
            emulator.add(result.emulator)
            swipesDone += result.swipes
            batch += 1_000
        }
        tell("Written by the till in \(swipesDone) swipes", till)
        tell("Written by the emulator in the same", emulator)
        return till.total + emulator.total
    }

    private func tell(_ title: String, _ findings: Findings) {
        print("\n\(title)\n")
        findings.table.forEach { print($0) }
        fflush(nil)
    }
}
