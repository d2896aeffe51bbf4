internal import DUKPT

/// An encrypted frame as a UniMag II sends it: enhanced format, both tracks masked and encrypted,
/// serial number, no hashes.
///
/// Source: ID TECH SecureMag manual, enhanced encrypted format; the UniMag II's field values
/// (status 1F, fields 83 and 83) from ID TECH's UniMag II documentation.
internal struct EncryptedFrame {
    private static let serialNumber = "SYNTHETIC1"

    /// The frame from 02 to 03.
    private(set) var bytes: [UInt8]
    /// The characters of track 1 and 2, sentinels and LRC included.
    let trackLengths: [UInt8]

    /// The frame of a swipe.
    init(_ card: TestCard, keySerialNumber: KeySerialNumber) throws {
        let track1 = Self.withLRC("%\(card.track1)?", firstCharacter: 0x20)
        let track2 = Self.withLRC(";\(card.track2)?", firstCharacter: 0x30)
        trackLengths = [UInt8(track1.count), UInt8(track2.count)]
        var data: [UInt8] = [0x80, 0x1F] + trackLengths + [0, 0x83, 0x83]
        data += Self.maskedTrack1(card, count: track1.count)
        data += Self.maskedTrack2(card, count: track2.count)
        data += try Self.encrypted([track1, track2], keySerialNumber)
        data += Self.serialNumber.utf8
        data += keySerialNumber.bytes
        let length = [UInt8(data.count & 0xFF), UInt8(data.count >> 8)]
        let lrc = data.reduce(0, ^)
        let checksum = data.reduce(0, &+)
        bytes = [0x02] + length + data + [lrc, checksum, 0x03]
    }

    /// The same frame with a checksum that is one too high.
    func withBrokenChecksum() -> EncryptedFrame {
        var broken = self
        broken.bytes[bytes.count - 2] &+= 1
        return broken
    }

    /// The track and its LRC: the XOR of all its characters, sentinels included, as the stripe
    /// encodes them.
    private static func withLRC(_ track: String, firstCharacter: UInt8) -> [UInt8] {
        let lrc = track.utf8.reduce(UInt8(0)) { $0 ^ ($1 - firstCharacter) }
        return Array(track.utf8) + [firstCharacter + lrc]
    }

    /// The tracks, each encrypted on its own under the published key's data key of the swipe.
    private static func encrypted(
        _ tracks: [[UInt8]], _ number: KeySerialNumber
    ) throws -> [UInt8] {
        try tracks.flatMap { try SealedTrack.bytes(of: $0, for: .dataRequest, number) }
    }

    /// The name, the separators and the sentinels stay; the first and last four digits of the
    /// number too.
    private static func maskedTrack1(_ card: TestCard, count: Int) -> [UInt8] {
        masked("%*\(masked(number: card.number))^\(card.name)^", count: count)
    }

    private static func maskedTrack2(_ card: TestCard, count: Int) -> [UInt8] {
        masked(";\(masked(number: card.number))=", count: count)
    }

    private static func masked(_ beginning: String, count: Int) -> [UInt8] {
        let rest = count - beginning.utf8.count - 2
        return Array((beginning + String(repeating: "*", count: rest) + "?*").utf8)
    }

    private static func masked(number: String) -> String {
        number.prefix(4) + String(repeating: "*", count: number.count - 8) + number.suffix(4)
    }
}
