internal import Values

/// The encrypted block of a reader as far as it can be judged without its key.
///
/// Source: ID TECH, encrypted output formats (original and enhanced); the text is the whole frame
/// in hexadecimal digits.
internal struct EncryptedBlock {
    /// What the reader shows of the card number: the first and last four digits.
    let maskedPAN: [UInt8]

    private static let start: UInt8 = 0x02
    private static let end: UInt8 = 0x03

    /// Reads a frame; `nil` when its form is wrong or it shows no card number.
    init?(hexadecimal text: String) {
        guard let frame = Self.bytes(of: text), Self.isWhole(frame) else { return nil }
        guard let pan = Self.maskedPAN(in: frame[3..<(frame.count - 3)]) else { return nil }
        maskedPAN = pan
    }

    /// True for the name of a brand or model: capitals, digits, blanks and `_`.
    static func isName(_ value: JSONValue) -> Bool {
        guard let text = value.string, (1...32).contains(text.utf8.count) else { return false }
        return text.utf8.allSatisfy {
            (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x20
        }
    }

    private static func bytes(of text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2), digits.count <= 2 * Limits.swipeBytesMaximum else {
            return nil
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = HexText.value(of: digits[index]),
                let low = HexText.value(of: digits[index + 1])
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    /// Start, length (low byte first), exclusive-or, sum and end agree.
    private static func isWhole(_ frame: [UInt8]) -> Bool {
        guard frame.count > 16, frame[0] == start, frame[frame.count - 1] == end,
            Int(frame[1]) | Int(frame[2]) << 8 == frame.count - 6
        else { return false }
        let data = frame[3..<(frame.count - 3)]
        return data.reduce(0, ^) == frame[frame.count - 3]
            && data.reduce(0, &+) == frame[frame.count - 2]
    }

    /// The masked number of track 2, or of track 1.
    private static func maskedPAN(in data: ArraySlice<UInt8>) -> [UInt8]? {
        let first = data.startIndex
        let isEnhanced = data[first] >= 0x80
        guard data.count > 7 else { return nil }
        let sent = isEnhanced ? data[first + 5] : data[first + 1]
        var position = first + (isEnhanced ? 7 : 5)
        var found: [UInt8]?
        for (index, mark) in [UInt8(ascii: "^"), UInt8(ascii: "=")].enumerated()
        where sent & (1 << UInt8(index)) != 0 {
            let length = Int(data[first + 2 + index])
            guard length <= data.endIndex - position else { return nil }
            let track = data[position..<(position + length)]
            found = number(on: track, isTrack1: index == 0, upTo: mark) ?? found
            position += length
        }
        return found
    }

    private static func number(
        on track: ArraySlice<UInt8>, isTrack1: Bool, upTo mark: UInt8
    ) -> [UInt8]? {
        // Track 1 has its sentinel and format code before the number, track 2 its sentinel.
        let number = Array(track.dropFirst(isTrack1 ? 2 : 1).prefix { $0 != mark })
        let isShown = (number.prefix(4) + number.suffix(4)).allSatisfy {
            (0x30...0x39).contains($0)
        }
        return (12...19).contains(number.count) && isShown ? number : nil
    }
}
