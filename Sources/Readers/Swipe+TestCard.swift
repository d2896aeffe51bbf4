public import Secrets
internal import Tracks
internal import Values

extension Swipe {
    /// The swipe's bytes with a test card in the place of the card: number, name, expiry and
    /// filler are replaced in their own shape, and check characters are mended. The service code
    /// stays.
    ///
    /// - Returns: the report, or the typed text.
    /// - Throws: ``TestCardFault`` when it cannot be known that nothing of the card is left.
    public consuming func withTestCard() throws(TestCardFault) -> SecretBytes {
        guard case .plain(let tracks) = content else { throw .notClear }
        guard tracks.isWhollyKnown else { throw .trackUnreadable }
        let isReport = reader.mode == .hid
        var bytes = bytes
        if isReport, bytes.count > ReportShape.clearBytesMaximum { throw .notClear }
        try bytes.edit { (bytes: inout MutableSpan<UInt8>) throws(TestCardFault) in
            try TestCardWriter.write(over: tracks, in: &bytes)
            if isReport { ReportShape.clearRest(of: &bytes, behind: tracks) }
        }
        let isClean = bytes.withBytes { TestCardWriter.isClean($0, tracks) }
        guard isClean else { throw .somethingLeft }
        return bytes
    }
}

/// Why a swipe cannot be made one of a test card.
public enum TestCardFault: Error, Equatable, Sendable {
    /// It is encrypted, or no swipe: its ciphertext and hashes are the card's.
    case notClear
    /// A track does not read: what of the card stands in it is not known.
    case trackUnreadable
    /// No published test number has the length of this one.
    case noTestNumber
    /// Digits are left that belong to no field.
    case somethingLeft
}

extension TestCardFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .notClear: "it is encrypted or no swipe; record a test card instead"
        case .trackUnreadable: "a track of it does not read; swipe again"
        case .noTestNumber: "no test card has a number of this length; record a test card instead"
        case .somethingLeft: "digits of it belong to no field; record a test card instead"
        }
    }
}

extension CardTracks {
    /// True when every track is absent, an error that the reader tells, or known field by field.
    var isWhollyKnown: Bool {
        track3 == .absent
            && [track1.fault, track2.fault].allSatisfy { $0 == nil || $0 == .readError }
    }

    /// Where the texts of the tracks that read stand.
    fileprivate var texts: [ByteRange] {
        [track1.layout?.text, track2.layout?.text].compactMap { $0 }
    }
}

/// What of a report is header and what is not the tracks.
private enum ReportShape {
    /// ID TECH's clear reports have 509 or 512 bytes, SureSwipe's 337; longer ones hold more than
    /// tracks.
    static let clearBytesMaximum = 512

    /// Wipes what stands behind the last track: readers leave earlier swipes there.
    static func clearRest(of bytes: inout MutableSpan<UInt8>, behind tracks: CardTracks) {
        // Behind the end sentinel an LRC and a line end may stand.
        let end = (tracks.texts.map(\.end).max() ?? 0) + 3
        guard end < bytes.count else { return }
        for index in end..<bytes.count { bytes[index] = 0 }
    }
}

private enum TestCardWriter {
    private static let name = "TEST/CARD"
    private static let expiry = "3012"

    static func write(
        over tracks: CardTracks, in bytes: inout MutableSpan<UInt8>
    ) throws(TestCardFault) {
        if let track = tracks.track1.layout {
            try replaceNumber(track.pan, in: &bytes)
            replace(track.name, with: name, in: &bytes)
            if let range = track.expiry { replace(range, with: expiry, in: &bytes) }
            fill(track.discretionary, in: &bytes)
            mendCheck(of: track.text, startingAt: 0x20, in: &bytes)
        }
        if let track = tracks.track2.layout {
            try replaceNumber(track.pan, in: &bytes)
            if let range = track.expiry { replace(range, with: expiry, in: &bytes) }
            fill(track.discretionary, in: &bytes)
            mendCheck(of: track.text, startingAt: 0x30, in: &bytes)
        }
    }

    private static func replaceNumber(
        _ range: ByteRange, in bytes: inout MutableSpan<UInt8>
    ) throws(TestCardFault) {
        let number = TestCards.substitute(for: bytes.span.extracting(range.range))
        guard let number else { throw .noTestNumber }
        replace(range, with: number, in: &bytes)
    }

    private static func replace(
        _ range: ByteRange, with text: String, in bytes: inout MutableSpan<UInt8>
    ) {
        let characters = text.utf8Span.span
        for offset in 0..<range.count {
            bytes[range.start + offset] =
                offset < characters.count ? characters[offset] : UInt8(ascii: " ")
        }
    }

    private static func fill(_ range: ByteRange, in bytes: inout MutableSpan<UInt8>) {
        for index in range.range {
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): bytes[index] = UInt8(ascii: "0")
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes[index] = UInt8(ascii: "A")
            default: break
            }
        }
    }

    /// Mends the LRC behind the end sentinel, where one stands: the XOR of the characters' data
    /// bits from start to end sentinel. Source: ISO/IEC 7811-2.
    private static func mendCheck(
        of text: ByteRange, startingAt base: UInt8, in bytes: inout MutableSpan<UInt8>
    ) {
        let place = text.end + 1
        guard text.start > 0, place < bytes.count, bytes[text.end] == UInt8(ascii: "?"),
            !isBetweenTracks(bytes[place])
        else { return }
        var sum: UInt8 = 0
        for index in (text.start - 1)...text.end { sum ^= bytes[index] &- base }
        bytes[place] = (sum & (base == 0x20 ? 0x3F : 0x0F)) + base
    }

    private static func isBetweenTracks(_ byte: UInt8) -> Bool {
        [0, 0x0A, 0x0D, UInt8(ascii: "%"), UInt8(ascii: ";"), UInt8(ascii: "+")].contains(byte)
    }

    /// True when no long run of digits stands outside the tracks.
    static func isClean(_ bytes: Span<UInt8>, _ tracks: CardTracks) -> Bool {
        var run = 0
        for index in bytes.indices {
            let isInside = tracks.texts.contains { $0.range.contains(index) }
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index])
            run = isDigit && !isInside ? run + 1 : 0
            if run > 5 { return false }
        }
        return true
    }
}
