internal import Glibc
public import Values

/// Looking at many bytes at once.
extension Span where Element == UInt8 {
    /// Shows each byte to `body`, with no way out before the last, so that the compiler can take
    /// many at once.
    @inlinable
    @inline(__always)
    public func forEach(_ body: (UInt8) -> Void) {
        unsafe withUnsafeBufferPointer { bytes in
            for index in 0..<bytes.count { unsafe body(bytes[index]) }
        }
    }

    /// Where the first byte at or behind an offset stands that is found; `count` when none is.
    @inlinable
    @inline(__always)
    public func firstOffset(from start: Int, where isFound: (UInt8) -> Bool) -> Int {
        precondition(start >= 0, "a span begins at 0")
        return unsafe withUnsafeBufferPointer { bytes in
            var offset = start
            while offset < bytes.count, unsafe !isFound(bytes[offset]) { offset += 1 }
            return offset
        }
    }

    /// Where a byte first stands in a range; `nil` when it does not. The corresponding C function
    /// is `memchr`.
    public func firstOffset(of byte: UInt8, in range: ByteRange) -> Int? {
        unsafe extracting(range.range).withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress,
                let found = unsafe memchr(base, Int32(byte), bytes.count)
            else { return nil }
            return unsafe range.start + (UnsafeRawPointer(found) - UnsafeRawPointer(base))
        }
    }

    /// True when both hold the same bytes. The corresponding C function is `memcmp`.
    public func isSame(as other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        return unsafe withUnsafeBufferPointer { mine in
            unsafe other.withUnsafeBufferPointer { theirs in
                guard let one = mine.baseAddress, let two = theirs.baseAddress else { return true }
                return unsafe memcmp(one, two, mine.count) == 0
            }
        }
    }
}
