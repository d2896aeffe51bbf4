internal import Values

/// The kinds of line. Source: hid-tools, the output of hid-recorder.
internal enum LineKind {
    case comment
    case device
    case descriptor
    case name
    case path
    case ids
    case event
}

/// Walks over the lines of a recording; a line may end in LF or CRLF.
internal struct LineWalk: Sendable {
    private var position = 0
    /// The number of the line that ``next(_:)`` gave last, from 1.
    private(set) var number = 0

    /// The next line without its end, `nil` after the last.
    mutating func next(_ bytes: Span<UInt8>) -> ByteRange? {
        guard position < bytes.count else { return nil }
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
        var end = position
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        position += 1
        number += 1
        return ByteRange(start, upTo: end)
    }
}

/// Reads the fields of one line from left to right.
internal struct LineReader: ~Escapable {
    private let bytes: Span<UInt8>
    private let end: Int
    private(set) var position: Int

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>, _ line: ByteRange) {
        self.bytes = bytes
        position = line.start
        end = line.end
    }

    /// Reads the letter and colon at the line's start; a blank line is a comment.
    mutating func kind() throws(LineFault) -> LineKind {
        skipBlanks()
        guard let letter = next, letter != UInt8(ascii: "#") else { return .comment }
        guard position + 1 < end, bytes[position + 1] == UInt8(ascii: ":") else {
            throw .unknownKind
        }
        position += 2
        return switch letter {
        case UInt8(ascii: "D"): .device
        case UInt8(ascii: "R"): .descriptor
        case UInt8(ascii: "N"): .name
        case UInt8(ascii: "P"): .path
        case UInt8(ascii: "I"): .ids
        case UInt8(ascii: "E"): .event
        default: throw .unknownKind
        }
    }

    /// A decimal number of at most nine digits.
    mutating func decimal() throws(LineFault) -> Int {
        skipBlanks()
        var value = 0
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
            position += 1
            guard position - start <= 9 else { throw .numberExpected }
        }
        guard position > start else { throw .numberExpected }
        return value
    }

    /// A hexadecimal number of one to four digits.
    mutating func hexadecimal() throws(LineFault) -> UInt16 {
        skipBlanks()
        var value: UInt16 = 0
        let start = position
        while let byte = next, let digit = Self.digit(byte) {
            guard position - start < 4 else { throw .numberExpected }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        guard position > start else { throw .numberExpected }
        return value
    }

    /// Seconds, a point and six digits: the time in microseconds.
    mutating func time() throws(LineFault) -> UInt64 {
        do throws(LineFault) {
            let seconds = try decimal()
            guard next == UInt8(ascii: ".") else { throw .timeExpected }
            position += 1
            let start = position
            let fraction = try decimal()
            guard position - start == 6 else { throw .timeExpected }
            return UInt64(seconds) * 1_000_000 + UInt64(fraction)
        } catch {
            throw .timeExpected
        }
    }

    /// One byte: a blank and two hexadecimal digits.
    mutating func byte() throws(LineFault) -> UInt8 {
        let start = position
        skipBlanks()
        guard position + 1 < end else { throw .cutShort }
        guard position > start, let high = Self.digit(bytes[position]),
            let low = Self.digit(bytes[position + 1])
        else { throw .hexExpected }
        position += 2
        return high << 4 | low
    }

    /// Nothing but blanks may follow.
    mutating func finish() throws(LineFault) {
        skipBlanks()
        guard position == end else { throw .bytesLeftOver }
    }

    /// What is left of the line as text, without the blank that begins it.
    mutating func text() throws(LineFault) -> String {
        if next == UInt8(ascii: " ") { position += 1 }
        guard end - position <= 255 else { throw .textTooLong }
        var characters: [UInt8] = []
        while let byte = next {
            characters.append(byte)
            position += 1
        }
        return String(decoding: characters, as: UTF8.self)
    }

    private var next: UInt8? { position < end ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
            position += 1
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
