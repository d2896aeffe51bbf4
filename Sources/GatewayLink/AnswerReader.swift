internal import Values

/// Reads one HTTP/1.1 answer out of a buffer that grows: strict, bounded, without I/O.
///
/// The buffer holds all bytes of the connection since the request, from the first one on. Call
/// ``advance(_:)`` whenever it has grown; the result does not depend on how the bytes were cut.
/// A chunked body is joined in place, so it ends as one range. Nothing is allocated.
public struct AnswerReader {
    private enum Phase {
        case statusLine
        case fields
        case sizedBody
        case bodyToClose
        case chunkSize
        case chunkBytes
        case chunkEnd
        case trailers
        case whole
    }

    /// The longest line that gives a chunk's size, with its extensions, in bytes.
    private static let chunkLineBytesMaximum = 256

    private let room: Int
    private var phase = Phase.statusLine
    private var head = AnswerHead()
    /// The next byte to look at.
    private var position = 0
    /// Where the line that is being read began.
    private var lineStart = 0
    /// Where the head, the trailers or the size line began: what the limits count from.
    private var sectionStart = 0
    private var isAfterReturn = false
    private var fieldCount = 0
    private var interimCount = 0
    private var bodyStart = 0
    private var bodyEnd = 0
    private var chunkLeft = 0

    /// A reader of an answer whose buffer holds up to `room` bytes.
    public init(room: Int) { self.room = room }

    /// Reads on; the answer when it is whole, `nil` while more must come.
    /// - Throws: ``HTTPFault``; the connection is then of no use.
    public mutating func advance(
        _ bytes: inout MutableSpan<UInt8>
    ) throws(HTTPFault) -> AnswerForm? {
        guard try isWhole(&bytes) else { return nil }
        return form(isReusable: head.keepsAlive && position == bytes.count)
    }

    /// The peer has ended the connection in order: the answer, if that is where it ends.
    public mutating func end() -> AnswerForm? {
        phase == .bodyToClose || phase == .whole ? form(isReusable: false) : nil
    }

    private func form(isReusable: Bool) -> AnswerForm {
        AnswerForm(
            status: head.status, location: head.location.flatMap { $0.isEmpty ? nil : $0 },
            body: ByteRange(bodyStart, upTo: bodyEnd), keepsAlive: isReusable,
            isJSON: head.isJSON)
    }

    private mutating func isWhole(_ bytes: inout MutableSpan<UInt8>) throws(HTTPFault) -> Bool {
        while true {
            switch phase {
            case .statusLine, .fields, .chunkSize, .trailers:
                guard let line = try nextLine(bytes.span) else { return try wait(bytes.count) }
                try take(line, of: bytes.span)
            case .sizedBody:
                position = min(bytes.count, bodyEnd)
                guard position == bodyEnd else { return false }
                phase = .whole
            case .bodyToClose:
                position = bytes.count
                bodyEnd = bytes.count
                return try wait(bytes.count)
            case .chunkBytes:
                join(&bytes)
                guard chunkLeft == 0 else { return try wait(bytes.count) }
                phase = .chunkEnd
            case .chunkEnd:
                guard try takeChunkEnd(bytes.span) else { return try wait(bytes.count) }
            case .whole: return true
            }
        }
    }

    private func wait(_ count: Int) throws(HTTPFault) -> Bool {
        guard count < room else { throw .tooLarge }
        return false
    }

    private mutating func take(_ line: ByteRange, of bytes: Span<UInt8>) throws(HTTPFault) {
        switch phase {
        case .statusLine:
            try head.take(statusLine: line, of: bytes)
            phase = .fields
        case .fields:
            if line.isEmpty { return try endHead() }
            try countField()
            try head.take(field: line, of: bytes)
        case .chunkSize: try take(chunkSize: line, of: bytes)
        default:
            // A trailer: must be well-formed, is dropped.
            if line.isEmpty {
                phase = .whole
                return
            }
            try countField()
            _ = try AnswerHead.split(line, of: bytes)
        }
    }

    private mutating func countField() throws(HTTPFault) {
        fieldCount += 1
        guard fieldCount <= Limits.answerFieldsMaximum else { throw .tooManyFields }
    }

