import Foundation
import Hygiene
import OwnThreads
import Testing

/// A share of `make hygiene`: the till's programs with numbers that exist nowhere else, all that
/// they write, and what is left of them in memory. A hardened process lets only root look.
///
/// These programs are built to be debugged; their calls are bound at the start, as the release's.
@Suite(
    .blocks, .serialized, .enabled(if: geteuid() == 0, "looking into a hardened process needs root")
)
struct HygieneTests {
    private static let seed = UInt64.random(in: 0...UInt64.max)
    private static let bound = ["LD_BIND_NOW=1"]

    private static func workshop() throws -> Workshop {
        let programs = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().path
        print("hygiene: seed \(seed)")
        return try Workshop(programs: programs)
    }

    @Test func `every planted leak is found: ten forms in ten places`() throws {
        let found = try Controls(Self.workshop(), seed: Self.seed).run()
        #expect(found.cellsFound == Controls.planted, "\(found.table.joined(separator: "\n"))")
        #expect(Controls.planted == 100)
    }

    @Test func `no command and no emulator writes a number anywhere, whatever fails`() throws {
        let result = try WrittenCheck(Self.workshop()).run(swipesPerLayout: 3, seed: Self.seed)
        #expect(result.till.total == 0, "\(result.till.table.joined(separator: "\n"))")
        #expect(result.emulator.total == 0, "\(result.emulator.table.joined(separator: "\n"))")
        #expect(result.swipes > 90)
    }

    @Test func `no copy is left in memory, however a swipe ends`() throws {
        let held = try HeldCheck(Self.workshop()).run(
            swipesPerEnding: 3, seed: Self.seed, environment: Self.bound)
        #expect(held.findings.total == 0, "\(held.findings.table.joined(separator: "\n"))")
    }

    @Test func `a replay that is killed while a card is on its way leaves nothing of it`() throws {
        let result = try InFlightCheck(Self.workshop()).run(
            seed: Self.seed, environment: Self.bound)
        #expect(result.findings.total == 0, "\(result.findings.table.joined(separator: "\n"))")
        #expect(result.inFlight.contains { $0 > 0 }, "no card on its way was seen")
    }

    @Test func `a keyed card and a token stand nowhere, nor on a screen or in memory`() throws {
        let result = try PromptCheck(Self.workshop()).run(cardsPerEnding: 1, seed: Self.seed)
        for found in [result.till, result.emulator, result.held] {
            #expect(found.total == 0, "\(found.table.joined(separator: "\n"))")
        }
        #expect(result.cards == 1 + 7 * 2 + 6 * 3)
        #expect(result.till.rows[.screen] != nil && result.held.rows[.screen] != nil)
    }

    @Test func `a sale by hand that is killed leaves nothing of its card`() throws {
        let result = try PromptCheck(Self.workshop()).kill(lives: 4, seed: Self.seed)
        #expect(result.held.total == 0, "\(result.held.table.joined(separator: "\n"))")
        let seen = result.inFlight
        #expect(seen.count == 4 && seen.allSatisfy { $0 > 0 }, "on its way were seen: \(seen)")
    }

    @Test func `the till's service writes no number and no token, and its memory keeps none`()
        throws
    {
        let result = try ServiceCheck(Self.workshop()).run(
            paymentsPerEnding: 1, seed: Self.seed, environment: Self.bound)
        for found in [result.till, result.emulator, result.held] {
            #expect(found.total == 0, "\(found.table.joined(separator: "\n"))")
        }
        #expect(result.payments == 2 * 6)
        #expect(result.inFlight > 0, "no card on its way was seen")
    }

    @Test func `a crash with a track in hand says nothing of it`() throws {
        let crashed = try CrashCheck(Self.workshop()).run(limit: 3, seed: Self.seed)
        #expect(crashed.crashes == 24)
        #expect(crashed.findings.total == 0, "\(crashed.findings.table.joined(separator: "\n"))")
    }
}
