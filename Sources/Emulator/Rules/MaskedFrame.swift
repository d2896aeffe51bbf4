internal import Readers
internal import Values

/// A reader's encrypted frame as far as it can be judged without its key: its form, and the card
/// number that it shows.
///
/// Source: PayHub API, "encrypted_track_data" (the string read by the swiper): the frame in
/// hexadecimal digits, or as a reader that acts as a keyboard types it.
internal struct MaskedFrame {
    /// What the reader shows of the card number: the first and last four digits at least.
    let maskedPAN: [UInt8]

    /// Reads a frame; `nil` when its form is wrong or it shows no card number.
    init?(_ text: String) {
        guard text.utf8.count <= 2 * Limits.swipeBytesMaximum else { return nil }
        let binary = HexText.bytes(text)
        let bytes = binary ?? Array(text.utf8)
        let frame = try? IDTechFrame(
            bytes.span, in: ByteRange(start: 0, count: bytes.count),
            form: binary == nil ? .typed : .binary)
        guard let frame, frame.isEncrypted, frame.cardKind == .bank,
            let pan = Self.number(bytes, frame.maskedTracks.track2, 1, UInt8(ascii: "="))
                ?? Self.number(bytes, frame.maskedTracks.track1, 2, UInt8(ascii: "^"))
        else { return nil }
        maskedPAN = pan
    }

    /// The number behind the sentinel (and on track 1 the format code), up to its mark.
    private static func number(
        _ bytes: [UInt8], _ track: ByteRange?, _ lead: Int, _ mark: UInt8
    ) -> [UInt8]? {
        guard let track else { return nil }
        let number = Array(bytes[track.range].dropFirst(lead).prefix { $0 != mark })
        let shown = number.prefix(4) + number.suffix(4)
        let isShown = shown.allSatisfy { (0x30...0x39).contains($0) }
        return (12...19).contains(number.count) && isShown ? number : nil
    }

    /// True for the name of a brand or model: capitals, digits, blanks and `_`.
    static func isName(_ value: JSONValue) -> Bool {
        guard let text = value.string, (1...32).contains(text.utf8.count) else { return false }
        return text.utf8.allSatisfy {
            (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x20
        }
    }
}
