internal import Secrets
public import Values

/// What stands around an ID TECH frame's card data: STX, length, LRC, checksum, ETX.
///
/// A typed frame has two hex digits for each of these bytes; its length, LRC and checksum are
/// over the typed characters. Source: ID TECH SecureMag manual, "Data format"; the typed form by
/// computing published samples.
internal enum IDTechEnvelope {
    static let start: UInt8 = 0x02
    static let end: UInt8 = 0x03
    /// STX, two of length, LRC, checksum, ETX.
    static let overhead = 6

    /// Checks the envelope of a frame that fills `range`, and says where its card data stands.
    static func cardData(
        _ bytes: Span<UInt8>, in range: ByteRange, form: EncryptedBlock.Form
    ) throws(FrameFault) -> ByteRange {
        guard try IDTechFrame.extent(bytes, in: range, form: form) == range else {
            throw .lengthMismatch
        }
        let width = form.width
        guard form.byte(bytes, at: range.start) == start else { throw .startMissing }
        guard form.byte(bytes, at: range.end - width) == end else { throw .endMissing }
        let data = ByteRange(range.start + 3 * width, upTo: range.end - 3 * width)
        var lrc: UInt8 = 0
        var sum: UInt8 = 0
        bytes.extracting(data.range).forEach { byte in
            lrc ^= byte
            sum &+= byte
        }
        guard form.byte(bytes, at: data.end) == lrc else { throw .lrcWrong }
        guard form.byte(bytes, at: data.end + width) == sum else { throw .checksumWrong }
        return data
    }
}

extension IDTechFrame {
    /// Where the frame that begins a range stands, by its own length; nothing else is checked.
    /// More may follow it: padding of a report, or the next frame of a stream.
    /// - Throws: ``FrameFault``: `tooShort`, or `lengthMismatch` when it would not fit.
    public static func extent(
        _ bytes: Span<UInt8>, in range: ByteRange, form: EncryptedBlock.Form = .binary
    ) throws(FrameFault) -> ByteRange {
        let width = form.width
        let overhead = IDTechEnvelope.overhead * width
        guard range.count >= overhead, range.end <= bytes.count else { throw .tooShort }
        guard let low = form.byte(bytes, at: range.start + width),
            let high = form.byte(bytes, at: range.start + 2 * width)
        else { throw .lengthMismatch }
        let count = Int(high) << 8 + Int(low) + overhead
        guard count <= range.count else { throw .lengthMismatch }
        return ByteRange(start: range.start, count: count)
    }
}

extension EncryptedBlock.Form {
    /// How many characters stand for one byte.
    package var width: Int {
        switch self {
        case .binary: 1
        case .typed: 2
        }
    }

    /// The byte that stands at an offset, which with the form's width must lie in the span;
    /// `nil` when it is typed and not in capital hex digits.
    package func byte(_ bytes: Span<UInt8>, at offset: Int) -> UInt8? {
        switch self {
        case .binary: return bytes[offset]
        case .typed:
            guard let high = Self.hexValue(bytes[offset]),
                let low = Self.hexValue(bytes[offset + 1])
            else { return nil }
            return high << 4 | low
        }
    }

    /// The value of a hex digit. Readers type capitals only.
    private static func hexValue(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
