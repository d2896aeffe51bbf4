import OwnThreads
import Secrets
import Testing
import Values

/// What a secret holds and what stays of it, seen through the kernel's eyes.
@Suite(.blocks) struct SecretBytesTests {
    private static let mark: UInt8 = 0xA5

    /// A fault that a body throws on its way.
    private struct Interrupted: Error, Equatable {}

    private func marked(_ arena: SecretArena, count: Int = 64) throws -> SecretBytes {
        var secret = try arena.take(capacity: SecretArena.blockBytes)
        for _ in 0..<count { try secret.append(Self.mark) }
        return secret
    }

    private func marksLeft(at address: UInt) throws -> Int {
        try #require(Memory.count(of: Self.mark, inBlockAt: address))
    }

    @Test func `the look through the kernel sees what a live secret holds`() throws {
        let arena = try SecretArena(blocks: 1)
        let secret = try marked(arena)
        let left = try marksLeft(at: Memory.address(of: secret))
        #expect(left == 64)
        #expect(secret.count == 64)
    }

    @Test func `nothing stays when a secret goes out of scope`() throws {
        let arena = try SecretArena(blocks: 1)
        func hold() throws -> UInt { Memory.address(of: try marked(arena)) }
        let address = try hold()
        #expect(try marksLeft(at: address) == 0)
        #expect(arena.freeBlocks == 1)
    }

    @Test func `nothing stays when an error ends the scope`() throws {
        let arena = try SecretArena(blocks: 1)
        var address: UInt = 0
        func hold() throws {
            let secret = try marked(arena)
            address = Memory.address(of: secret)
            throw Interrupted()
        }
        #expect(throws: Interrupted()) { try hold() }
        #expect(try marksLeft(at: address) == 0)
        #expect(arena.freeBlocks == 1)
    }

    @Test func `nothing stays after a wipe, and it can be filled again`() throws {
        let arena = try SecretArena(blocks: 1)
        var secret = try marked(arena)
        let address = Memory.address(of: secret)
        secret.wipe()
        #expect(try marksLeft(at: address) == 0)
        let emptied = secret.count
        #expect(emptied == 0)
        try secret.append(1)
        #expect(Memory.address(of: secret) == address)
    }

    @Test func `a truncation wipes what it cuts off`() throws {
        let arena = try SecretArena(blocks: 1)
        var secret = try marked(arena)
        secret.truncate(to: 10)
        #expect(try marksLeft(at: Memory.address(of: secret)) == 10)
        secret.truncate(to: 10)
        let count = secret.count
        #expect(count == 10)
    }

    @Test func `dropping the first bytes moves the rest and wipes where it stood`() throws {
        let arena = try SecretArena(blocks: 1)
        var secret = try marked(arena, count: 3)
        try secret.append(1)
        try secret.append(2)
        secret.dropFirst(3)
        let address = Memory.address(of: secret)
        #expect(try marksLeft(at: address) == 0)
        #expect(try #require(Memory.read(at: address, count: 5)) == [1, 2, 0, 0, 0])
        let count = secret.count
        #expect(count == 2)
    }

    @Test func `what a body appended before it threw counts and is wiped`() throws {
        let arena = try SecretArena(blocks: 1)
        var secret = try marked(arena, count: 1)
        let address = Memory.address(of: secret)
        #expect(throws: Interrupted()) {
            try secret.fill { (output: inout OutputSpan<UInt8>) throws(Interrupted) in
                output.append(Self.mark)
                output.append(Self.mark)
                throw Interrupted()
            }
        }
        let count = secret.count
        #expect(count == 3)
        #expect(try marksLeft(at: address) == 3)
        secret.wipe()
        #expect(try marksLeft(at: address) == 0)
    }

    @Test func `what a body wrote and took back is wiped too`() throws {
        let arena = try SecretArena(blocks: 1)
        var secret = try marked(arena, count: 1)
        let address = Memory.address(of: secret)
        secret.fill { output in
            for _ in 0..<50 { output.append(Self.mark) }
            output.removeLast(49)
        }
        let count = secret.count
        #expect(count == 2)
        #expect(try marksLeft(at: address) == 51)
        secret.wipe()
        #expect(try marksLeft(at: address) == 0)
    }

    @Test(arguments: [(-1, 0), (0, 0), (3, 3), (4_095, 4_095), (Int.max, 4_095)])
    func `a body is lent no more room than it was granted`(maximum: Int, lent: Int) throws {
        let arena = try SecretArena(blocks: 1)
        var secret = try marked(arena, count: 1)
        let free = secret.fill(atMost: maximum) { $0.freeCapacity }
        #expect(free == lent)
    }

    @Test func `what a body wrote in granted room and took back is wiped too`() throws {
        let arena = try SecretArena(blocks: 1)
        var secret = try marked(arena, count: 1)
        let address = Memory.address(of: secret)
        secret.fill(atMost: 50) { output in
            for _ in 0..<50 { output.append(Self.mark) }
            output.removeLast(50)
        }
        // Less room than before does not make it forget how far it was written.
        secret.fill(atMost: 1) { output in output.append(Self.mark) }
        #expect(try marksLeft(at: address) == 51)
        secret.wipe()
        #expect(try marksLeft(at: address) == 0)
    }

    @Test func `an edit changes bytes in place`() throws {
        let arena = try SecretArena(blocks: 1)
        var secret = try marked(arena, count: 4)
        secret.edit { for index in $0.indices { $0[index] = UInt8(index) } }
        let address = Memory.address(of: secret)
        #expect(try #require(Memory.read(at: address, count: 5)) == [0, 1, 2, 3, 0])
    }

    @Test func `a range gives its bytes and no others`() throws {
        let arena = try SecretArena(blocks: 1)
        var secret = try arena.take(capacity: 8)
        for byte in UInt8(0)..<8 { try secret.append(byte) }
        let seen = secret.withBytes(in: ByteRange(start: 2, count: 3)) { bytes in
            bytes.indices.map { bytes[$0] }
        }
        #expect(seen == [2, 3, 4])
    }

    @Test func `a full secret refuses one byte more and keeps what it has`() throws {
        let arena = try SecretArena(blocks: 1)
        var secret = try marked(arena, count: SecretArena.blockBytes)
        #expect(throws: SecretError.noRoom) { try secret.append(0) }
        let count = secret.count
        #expect(count == SecretArena.blockBytes)
    }

    @Test func `a stretch that does not fit is not appended in part`() throws {
        let arena = try SecretArena(blocks: 2)
        var secret = try marked(arena, count: SecretArena.blockBytes - 1)
        var two = try arena.take(capacity: 2)
        try two.append(1)
        try two.append(2)
        #expect(throws: SecretError.noRoom) {
            try two.withBytes { bytes throws(SecretError) in try secret.append(bytes) }
        }
        let count = secret.count
        #expect(count == SecretArena.blockBytes - 1)
        secret.truncate(to: 1)
        try two.withBytes { bytes throws(SecretError) in try secret.append(bytes) }
        let seen = try #require(Memory.read(at: Memory.address(of: secret), count: 4))
        #expect(seen == [Self.mark, 1, 2, 0])
    }
}
