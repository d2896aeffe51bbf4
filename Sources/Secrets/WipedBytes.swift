internal import CPlatform

/// Bytes of any count that are wiped when they go, for what is too large for locked pages: a
/// recording, which lies in a file anyway. A card at the till goes into ``SecretBytes``.
@safe public struct WipedBytes: ~Copyable, @unchecked Sendable {
    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    /// How many bytes it holds.
    public private(set) var count = 0

    /// Empty bytes with room for at least `capacity` before they must grow.
    public init(capacity: Int = 4096) {
        precondition(capacity > 0, "bytes need room")
        self.capacity = capacity
        unsafe base = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        unsafe swl_wipe(base, capacity)
        unsafe base.deallocate()
    }

    /// Lets `body` read the bytes.
    public borrowing func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = unsafe UnsafeRawBufferPointer(start: base, count: count)
        let typed = unsafe bytes.bindMemory(to: UInt8.self)
        return try unsafe body(Span(_unsafeElements: typed))
    }

    /// Lets `body` append up to `room` bytes.
    public mutating func fill<Result>(
        room: Int, _ body: (inout OutputSpan<UInt8>) -> Result
    ) -> Result {
        reserve(room)
        let free = unsafe UnsafeMutableRawBufferPointer(start: base + count, count: room)
        let typed = unsafe free.bindMemory(to: UInt8.self)
        var output = unsafe OutputSpan(buffer: typed, initializedCount: 0)
        let result = body(&output)
        count += unsafe output.finalize(for: typed)
        return result
    }

    /// Lets `body` change bytes that are there already.
    public mutating func edit<Result, Failure: Error>(
        _ body: (inout MutableSpan<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = unsafe UnsafeMutableRawBufferPointer(start: base, count: count)
        let typed = unsafe bytes.bindMemory(to: UInt8.self)
        var span = unsafe MutableSpan(_unsafeElements: typed)
        return try body(&span)
    }

    /// Forgets what stands behind the first `newCount` bytes.
    public mutating func truncate(to newCount: Int) {
        precondition((0...count).contains(newCount), "bytes can only be cut shorter")
        unsafe swl_wipe(base + newCount, capacity - newCount)
        count = newCount
    }

    /// Appends one byte.
    public mutating func append(_ byte: UInt8) {
        reserve(1)
        unsafe base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    /// Appends the UTF-8 bytes of a text.
    public mutating func append(_ text: String) { append(text.utf8Span.span) }

    /// Appends bytes.
    public mutating func append(_ bytes: Span<UInt8>) {
        reserve(bytes.count)
        unsafe bytes.withUnsafeBytes { source in
            guard let start = source.baseAddress else { return }
            unsafe (base + count).copyMemory(from: start, byteCount: source.count)
        }
        count += bytes.count
    }

    /// Makes room; the old place is wiped when the bytes move.
    private mutating func reserve(_ room: Int) {
        guard room > capacity - count else { return }
        let larger = max(capacity * 2, count + room)
        let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
        unsafe moved.copyMemory(from: base, byteCount: count)
        unsafe swl_wipe(base, capacity)
        unsafe base.deallocate()
        unsafe base = moved
        capacity = larger
    }
}
