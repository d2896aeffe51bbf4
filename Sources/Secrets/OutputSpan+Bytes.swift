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
        let lowerCase: UInt8 = inCapitals ? 0 : 0x20
        unsafe withUnsafeMutableBufferPointer { room, count in
            for index in bytes.indices {
                let byte = bytes[index]
                unsafe room[count + 2 * index] = Self.hexDigit(byte >> 4, lowerCase)
                unsafe room[count + 2 * index + 1] = Self.hexDigit(byte & 15, lowerCase)
            }
            count += 2 * bytes.count
        }
    }

    /// Without a branch, so that the compiler can do many at once.
    @inline(__always)
    private static func hexDigit(_ value: UInt8, _ lowerCase: UInt8) -> UInt8 {
        // Between "9" and "A" stand seven others.
        let isLetter: UInt8 = (value &+ 6) >> 4
        return 0x30 &+ value &+ isLetter &* (7 | lowerCase)
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
