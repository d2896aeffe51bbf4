internal import Values

/// Goes over the fields of a frame's card data, binary or typed, and never past its end.
internal struct IDTechFieldCursor: ~Escapable {
    private let bytes: Span<UInt8>
    private let form: EncryptedBlock.Form
    private let end: Int
    private var position: Int

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>, in data: ByteRange, form: EncryptedBlock.Form) {
        self.bytes = bytes
        self.form = form
        position = data.start
        end = data.end
    }

    /// How many characters of the card data are left.
    var left: Int { end - position }

    /// The next byte of the header.
    @_lifetime(self: copy self)
    mutating func byte() throws(FrameFault) -> UInt8 {
        guard left >= form.width, let value = form.byte(bytes, at: position) else {
            throw .fieldsRunOver
        }
        position += form.width
        return value
    }

    /// A track as text: a character is one byte in either form.
    @_lifetime(self: copy self)
    mutating func text(_ count: Int) throws(FrameFault) -> ByteRange {
        guard left >= count else { throw .fieldsRunOver }
        defer { position += count }
        return ByteRange(start: position, count: count)
    }

    /// So many bytes of binary data; when typed, all must be hex digits.
    @_lifetime(self: copy self)
    mutating func binary(_ count: Int) throws(FrameFault) -> ByteRange {
        let field = try text(count * form.width)
        if form == .typed {
            for offset in stride(from: field.start, to: field.end, by: form.width)
            where form.byte(bytes, at: offset) == nil { throw .fieldsRunOver }
        }
        return field
    }

    /// The texts of those tracks that were sent.
    @_lifetime(self: copy self)
    mutating func texts(
        _ counts: PerTrack<Int>, sent: PerTrack<Bool>
    ) throws(FrameFault) -> PerTrack<ByteRange?> {
        PerTrack(
            sent.track1 && counts.track1 > 0 ? try text(counts.track1) : nil,
            sent.track2 && counts.track2 > 0 ? try text(counts.track2) : nil,
            sent.track3 && counts.track3 > 0 ? try text(counts.track3) : nil)
    }

    /// The binary data of those tracks that were sent.
    @_lifetime(self: copy self)
    mutating func binaries(
        _ counts: PerTrack<Int>, sent: PerTrack<Bool>
    ) throws(FrameFault) -> PerTrack<ByteRange?> {
        PerTrack(
            sent.track1 && counts.track1 > 0 ? try binary(counts.track1) : nil,
            sent.track2 && counts.track2 > 0 ? try binary(counts.track2) : nil,
            sent.track3 && counts.track3 > 0 ? try binary(counts.track3) : nil)
    }
}
