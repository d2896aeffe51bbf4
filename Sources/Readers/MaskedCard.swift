internal import Secrets
internal import Tracks
package import Values

/// What the masked tracks of an encrypted swipe still show. The mask can be any character, a zero
/// too; the format code of track 1 may be masked.
///
/// Source: ID TECH SecureMag manual, "Masking": separators and sentinels stay; of the PAN 0 to 6
/// digits in front and 0 to 4 behind stay. MagTek 99875475, "Masked Track Data": the same, and
/// name and expiry stay; a middle digit may be set so that the Luhn sum holds.
package struct MaskedCard {
    /// The masked card number; empty when no track shows it.
    package private(set) var pan = ByteRange(start: 0, count: 0)
    /// The expiry, when it is clear.
    package private(set) var expiry: ByteRange?

    /// What the masked tracks of a frame show.
    package init(_ bytes: Span<UInt8>, _ tracks: PerTrack<ByteRange?>) {
        if let track = tracks.track2 { readTrack2(bytes, track) }
        if let track = tracks.track1 { readTrack1(bytes, track) }
    }

    /// `;PAN=YYMM`
    private mutating func readTrack2(_ bytes: Span<UInt8>, _ track: ByteRange) {
        let mark = UInt8(ascii: "=")
        let first = track.start + 1
        guard let separator = Self.first(mark, bytes, ByteRange(first, upTo: track.end))
        else { return }
        pan = ByteRange(first, upTo: separator)
        expiry = Self.digits(bytes, from: separator + 1, upTo: track.end)
    }

    /// `%BPAN^NAME^YYMM`; it adds what track 2 does not show.
    private mutating func readTrack1(_ bytes: Span<UInt8>, _ track: ByteRange) {
        let mark = UInt8(ascii: "^")
        let first = track.start + 2
        guard track.count >= 2,
            let name = Self.first(mark, bytes, ByteRange(first, upTo: track.end))
        else { return }
        if pan.isEmpty { pan = ByteRange(first, upTo: name) }
        guard let end = Self.first(mark, bytes, ByteRange(name + 1, upTo: track.end)),
            expiry == nil
        else { return }
        expiry = Self.digits(bytes, from: end + 1, upTo: track.end)
    }

    private static func first(_ byte: UInt8, _ bytes: Span<UInt8>, _ range: ByteRange) -> Int? {
        for offset in range.range where bytes[offset] == byte { return offset }
        return nil
    }

    /// Four digits, unless one of them is masked.
    private static func digits(_ bytes: Span<UInt8>, from start: Int, upTo end: Int) -> ByteRange? {
        guard start + 4 <= end else { return nil }
        let range = ByteRange(start: start, count: 4)
        return CardExpiry(bytes.extracting(range.range)) == nil ? nil : range
    }
}
