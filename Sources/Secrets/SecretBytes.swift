internal import CPlatform
public import Values

/// Card data, a token, or whatever holds them: bytes in locked pages that cannot be copied,
/// printed, encoded or compared by accident, and are wiped on every way out.
///
/// Reading is through a span inside a closure only; a span cannot leave it.
@safe public struct SecretBytes: ~Copyable, @unchecked Sendable {
    private let base: UnsafeMutableRawPointer
    /// The room, in bytes.
    public let capacity: Int
    /// How many bytes it holds.
    public private(set) var count: Int
    /// How far anything may have been written: what must be wiped.
    private var highWater: Int
    private let arena: SecretArena

    internal init(base: UnsafeMutableRawPointer, capacity: Int, arena: SecretArena) {
        unsafe self.base = base
        self.capacity = capacity
        self.arena = arena
        count = 0
        highWater = 0
    }

    deinit {
        unsafe swl_wipe(base, highWater)
        unsafe arena.giveBack(base, capacity: capacity)
    }

    /// Lets `body` read the bytes.
    public borrowing func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = unsafe UnsafeRawBufferPointer(start: base, count: count)
        let typed = unsafe bytes.bindMemory(to: UInt8.self)
        return try unsafe body(Span(_unsafeElements: typed))
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

    /// Lets `body` append up to `maximum` bytes; what it appended counts even when it throws.
    ///
    /// All of the room that is lent must be wiped later: who knows how little is needed makes the
    /// wipe as short.
    public mutating func fill<Result, Failure: Error>(
        atMost maximum: Int = .max, _ body: (inout OutputSpan<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let lent = min(max(0, maximum), capacity - count)
        let room = unsafe UnsafeMutableRawBufferPointer(start: base + count, count: lent)
        let typed = unsafe room.bindMemory(to: UInt8.self)
        var output = unsafe OutputSpan(buffer: typed, initializedCount: 0)
        // The body may take back what it wrote, which the output does not tell: wipe all of it.
        highWater = max(highWater, count + lent)
        do throws(Failure) {
            let result = try body(&output)
            count += unsafe output.finalize(for: typed)
            return result
        } catch {
            count += unsafe output.finalize(for: typed)
            throw error
        }
    }

    private mutating func grow(by added: Int) {
        count += added
        highWater = max(highWater, count)
    }

    /// Appends one byte.
    /// - Throws: ``SecretError/noRoom``
    public mutating func append(_ byte: UInt8) throws(SecretError) {
        guard count < capacity else { throw .noRoom }
        unsafe base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        grow(by: 1)
    }

    /// Appends bytes of another span.
    /// - Throws: ``SecretError/noRoom``; nothing is appended then.
    public mutating func append(_ bytes: Span<UInt8>) throws(SecretError) {
        guard bytes.count <= capacity - count else { throw .noRoom }
        unsafe bytes.withUnsafeBytes { source in
            if let start = source.baseAddress {
                unsafe (base + count).copyMemory(from: start, byteCount: source.count)
            }
        }
        grow(by: bytes.count)
    }

    /// Forgets everything: wiped, empty, ready to be filled again.
    public mutating func wipe() {
        unsafe swl_wipe(base, highWater)
        count = 0
        highWater = 0
    }

    /// Forgets what stands behind the first `newCount` bytes.
    public mutating func truncate(to newCount: Int) {
        precondition((0...count).contains(newCount), "bytes can only be cut shorter")
        unsafe swl_wipe(base + newCount, highWater - newCount)
        count = newCount
        highWater = newCount
    }

    /// Forgets the first `dropped` bytes; the rest moves to the front.
    public mutating func dropFirst(_ dropped: Int) {
        precondition((0...count).contains(dropped), "no more can be dropped than is there")
        unsafe base.copyMemory(from: base + dropped, byteCount: count - dropped)
        truncate(to: count - dropped)
    }
}

extension SecretBytes {
    /// The bytes of a range in a closure.
    public borrowing func withBytes<Result, Failure: Error>(
        in range: ByteRange, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withBytes { (bytes: Span<UInt8>) throws(Failure) -> Result in
            try body(bytes.extracting(range.range))
        }
    }
}
