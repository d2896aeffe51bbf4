internal import Secrets
internal import Values

/// Goes over the characters of one track and cuts its fields.
internal struct TrackCursor: ~Escapable {
    private let bytes: Span<UInt8>
    private let start: Int
    private let end: Int
    /// The offset of the next character in the swipe.
    private(set) var position: Int

    /// Checks length and alphabet first, so that no field is cut from garbage.
    @_lifetime(copy bytes)
    init(
        _ bytes: Span<UInt8>, _ range: ByteRange, maximum: Int, alphabet: (UInt8) -> Bool
    ) throws(TrackFault) {
        self.bytes = bytes
        start = range.start
        end = range.end
        position = range.start
        guard range.count > 0 else { throw .malformed(.empty, offset: 0) }
        if range.count == 1, bytes[start] == Character.errorMark { throw .readError }
        guard range.count <= maximum else { throw .malformed(.tooLong, offset: maximum) }
        var strangers: UInt8 = 0
        bytes.extracting(range.range).forEach { strangers |= alphabet($0) ? 0 : 1 }
        guard strangers == 0 else {
            var index = start
            while alphabet(bytes[index]) { index += 1 }
            throw .malformed(.illegalCharacter, offset: index - start)
        }
    }

    var next: UInt8? { position < end ? bytes[position] : nil }

    var rest: ByteRange { ByteRange(position, upTo: end) }

    @_lifetime(self: copy self)
    mutating func skip() { position += 1 }

    /// Skips to a character, or to the end.
    @_lifetime(self: copy self)
    mutating func skip(to byte: UInt8) {
        position = bytes.firstOffset(of: byte, in: rest) ?? end
    }

    /// Takes the character if it is next.
    @_lifetime(self: copy self)
    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    /// The digits of a card number, 12 to 19 of them.
    @_lifetime(self: copy self)
    mutating func pan() throws(TrackFault) -> ByteRange {
        let first = position
        while let byte = next, Character.isDigit(byte) { position += 1 }
        let found = ByteRange(first, upTo: position)
        if found.isEmpty { throw fault(.digitExpectedInPAN) }
        if found.count > 19 { throw fault(.panTooLong, at: first + 19) }
        if found.count < 12 { throw fault(.panTooShort) }
        return found
    }

    /// So many digits, or `nil` when the separator stands in their place.
    @_lifetime(self: copy self)
    mutating func digits(
        _ count: Int, or separator: UInt8, else rule: TrackRule
    ) throws(TrackFault) -> ByteRange? {
        if take(separator) { return nil }
        let first = position
        while position < first + count {
            guard let byte = next, Character.isDigit(byte) else { throw fault(rule) }
            position += 1
        }
        return ByteRange(first, upTo: position)
    }

    /// Refuses characters that the alphabet lets pass for another place.
    func refuseAnywhere(
        from offset: Int, _ isRefused: (UInt8) -> Bool
    ) throws(TrackFault) {
        for index in offset..<end where isRefused(bytes[index]) {
            throw fault(.illegalCharacter, at: index)
        }
    }

    func fault(_ rule: TrackRule, at offset: Int? = nil) -> TrackFault {
        .malformed(rule, offset: (offset ?? position) - start)
    }
}
