internal import CPlatform
internal import Glibc
internal import Synchronization

/// Memory for card data: pages of our own, locked into RAM, left out of dumps and of forked
/// children, between two inaccessible pages. One arena a lane, made before the first card.
///
/// A default arena of 48 KiB fits the 64 KiB that an ordinary user may lock.
@safe public final class SecretArena: Sendable {
    /// What is handed out at once, in bytes: a whole number of these.
    public static let blockBytes = 4096
    /// Blocks of a lane's arena: 48 KiB.
    public static let laneBlocks = 12

    nonisolated(unsafe) private let base: UnsafeMutableRawPointer
    private let blockCount: Int
    /// One bit a block, set while handed out.
    private let taken = Mutex<UInt64>(0)

    /// Locks `blocks` (1 to 64) blocks of memory.
    /// - Throws: ``SecretError/pagesRefused(_:errno:)`` when the system refuses; no card may then
    ///   be read.
    public init(blocks: Int = SecretArena.laneBlocks) throws(SecretError) {
        precondition((1...64).contains(blocks), "an arena has 1 to 64 blocks")
        var step: Int32 = 0
        guard let pages = unsafe swl_secret_pages(blocks * Self.blockBytes, &step) else {
            let code = errno
            throw .pagesRefused(SecretError.Step(rawValue: Int(step)) ?? .map, errno: code)
        }
        unsafe base = pages
        blockCount = blocks
    }

    deinit {
        unsafe swl_wipe(base, blockCount * Self.blockBytes)
        unsafe swl_release_pages(base, blockCount * Self.blockBytes)
    }

    /// Hands out empty bytes with room for at least `capacity`; no heap is touched.
    /// - Throws: ``SecretError/arenaFull`` when no such stretch is free.
    public func take(capacity: Int) throws(SecretError) -> SecretBytes {
        guard capacity <= blockCount * Self.blockBytes else { throw .arenaFull }
        let blocks = max(1, (capacity + Self.blockBytes - 1) / Self.blockBytes)
        let mask = blocks == 64 ? UInt64.max : (UInt64(1) << UInt64(blocks)) - 1
        let first = taken.withLock { (taken: inout UInt64) -> Int? in
            for start in 0...(blockCount - blocks) where taken & (mask << UInt64(start)) == 0 {
                taken |= mask << UInt64(start)
                return start
            }
            return nil
        }
        guard let first else { throw .arenaFull }
        return unsafe SecretBytes(
            base: base + first * Self.blockBytes, capacity: blocks * Self.blockBytes, arena: self)
    }

    /// Blocks not handed out at this moment.
    public var freeBlocks: Int { blockCount - taken.withLock { $0.nonzeroBitCount } }

    /// Takes bytes back that ``SecretBytes`` has wiped.
    internal func giveBack(_ bytes: UnsafeMutableRawPointer, capacity: Int) {
        let first = unsafe (bytes - base) / Self.blockBytes
        let blocks = capacity / Self.blockBytes
        let mask = blocks == 64 ? UInt64.max : (UInt64(1) << UInt64(blocks)) - 1
        taken.withLock { $0 &= ~(mask << UInt64(first)) }
    }
}

/// Why memory for card data cannot be had. No card is read then.
public enum SecretError: Error, Equatable, Sendable {
    /// What was refused.
    public enum Step: Int, Equatable, Sendable {
        case map = 1
        case protect = 2
        case lock = 3
        case advise = 4
    }

    /// The system refused the pages; `errno` says why.
    case pagesRefused(Step, errno: Int32)
    /// Everything locked is in use.
    case arenaFull
    /// More bytes were to be written than there is room for.
    case noRoom
    /// The process could not be shut against dumps; `errno` says why.
    case notHardened(errno: Int32)
}

extension SecretError: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .pagesRefused(.lock, _):
            "memory for card data cannot be locked: raise the locked-memory limit to at least "
                + "64 KiB (ulimit -l 64, or LimitMEMLOCK=64K in the unit)"
        case .pagesRefused(let step, let code):
            "memory for card data was refused (\(step), errno \(code))"
        case .arenaFull: "all locked memory is in use"
        case .noRoom: "more card data came than there is room for"
        case .notHardened(let code):
            "the process could not be closed to memory dumps (errno \(code))"
        }
    }
}
