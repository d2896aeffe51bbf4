import LaneSimulation
import Testing

@Suite struct SimulationTests {
    @Test func `in two thousand lives nothing is charged twice, lost or told wrongly`() {
        for seed in UInt64(1)...2000 {
            var life = Simulation(seed: seed)
            _ = life.run()
            #expect(life.violations.isEmpty, "seed \(seed)")
        }
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
