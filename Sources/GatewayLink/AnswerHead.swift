internal import Values

/// The few facts of an answer's head that we use.
internal struct AnswerHead: Equatable {
    var status = 0
    var isVersion11 = false
    var length: Int?
    var isChunked = false
    var closes = false
    var location: ByteRange?
    var contentType: ByteRange?
    var isJSON = false

    /// Answers 1xx, after which the real one comes.
    var isInterim: Bool { status < 200 }
    /// Statuses whose answers end with the head, whatever their fields say.
    var hasNoBody: Bool { status == 204 || status == 304 }
    /// True when fields and status agree that another request may follow.
    var keepsAlive: Bool {
        let announcesBody = isChunked || (length ?? 0) > 0
        return isVersion11 && !closes && !(hasNoBody && announcesBody)
    }

    /// `HTTP/1.1 201 Created`; the phrase says nothing and may be absent with its space.
    mutating func take(statusLine line: ByteRange, of bytes: Span<UInt8>) throws(HTTPFault) {
        guard line.count >= 8, bytes.says("http/", at: line.start) else { throw .notHTTP }
        guard bytes[line.start + 5] == UInt8(ascii: "1"),
            bytes[line.start + 6] == UInt8(ascii: "."),
            let minor = bytes.digit(line.start + 7), minor <= 1
        else { throw .versionUnsupported }
        isVersion11 = minor == 1
        guard line.count >= 12, bytes[line.start + 8] == UInt8(ascii: " "),
            let hundreds = bytes.digit(line.start + 9), let tens = bytes.digit(line.start + 10),
            let ones = bytes.digit(line.start + 11),
            line.count == 12 || bytes[line.start + 12] == UInt8(ascii: " ")
        else { throw .statusMalformed }
        status = hundreds * 100 + tens * 10 + ones
        guard (100...599).contains(status) else { throw .statusOutOfRange }
        // HTTP/1.0 ends its connection with its answer.
        closes = !isVersion11
    }

    /// One field. The names that say something here differ in length, so most are passed over at
    /// the first comparison.
    mutating func take(field line: ByteRange, of bytes: Span<UInt8>) throws(HTTPFault) {
        let (name, value) = try Self.split(line, of: bytes)
        switch name.count {
        case 8 where bytes.says("location", at: name.start): try take(location: value)
        case 10 where bytes.says("connection", at: name.start):
            closes = closes || bytes.hasListMember("close", in: value)
        case 12 where bytes.says("content-type", at: name.start):
            try take(contentType: value, of: bytes)
        case 14 where bytes.says("content-length", at: name.start):
            try take(length: value, of: bytes)
        case 17 where bytes.says("transfer-encoding", at: name.start):
            guard !isChunked, value.count == 7, bytes.says("chunked", at: value.start) else {
                throw .encodingUnsupported
            }
            isChunked = true
        default: break
        }
    }

    /// Name and value of a field, the value without the white space around it.
    static func split(
        _ line: ByteRange, of bytes: Span<UInt8>
    ) throws(HTTPFault) -> (name: ByteRange, value: ByteRange) {
        guard !bytes[line.start].isBlank else { throw .foldedField }
        var colon = line.start
        while colon < line.end, bytes[colon].isTokenByte { colon += 1 }
        guard colon > line.start, colon < line.end, bytes[colon] == UInt8(ascii: ":") else {
            throw .fieldNameMalformed
        }
        let value = bytes.trimmed(ByteRange(colon + 1, upTo: line.end))
        return (ByteRange(line.start, upTo: colon), value)
    }

    private mutating func take(location value: ByteRange) throws(HTTPFault) {
        guard location == nil else { throw .fieldRepeated }
        location = value
    }

    private mutating func take(
        contentType value: ByteRange, of bytes: Span<UInt8>
    ) throws(HTTPFault) {
        guard contentType == nil else { throw .fieldRepeated }
        contentType = value
        var end = value.start
        while end < value.end, bytes[end] != UInt8(ascii: ";") { end += 1 }
        let type = bytes.trimmed(ByteRange(value.start, upTo: end))
        let prefix = "application/".utf8.count
        guard type.count >= prefix + 4, bytes.says("application/", at: type.start) else { return }
        let isPlain = type.count == prefix + 4 && bytes.says("json", at: type.end - 4)
        isJSON = isPlain || type.count > prefix + 5 && bytes.says("+json", at: type.end - 5)
    }

    private mutating func take(length value: ByteRange, of bytes: Span<UInt8>) throws(HTTPFault) {
        guard (1...18).contains(value.count) else { throw .lengthMalformed }
        var found = 0
        for index in value.range {
            guard let digit = bytes.digit(index) else { throw .lengthMalformed }
            found = found * 10 + digit
        }
        guard length == nil || length == found else { throw .lengthsDiffer }
        length = found
    }
}
