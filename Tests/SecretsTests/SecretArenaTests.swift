import OwnThreads
import Secrets
import Testing

/// The pages below the secrets.
@Suite(.blocks) struct SecretArenaTests {
    @Test func `hands blocks out, counts them and takes them back`() throws {
        let arena = try SecretArena(blocks: 3)
        #expect(arena.freeBlocks == 3)
        func hold() throws {
            let one = try arena.take(capacity: 1)
            let two = try arena.take(capacity: SecretArena.blockBytes + 1)
            #expect(arena.freeBlocks == 0)
            let capacities = (one.capacity, two.capacity)
            #expect(capacities == (SecretArena.blockBytes, 2 * SecretArena.blockBytes))
        }
        try hold()
        #expect(arena.freeBlocks == 3)
        let whole = try arena.take(capacity: 3 * SecretArena.blockBytes)
        let capacity = whole.capacity
        #expect(capacity == 3 * SecretArena.blockBytes)
    }

    @Test func `gives a returned block to the next who asks`() throws {
        let arena = try SecretArena(blocks: 1)
        func hold() throws -> UInt {
            var secret = try arena.take(capacity: 1)
            try secret.append(1)
            return Memory.address(of: secret)
        }
        let first = try hold()
        #expect(try hold() == first)
    }

    @Test(arguments: [1, SecretArena.blockBytes, Int.max])
    func `a full arena is a typed error`(capacity: Int) throws {
        let arena = try SecretArena(blocks: 1)
        let held = try arena.take(capacity: 0)
        #expect(throws: SecretError.arenaFull) {
            let more = try arena.take(capacity: capacity)
            #expect(more.capacity == 0)
        }
        #expect(held.capacity == SecretArena.blockBytes)
    }

    @Test func `more than the whole arena is never had`() throws {
        let arena = try SecretArena(blocks: 2)
        #expect(throws: SecretError.arenaFull) {
            let more = try arena.take(capacity: 2 * SecretArena.blockBytes + 1)
            #expect(more.capacity == 0)
        }
        #expect(arena.freeBlocks == 2)
    }

    @Test func `sixty-four blocks are one stretch`() throws {
        let arena = try SecretArena(blocks: 64)
        func hold() throws {
            let whole = try arena.take(capacity: 64 * SecretArena.blockBytes)
            #expect(arena.freeBlocks == 0)
            #expect(whole.count == 0)
        }
        try hold()
        #expect(arena.freeBlocks == 64)
    }

    @Test(.enabled(if: Sanitizer.isAbsent, "a sanitizer locks nothing"))
    func `pages are locked, not dumped and wiped on fork`() throws {
        let arena = try SecretArena(blocks: 1)
        var secret = try arena.take(capacity: 1)
        try secret.append(1)
        let flags = try Memory.flags(at: Memory.address(of: secret))
        #expect(flags.isSuperset(of: ["lo", "dd", "wf"]))
    }

    @Test func `the pages before and behind are nobody's`() throws {
        let arena = try SecretArena(blocks: 1)
        var secret = try arena.take(capacity: 1)
        try secret.append(1)
        let address = Memory.address(of: secret)
        for neighbour in [address - 4096, address + UInt(SecretArena.blockBytes)] {
            let flags = try Memory.flags(at: neighbour)
            #expect(!flags.isEmpty && flags.isDisjoint(with: ["rd", "wr", "ex"]))
        }
    }

    @Test(.enabled(if: Sanitizer.isAbsent, "a sanitizer locks nothing"))
    func `pages that may not be locked are a typed error`() throws {
        #expect(try Child.run("arena", "0").output == "lock refused\n")
    }

    @Test func `a lane's arena works within the 64 KiB of an ordinary user`() throws {
        let held = SecretArena.laneBlocks - 1
        #expect(try Child.run("arena", "64").output == "locked \(held)\n")
    }

    @Test func `a forked child sees zeros, its parent the bytes`() throws {
        #expect(try Child.run("fork").output == "child zeros parent \(64 * 0xA5)\n")
    }

    @Test(arguments: [
        (SecretError.pagesRefused(.lock, errno: 12), "ulimit -l 64"),
        (.pagesRefused(.map, errno: 12), "errno 12"),
        (.arenaFull, "in use"), (.noRoom, "room"), (.notHardened(errno: 1), "errno 1"),
    ])
    func `every fault names itself and what helps`(fault: SecretError, part: String) {
        #expect(fault.description.contains(part))
    }
}
