/// A stretch of a byte buffer: where something stands, never what stands there.
///
/// A decoder says in ranges what it found, so its result can be copied, compared and printed
/// without a byte of a card.
public struct ByteRange: Equatable, Hashable, Sendable {
    /// The first byte's offset.
    public let start: Int
    /// How many bytes.
    public let count: Int

    /// The range of `count` bytes at `start`.
    @inlinable public init(start: Int, count: Int) {
        precondition(start >= 0 && count >= 0, "a byte range has no negative bounds")
        self.start = start
        self.count = count
    }

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
