/// Appending many bytes at once. Each precondition is that of `append`: the room must be there.
extension OutputSpan where Element == UInt8 {
    /// Appends a copy of the bytes.
    @_lifetime(self: copy self)
    public mutating func append(copying bytes: Span<UInt8>) {
        precondition(bytes.count <= freeCapacity, "more bytes than there is room for")
        unsafe bytes.withUnsafeBufferPointer { source in
            guard let start = source.baseAddress else { return }
            unsafe append(start, source.count)
        }
    }

    /// Appends the bytes of a text of ours.
    @_lifetime(self: copy self)
    public mutating func append(copying text: StaticString) {
        precondition(text.utf8CodeUnitCount <= freeCapacity, "more text than there is room for")
        unsafe append(text.utf8Start, text.utf8CodeUnitCount)
    }

    /// Appends two hex digits a byte, the letters among them in capitals or not.
    @_lifetime(self: copy self)
    public mutating func append(hexDigitsOf bytes: Span<UInt8>, inCapitals: Bool) {
        precondition(bytes.count <= freeCapacity / 2, "more digits than there is room for")
        // Between "9" and "A" stand 7 others, between "9" and "a" 39.
        let gap: UInt16 = inCapitals ? 7 : 39
        unsafe withUnsafeMutableBufferPointer { room, count in
            guard let base = room.baseAddress else { return }
            var place = unsafe UnsafeMutableRawPointer(base + count)
            bytes.forEach { byte in
                // Both digits in one word and without a branch: the compiler does many at once.
                let digits = UInt16(byte >> 4) | UInt16(byte & 15) << 8
                let areLetters = (digits &+ 0x0606) >> 4 & 0x0101
                let characters = 0x3030 &+ digits &+ areLetters &* gap
                unsafe place.storeBytes(of: characters.littleEndian, as: UInt16.self)
                unsafe place += 2
            }
            count += 2 * bytes.count
        }
    }

    @_lifetime(self: copy self)
    private mutating func append(_ start: UnsafePointer<UInt8>, _ added: Int) {
        unsafe withUnsafeMutableBufferPointer { room, count in
            guard let base = room.baseAddress else { return }
            unsafe (base + count).update(from: start, count: added)
            count += added
        }
    }
}
