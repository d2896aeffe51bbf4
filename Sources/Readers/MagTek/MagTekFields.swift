internal import Values

/// The fields of a typed MagneSafe text, cut at their separators.
internal struct MagTekFields {
    /// What stands in front of the first separator: the masked tracks.
    let front: ByteRange
    /// 12 fields, or 13 with the encryption counter.
    let count: Int
    private var fields = InlineArray<13, ByteRange>(repeating: ByteRange(start: 0, count: 0))

    subscript(_ index: Int) -> ByteRange { fields[index] }

    /// - Throws: `tooShort` or `bytesLeftOver` when there are too few or too many.
    init(_ text: Span<UInt8>, in range: ByteRange) throws(FrameFault) {
        var found = -1
        var start = range.start
        var first = ByteRange(start: range.start, count: 0)
        for offset in range.start...range.end
        where offset == range.end || text[offset] == MagTekText.separator {
            guard found < 13 else { throw .bytesLeftOver }
            let field = ByteRange(start, upTo: offset)
            if found < 0 { first = field } else { fields[found] = field }
            found += 1
            start = offset + 1
        }
        guard found >= 12 else { throw .tooShort }
        front = first
        count = found
    }

    /// A binary field; `nil` when it is empty.
    /// - Throws: `lengthMismatch` for another number of bytes, `fieldsRunOver` for anything but
    ///   hex digits.
    func hex(
        _ text: Span<UInt8>, _ index: Int, bytes: ClosedRange<Int>
    ) throws(FrameFault) -> ByteRange? {
        let field = fields[index]
        guard !field.isEmpty else { return nil }
        guard field.count % 2 == 0, bytes.contains(field.count / 2) else { throw .lengthMismatch }
        for offset in stride(from: field.start, to: field.end, by: 2)
        where EncryptedBlock.Form.typed.byte(text, at: offset) == nil { throw .fieldsRunOver }
        return field
    }

    /// The three tracks, in whole blocks of 8 bytes when they are encrypted.
    func tracks(
        _ text: Span<UInt8>, areEncrypted: Bool
    ) throws(FrameFault) -> PerTrack<ByteRange?> {
        PerTrack(
            try track(text, 1, areEncrypted), try track(text, 2, areEncrypted),
            try track(text, 3, areEncrypted))
    }

    private func track(
        _ text: Span<UInt8>, _ index: Int, _ isEncrypted: Bool
    ) throws(FrameFault) -> ByteRange? {
        guard isEncrypted else { return fields[index].isEmpty ? nil : fields[index] }
        guard fields[index].count % 16 == 0 else { throw .lengthMismatch }
        return try hex(text, index, bytes: 8...112)
    }

    /// The field of the clear-text CRC, which must be right.
    ///
    /// Source: MagTek 99875475, "Clear Text CRC": CRC-16 by the polynomial 1021, low byte first.
    /// That it begins with FFFF and takes in the separator in front of it is by computing the
    /// manual's examples.
    func checkedCRC(_ text: Span<UInt8>) throws(FrameFault) -> ByteRange {
        let field = fields[count - 3]
        guard field.count == 4, EncryptedBlock.Form.typed.byte(text, at: field.start) != nil,
            EncryptedBlock.Form.typed.byte(text, at: field.start + 2) != nil,
            MagTekText.lowFirst(text, field) == Self.crc(text, front.start..<field.start)
        else { throw .checksumWrong }
        return field
    }

    /// CRC-16 by the polynomial 1021 from FFFF, a byte at a time without a table.
    private static func crc(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt16 {
        var crc: UInt16 = 0xFFFF
        for offset in range {
            crc = crc << 8 | crc >> 8
            crc ^= UInt16(text[offset])
            crc ^= (crc & 0xFF) >> 4
            crc ^= crc << 12
            crc ^= (crc & 0xFF) << 5
        }
        return crc
    }
}
