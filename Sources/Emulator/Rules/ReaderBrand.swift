internal import Decryption
internal import Readers
internal import Values

/// The brands whose blocks the gateway opens, as `swiper_brand` spells them; how a brand's block
/// is read from the text of `encrypted_track` is a case here and a file in module Decryption.
///
/// Source: PayHub API, "encrypted_track_data": the string read by the swiper.
internal enum ReaderBrand: String {
    case idTech = "IDTECH"
    case magTek = "MAGTEK"

    /// The block; `nil` when the text is none of this brand.
    func block(_ text: String) -> SealedBlock? {
        guard text.utf8.count <= 2 * Limits.swipeBytesMaximum else { return nil }
        switch self {
        case .idTech: return Self.idTechBlock(text)
        case .magTek: return Self.magTekBlock(text)
        }
    }

    /// A frame in hexadecimal digits, or as a reader that acts as a keyboard types it. A card
    /// number that it shows must have the length of one.
    private static func idTechBlock(_ text: String) -> SealedBlock? {
        let binary = HexText.bytes(text)
        let bytes = binary ?? Array(text.utf8)
        let frame = try? IDTechFrame(
            bytes.span, in: ByteRange(start: 0, count: bytes.count),
            form: binary == nil ? .typed : .binary)
        guard let frame, frame.cardKind == .bank, let block = SealedBlock(frame, bytes.span),
            (12...19).contains(block.maskedPAN?.count ?? 12)
        else { return nil }
        return block
    }
}

extension ReaderBrand {
    /// A report in hexadecimal digits, or what a reader that acts as a keyboard types.
    private static func magTekBlock(_ text: String) -> SealedBlock? {
        guard let report = HexText.bytes(text) else {
            let bytes = Array(text.utf8)
            let whole = ByteRange(start: 0, count: bytes.count)
            let typed = try? MagTekText(bytes.span, in: whole)
            return typed.flatMap { SealedBlock($0, bytes.span) }
        }
        let whole = ByteRange(start: 0, count: report.count)
        let read = try? MagTekReport(report.span, in: whole)
        return read.flatMap { SealedBlock($0, report.span) }
    }
}

extension JSONValue {
    /// True for the name of a brand or model: capitals, digits, blanks and `_`.
    internal var isName: Bool {
        guard let text = string, (1...32).contains(text.utf8.count) else { return false }
        return text.utf8.allSatisfy {
            (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x20
        }
    }
}
