import OwnThreads
import Testing

/// What is killed at, and what is taken for the same: the tool on which `make crash` stands.
@Suite(.blocks, .enabled(if: KillAt.knowsThisMachine, "kill-at knows the registers of x86-64 only"))
struct KillAtTests {
    private let tool = KillAt()

    /// Every point, from the first on.
    private func points() throws -> [KillAt.End] {
        var ends: [KillAt.End] = []
        while true {
            let end = try tool.run("--at", "points", String(ends.count + 1))
            guard end.wasKilled else { return ends }
            ends.append(end)
        }
    }

    @Test func `the points see every state of the folder, one after another`() throws {
        var states: [String] = []
        for end in try points() where states.last != end.state { states.append(end.state) }
        #expect(
            states == [
                "", "send.latch.new 0", "send.latch.new 4096 word 0", "send.latch 4096 word 0",
                "send.latch 4096 word 7",
            ])
    }

    @Test func `memory that has changed makes a point of a call that changes nothing`() throws {
        let raised = try points().first { $0.state == "send.latch 4096 word 7" }
        #expect(raised?.report.dropFirst(2) == ["entry", "getpid"])
    }

    @Test func `stops that are taken for the same leave what a point has left`() throws {
        let whole = try tool.run()
        let same = try #require(whole.count("same"))
        let known = Set(try points().map(\.state))
        for number in [1, same / 2] + Array(same - 12...same) {
            let end = try tool.run("--at", "same", String(number))
            #expect(known.contains(end.state), "\(end.report)")
        }
    }

    @Test func `an undisturbed run counts everything and finds nothing that was missed`() throws {
        let whole = try tool.run()
        let stops = try #require(whole.count("stops"))
        let points = try #require(whole.count("points"))
        #expect(whole.count("same") == stops - points)
        #expect(points > 10 && points < stops / 10)
        #expect(whole.count("leaks") == 0)
        // An fsync of the file, entered and left; that of the folder is no file's.
        #expect(whole.count("syncs") == 2)
        #expect(whole.count("writes") == 1)
        #expect(whole.state == "send.latch 4096 word 7")
    }

    @Test(arguments: ["EIO", "ENOSPC"])
    func `a disk that fails is told of`(_ kind: String) throws {
        let end = try tool.run("--fault", kind, "2")
        #expect(end.count("status") != 137)
        #expect(end.state == "send.latch.new 0")
    }

    @Test func `a write that writes half is completed`() throws {
        let end = try tool.run("--fault", "short", "1")
        #expect(end.count("writes") == 2)
        #expect(end.state == "send.latch 4096 word 7")
    }

    @Test func `a sync that fails is not tried again`() throws {
        let end = try tool.run("--fault", "sync", "1")
        #expect(end.count("syncCalls") == 1)
        #expect(end.state == "send.latch.new 4096 word 0")
    }
}
