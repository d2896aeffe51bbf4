internal import Secrets
internal import Tracks
internal import Values

/// The message that an ID TECH SecureKey M100 or M130 types: `<DvcMsg>` around `Dvc`, `Card`,
/// `Addr` and `Tran`, whose data are attributes.
///
/// Only this shape is read; it has XML's look and none of its freedom. Entities, comments,
/// CDATA, declarations, other elements, text and single quotes are refused, and so is a field
/// that comes twice. What is forwarded is the message as it was typed.
///
/// Source: ID TECH SecureKey M100/M130 manual 80120502, section 6.2; the attributes' names from
/// programs of others that read it.
internal struct SecureKeyMessage {
    static var opening: String { "<DvcMsg" }
    static var closing: String { "</DvcMsg>" }

    private var seen = Elements()
    private var entry: ByteRange?
    private var encodeType: ByteRange?
    private var track1: ByteRange?
    private var track2: ByteRange?
    private var keySerialNumber: ByteRange?
    private var expiry: ByteRange?
    private var maskedPAN: ByteRange?

    private struct Elements: OptionSet {
        let rawValue: UInt8
        static let device = Elements(rawValue: 1)
        static let card = Elements(rawValue: 2)
        static let address = Elements(rawValue: 4)
        static let transaction = Elements(rawValue: 8)
    }

    /// True when the text begins as such a message.
    static func begins(_ text: Span<UInt8>) -> Bool {
        var cursor = SecureKeyCursor(in: ByteRange(start: 0, count: text.count))
        return cursor.take(opening, text)
    }

    /// What the message that fills `range` means for a sale.
    /// - Throws: ``FrameFault``: `messageMalformed`, `endMissing`, `encodeTypeUnknown`,
    ///   `nothingEncrypted`.
    static func content(
        _ text: Span<UInt8>, in range: ByteRange
    ) throws(FrameFault) -> SwipeContent {
        try SecureKeyMessage(text, in: range).content(text, frame: range)
    }

    private init(_ text: Span<UInt8>, in range: ByteRange) throws(FrameFault) {
        var cursor = SecureKeyCursor(in: range)
        try cursor.expect(Self.opening, text)
        while try cursor.attribute(text) != nil {}
        try cursor.expect(">", text)
        cursor.skipBlanks(text)
        while !cursor.take(Self.closing, text) {
            try readElement(&cursor, text)
            cursor.skipBlanks(text)
        }
        guard cursor.isAtEnd else { throw .bytesLeftOver }
    }

    /// `<Name attributes></Name>` or `<Name attributes/>`
    private mutating func readElement(
        _ cursor: inout SecureKeyCursor, _ text: Span<UInt8>
    ) throws(FrameFault) {
        try cursor.expect("<", text)
        let name = try cursor.name(text)
        guard let element = Self.element(text, name), seen.insert(element).inserted else {
            throw .messageMalformed
        }
        while let attribute = try cursor.attribute(text) { try keep(attribute, of: element, text) }
        if cursor.take("/>", text) { return }
        try cursor.expect(">", text)
        cursor.skipBlanks(text)
        try cursor.expect("</", text)
        let closed = try cursor.name(text)
        guard Self.element(text, closed) == element else { throw .messageMalformed }
        try cursor.expect(">", text)
    }

    private static func element(_ text: Span<UInt8>, _ name: ByteRange) -> Elements? {
        if SecureKeyCursor.equals(text, name, "Dvc") { return .device }
        if SecureKeyCursor.equals(text, name, "Card") { return .card }
        if SecureKeyCursor.equals(text, name, "Addr") { return .address }
        if SecureKeyCursor.equals(text, name, "Tran") { return .transaction }
        return nil
    }

