/// A stretch of a byte buffer: where something stands, never what stands there.
///
/// A decoder says in ranges what it found, so its result can be copied, compared and printed
/// without a byte of a card.
public struct ByteRange: Equatable, Hashable, Sendable {
    // Half the size of two Ints: a decoded swipe holds a dozen ranges and is handed on by copying.
    @usableFromInline let storedStart: UInt32
    @usableFromInline let storedCount: UInt32

    /// The range of `count` bytes at `start`; both at least 0 and below 2^32.
    @inlinable public init(start: Int, count: Int) {
        // The conversions trap, for a range can only be wrong by a fault of ours.
        storedStart = UInt32(start)
        storedCount = UInt32(count)
    }

    /// The first byte's offset.
    @inlinable public var start: Int { Int(storedStart) }
    /// How many bytes.
    @inlinable public var count: Int { Int(storedCount) }

    /// The range from `start` up to but without `end`.
    @inlinable public init(_ start: Int, upTo end: Int) {
        self.init(start: start, count: end - start)
    }

    /// The offset after the last byte.
    @inlinable public var end: Int { start + count }
    /// The same as a standard library range.
    @inlinable public var range: Range<Int> { start..<(start + count) }
    /// True when no byte is in it.
    @inlinable public var isEmpty: Bool { count == 0 }
}
