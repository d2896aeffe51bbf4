/// A receipt as the bytes of a receipt printer.
///
/// Source: ESC/POS, the commands `ESC @`, `ESC t`, `ESC a`, `ESC E`, `GS !`, `GS V`. Text goes out
/// in code page 858 (its number is 19), which has the letters of English and Spanish.
extension Receipt {
    private enum Command {
        static let start: [UInt8] = [0x1B, 0x40]
        static let codePage: [UInt8] = [0x1B, 0x74, 19]
        static let large: [UInt8] = [0x1B, 0x45, 1, 0x1D, 0x21, 0x11]
        static let plain: [UInt8] = [0x1D, 0x21, 0x00, 0x1B, 0x45, 0]
        static let centre: [UInt8] = [0x1B, 0x61, 1]
        static let left: [UInt8] = [0x1B, 0x61, 0]
        /// Feeds four lines and cuts.
        static let cut: [UInt8] = [0x1B, 0x64, 4, 0x1D, 0x56, 0x42, 0]
    }

    /// The bytes.
    var printed: [UInt8] {
        var bytes = Command.start + Command.codePage
        for line in lines {
            if case .large(let text) = line, text.count * 2 <= form.width {
                bytes += Command.centre + Command.large + Self.bytes(text) + [0x0A]
                bytes += Command.plain + Command.left
            } else {
                for text in laid(line) { bytes += Self.bytes(text) + [0x0A] }
            }
        }
        return bytes + Command.cut
    }

    private static let letters: [Character: UInt8] = [
        "á": 0xA0, "é": 0x82, "í": 0xA1, "ó": 0xA2, "ú": 0xA3, "ñ": 0xA4, "Ñ": 0xA5, "ü": 0x81,
        "Á": 0xB5, "É": 0x90, "Í": 0xD6, "Ó": 0xE0, "Ú": 0xE9, "Ü": 0x9A, "¿": 0xA8, "¡": 0xAD,
        "€": 0xD5, "ç": 0x87, "Ç": 0x80, "°": 0xF8,
    ]

    /// What is in no letter of the page, and every control, becomes a question mark: nothing that
    /// a shop's name holds can give the printer an order.
    private static func bytes(_ text: String) -> [UInt8] {
        text.map { character in
            if let byte = character.asciiValue, (0x20..<0x7F).contains(byte) { return byte }
            return letters[character] ?? UInt8(ascii: "?")
        }
    }
}
