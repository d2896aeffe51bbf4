import LaneSimulation
import OwnThreads
import Testing

@Suite(.blocks) struct SimulationTests {
    @Test func `in two thousand lives nothing is charged twice, lost or told wrongly`() {
        for seed in UInt64(1)...2000 {
            var life = Simulation(seed: seed)
            _ = life.run()
            #expect(life.violations.isEmpty, "seed \(seed)")
        }
    }

    /// A cancel while the till's own void was under way, which the gateway then refused.
    @Test(arguments: [UInt64(563_037), 581_051, 2_090_929])
    func `a seed that once found a fault finds none`(seed: UInt64) {
        var life = Simulation(seed: seed)
        _ = life.run()
        #expect(life.violations.isEmpty)
    }

    @Test(arguments: Mutant.allCases)
    func `a planted fault of the protocol is found`(mutant: Mutant) {
        let found = (UInt64(1)...20_000).contains { seed in
            var life = Simulation(seed: seed, mutant: mutant)
            _ = life.run()
            return !life.violations.isEmpty
        }
        #expect(found)
    }

    @Test func `a seed is lived again exactly`() {
        for seed in UInt64(1)...20 {
            var one = Simulation(seed: seed)
            var other = Simulation(seed: seed)
            #expect(one.run() == other.run())
        }
    }
}