    private mutating func keep(
        _ attribute: SecureKeyCursor.Attribute, of element: Elements, _ text: Span<UInt8>
    ) throws(FrameFault) {
        let field: WritableKeyPath<SecureKeyMessage, ByteRange?>? =
            switch element {
            case .device: SecureKeyCursor.equals(text, attribute.name, "Entry") ? \.entry : nil
            case .card: Self.cardField(text, attribute.name)
            default: nil
            }
        guard let field else { return }
        guard self[keyPath: field] == nil else { throw .messageMalformed }
        self[keyPath: field] = attribute.value
    }

    private static func cardField(
        _ text: Span<UInt8>, _ name: ByteRange
    ) -> WritableKeyPath<SecureKeyMessage, ByteRange?>? {
        if SecureKeyCursor.equals(text, name, "CEncode") { return \.encodeType }
        if SecureKeyCursor.equals(text, name, "ETrk1") { return \.track1 }
        if SecureKeyCursor.equals(text, name, "ETrk2") { return \.track2 }
        if SecureKeyCursor.equals(text, name, "CDataKSN") { return \.keySerialNumber }
        if SecureKeyCursor.equals(text, name, "Exp") { return \.expiry }
        if SecureKeyCursor.equals(text, name, "MskPAN") { return \.maskedPAN }
        return nil
    }
}

extension SecureKeyMessage {
    private func content(
        _ text: Span<UInt8>, frame: ByteRange
    ) throws(FrameFault) -> SwipeContent {
        guard let entry, seen.contains(.card) else { throw .messageMalformed }
        if SecureKeyCursor.equals(text, entry, "MANUAL") { return .bad(.manualEntry) }
        guard SecureKeyCursor.equals(text, entry, "SWIPE") else { throw .messageMalformed }
        guard try isPaymentCard(text) else { return .bad(.notAPaymentCard(.licence)) }
        let hasTrack1 = try isEncrypted(text, track1)
        let hasTrack2 = try isEncrypted(text, track2)
        guard hasTrack1 || hasTrack2 else { throw .nothingEncrypted }
        // Ten bytes.
        guard let keySerialNumber, keySerialNumber.count == 20,
            Self.isHex(text, keySerialNumber)
        else { throw .messageMalformed }
        let pan = text.extracting((maskedPAN ?? ByteRange(start: 0, count: 0)).range)
        var block = EncryptedBlock(
            frame: frame, form: .typed, maskedPAN: MaskedPAN(alreadyMasked: pan),
            brand: CardBrand(pan: pan), expiry: unambiguousExpiry(text))
        block.keySerialNumber = keySerialNumber
        return .encrypted(block)
    }

    /// The encode types are those of ID TECH's frames.
    private func isPaymentCard(_ text: Span<UInt8>) throws(FrameFault) -> Bool {
        guard let encodeType else { return true }
        guard encodeType.count == 1 else { throw .encodeTypeUnknown }
        switch text[encodeType.start] {
        case UInt8(ascii: "0"), UInt8(ascii: "3"), UInt8(ascii: "4"): return true
        case UInt8(ascii: "1"), UInt8(ascii: "2"): return false
        default: throw .encodeTypeUnknown
        }
    }

    /// True when the track is there; what is there must be hex digits of whole bytes.
    private func isEncrypted(
        _ text: Span<UInt8>, _ track: ByteRange?
    ) throws(FrameFault) -> Bool {
        guard let track, !track.isEmpty else { return false }
        guard track.count.isMultiple(of: 2), Self.isHex(text, track) else {
            throw .messageMalformed
        }
        return true
    }

    /// The expiry, when it can only be YYMM: others' programs write MMYY into the same
    /// attribute, and a wrong date must not go out.
    private func unambiguousExpiry(_ text: Span<UInt8>) -> ByteRange? {
        guard let expiry, let read = CardExpiry(text.extracting(expiry.range)), read.isValid,
            !(1...12).contains(read.yearOfCentury)
        else { return nil }
        return expiry
    }

    private static func isHex(_ text: Span<UInt8>, _ range: ByteRange) -> Bool {
        for offset in range.range {
            let byte = text[offset]
            guard byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6 else { return false }
        }
        return true
    }
}