    /// Decides how the body is framed. Source: RFC 9112, section 6.3.
    ///
    /// An answer without length and encoding is read to the end of the connection only when it
    /// says `Connection: close` or is of HTTP/1.0; else it is refused at once, because waiting for
    /// a close that does not come would cost the whole deadline.
    private mutating func endHead() throws(HTTPFault) {
        guard !(head.isChunked && head.length != nil) else { throw .lengthAndEncoding }
        guard head.isVersion11 || !head.isChunked else { throw .encodingTooOld }
        if head.isInterim { return try endInterim() }
        bodyStart = position
        bodyEnd = position
        if head.hasNoBody {
            phase = .whole
        } else if head.isChunked {
            beginChunk()
        } else if let length = head.length {
            guard length <= room - bodyStart else { throw .tooLarge }
            bodyEnd = bodyStart + length
            phase = .sizedBody
        } else {
            guard head.closes else { throw .lengthMissing }
            phase = .bodyToClose
        }
    }

    private mutating func endInterim() throws(HTTPFault) {
        guard head.status != 101 else { throw .upgradeUnasked }
        guard !head.isChunked, (head.length ?? 0) == 0 else { throw .interimBody }
        interimCount += 1
        guard interimCount <= Limits.interimAnswersMaximum else { throw .tooManyInterimAnswers }
        head = AnswerHead()
        fieldCount = 0
        sectionStart = position
        phase = .statusLine
    }
}

// MARK: - Lines

extension AnswerReader {
    /// The next line without its CR LF, or `nil` while it is not whole.
    private mutating func nextLine(_ bytes: Span<UInt8>) throws(HTTPFault) -> ByteRange? {
        let limit =
            sectionStart
            + (phase == .chunkSize
                ? Self.chunkLineBytesMaximum : Limits.answerHeadBytesMaximum)
        while position < bytes.count {
            guard position < limit else {
                throw phase == .chunkSize ? .chunkLineTooLong : .headTooLarge
            }
            let byte = bytes[position]
            position += 1
            if isAfterReturn {
                guard byte == UInt8(ascii: "\n") else { throw .bareCarriageReturn }
                isAfterReturn = false
                let line = ByteRange(lineStart, upTo: position - 2)
                lineStart = position
                return line
            }
            if byte >= 0x20, byte != 0x7F { continue }
            switch byte {
            case UInt8(ascii: "\r"): isAfterReturn = true
            case UInt8(ascii: "\n"): throw .bareLineFeed
            case UInt8(ascii: "\t"): continue
            default: throw .controlCharacter
            }
        }
        return nil
    }
}

// MARK: - Chunks

extension AnswerReader {
    private mutating func beginChunk() {
        lineStart = position
        sectionStart = position
        phase = .chunkSize
    }

    /// Extensions say nothing to us and are passed over, within the line's limit.
    private mutating func take(
        chunkSize line: ByteRange, of bytes: Span<UInt8>
    ) throws(HTTPFault) {
        var size = 0
        var index = line.start
        while index < line.end, let digit = bytes[index].hexadecimalValue {
            guard index - line.start < 8 else { throw .chunkSizeMalformed }
            size = size * 16 + digit
            index += 1
        }
        guard index > line.start, index == line.end || bytes[index] == UInt8(ascii: ";") else {
            throw .chunkSizeMalformed
        }
        guard size <= room - position else { throw .tooLarge }
        chunkLeft = size
        sectionStart = position
        phase = size == 0 ? .trailers : .chunkBytes
    }

    /// Moves what came of a chunk to the end of the body.
    private mutating func join(_ bytes: inout MutableSpan<UInt8>) {
        let end = min(bytes.count, position + chunkLeft)
        chunkLeft -= end - position
        while position < end {
            bytes[bodyEnd] = bytes[position]
            bodyEnd += 1
            position += 1
        }
    }

    private mutating func takeChunkEnd(_ bytes: Span<UInt8>) throws(HTTPFault) -> Bool {
        while position < bytes.count {
            let expected = isAfterReturn ? UInt8(ascii: "\n") : UInt8(ascii: "\r")
            guard bytes[position] == expected else { throw .chunkEndMissing }
            position += 1
            if isAfterReturn {
                isAfterReturn = false
                beginChunk()
                return true
            }
            isAfterReturn = true
        }
        return false
    }
}
