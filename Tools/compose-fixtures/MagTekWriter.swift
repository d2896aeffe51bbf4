internal import DUKPT

/// A swipe as MagTek's readers send it: SureSwipe and MagneSafe V5, as a report or typed.
///
/// Source: MagTek 99875191 (SureSwipe), 99875475 (MagneSafe V5). What the manual leaves open: the
/// hash of track 2 is taken over the track with its sentinels.
internal struct MagTekWriter {
    let card: TestCard
    let keySerialNumber: [UInt8]
    private let encrypted: [[UInt8]]

    private static let readerSerialNumber = "SYNTHETIC2"
    private static let sessionID: [UInt8] = [0x54, 0x45, 0x53, 0x54, 0, 0, 0, 1]
    /// High byte first: a key is there and the reader encrypts.
    private static let status: [UInt8] = [0x00, 0x06]

    /// A swipe encrypted under the key that the count of the published test reader names.
    init(_ card: TestCard, count: UInt8) throws {
        let serial: [UInt8] = [0xFF, 0xFF, 0x98, 0x76, 0x54, 0x32, 0x10, 0xE0, 0x00, count]
        self.card = card
        keySerialNumber = serial
        encrypted = [
            try Self.sealed(Self.whole(card).0, serial),
            try Self.sealed(Self.whole(card).1, serial),
        ]
    }

    // MARK: HID reports

    /// A SureSwipe report with clear tracks; `nil` for one that could not be decoded.
    static func sureSwipe(track1: String?, track2: String?) -> [UInt8] {
        let tracks = [track1.map { "%\($0)?" }, track2.map { ";\($0)?" }]
        let statuses: [UInt8] = tracks.map { $0 == nil ? 1 : 0 }
        let isUndetermined = track1 == nil && track2 == nil
        let texts = tracks.map { Array(($0 ?? "").utf8) }
        return statuses + [0] + texts.map { UInt8($0.count) } + [0]
            + [isUndetermined ? 5 : 0] + areas(texts, room: 110)
    }

    /// A MagneSafe report of older firmware, 856 bytes.
    var olderReport: [UInt8] {
        let masked = maskedTracks.map { Array($0.utf8) }
        let lengths = [UInt8(card.track1.utf8.count + 2), UInt8(card.track2.utf8.count + 2), 0]
        let serial = Array(Self.readerSerialNumber.utf8)
        var report: [UInt8] = [0, 0, 0] + encrypted.map { UInt8($0.count) } + [0, 0]
        report += Self.areas(encrypted, room: 112)
        // Card status, MagnePrint's status, length and data: none.
        report += [UInt8](repeating: 0, count: 1 + 4 + 1 + 128)
        report += serial + [UInt8](repeating: 0, count: 16 - serial.count)
        report += Self.status + keySerialNumber
        report += masked.map { UInt8($0.count) } + [0]
        report += Self.areas(masked, room: 112)
        return report + Self.sessionID + lengths + [0]
    }

    /// A MagneSafe report of newer firmware, 887 bytes.
    func report() throws -> [UInt8] {
        let counter: [UInt8] = [0x00, 0xFF, 0xFF]
        let hash = try SealedTrack.hash(of: Self.whole(card).1)
        return olderReport + counter + Array("V05".utf8) + [0, 0, 0, 0, 0] + hash
    }

    // MARK: Typed

    /// What a MagneSafe reader types.
    var typed: String {
        let fields = [
            Self.hex(Self.status.reversed()), Self.hex(encrypted[0]), Self.hex(encrypted[1]), "",
            "00000000", "", Self.readerSerialNumber, Self.hex(Self.sessionID),
            Self.hex(keySerialNumber),
        ]
        let front = maskedTracks.joined() + "|" + fields.joined(separator: "|") + "|"
        let crc = Self.crc(front)
        return front + Self.hex([UInt8(crc & 0xFF), UInt8(crc >> 8)]) + "||1000\r"
    }

    /// CRC-16 by the polynomial 1021 from FFFF, bit by bit.
    private static func crc(_ text: String) -> UInt16 {
        text.utf8.reduce(0xFFFF) { sum, byte in
            (0..<8).reduce(sum ^ UInt16(byte) << 8) { rest, _ in
                rest & 0x8000 == 0 ? rest << 1 : rest << 1 ^ 0x1021
            }
        }
    }

    // MARK: Parts

    private static func whole(_ card: TestCard) -> ([UInt8], [UInt8]) {
        (Array("%\(card.track1)?".utf8), Array(";\(card.track2)?".utf8))
    }

    /// First and last four digits, name and expiry stay; zeros stand for the rest.
    private var maskedTracks: [String] {
        let number = card.number
        let zeros = String(repeating: "0", count: number.count - 8)
        let masked = number.prefix(4) + zeros + number.suffix(4)
        let starts = ["%B\(masked)^\(card.name)^\(card.expiry)", ";\(masked)=\(card.expiry)"]
        let lengths = [card.track1.utf8.count + 1, card.track2.utf8.count + 1]
        return zip(starts, lengths).map { start, count in
            start + String(repeating: "0", count: count - start.utf8.count) + "?"
        }
    }

    /// The track under the PIN key of the swipe, which is MagTek's way.
    private static func sealed(_ track: [UInt8], _ serial: [UInt8]) throws -> [UInt8] {
        guard let number = KeySerialNumber(serial) else {
            throw DUKPTError.serialNumberOfOtherStandard
        }
        return try SealedTrack.bytes(of: track, for: .pin, number)
    }

    /// Tracks 1 and 2 in areas of their own, and the empty one of track 3.
    private static func areas(_ tracks: [[UInt8]], room: Int) -> [UInt8] {
        (tracks + [[]]).flatMap { $0 + [UInt8](repeating: 0, count: room - $0.count) }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
