import Readers

/// Composes MagTek reports and typed text for tests. What stands for ciphertext is a pattern.
struct MagTekComposer: Sendable {
    /// Whole tracks in clear, sentinels included; `nil` for none.
    var tracks: [String?] = [track1, track2, nil]
    var maskedTracks: [String?] = [maskedTrack1, maskedTrack2, nil]
    var decodeStatus: [UInt8] = [0, 0, 0]
    var encodeType: UInt8 = 0
    var status: UInt16 = 0x0006
    var keySerialNumber: [UInt8] = [0xFF, 0xFF, 0x98, 0x76, 0x54, 0x32, 0x10, 0xE0, 0x00, 0x08]
    var isNew = true
    /// What the reader is set to type in front of the tracks, behind them, and behind everything.
    var affixes = ("", "", "")
    var counter: String?

    static let track1 = "%B4111111111111111^PUBLISHED/TEST CARD^30121010000000001?"
    static let track2 = ";4111111111111111=30121010000000001?"
    static let maskedTrack1 = "%B4111000000001111^PUBLISHED/TEST CARD^30120000000000000?"
    static let maskedTrack2 = ";4111000000001111=30120000000000000?"
    static let serialNumber = "B000795"

    /// The same reader before it is set to encrypt: security level 2.
    static let level2 = MagTekComposer(
        status: 0x0002, keySerialNumber: [UInt8](repeating: 0, count: 10))

    var isEncrypting: Bool { status & 6 == 6 }

    /// What stands in the fields of the three tracks.
    var fields: [[UInt8]] {
        tracks.enumerated().map { index, track in
            let clear = Array((track ?? "").utf8)
            guard isEncrypting else { return clear }
            let count = (clear.count + 7) / 8 * 8
            return (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + index * 11 + 5) }
        }
    }

    // MARK: HID reports

    static func sureSwipe(
        _ tracks: [String?], status: [UInt8] = [0, 0, 0], encodeType: UInt8 = 0
    ) -> [UInt8] {
        let texts = tracks.map { Array(($0 ?? "").utf8) }
        return status + texts.map { UInt8($0.count) } + [encodeType] + areas(texts, 110)
    }

    var report: [UInt8] {
        let masked = maskedTracks.map { Array(($0 ?? "").utf8) }
        var report = decodeStatus + fields.map { UInt8($0.count) } + [encodeType]
        report += Self.areas(fields, 112)
        report += [1, 0xA1, 0x05, 0, 0, 54] + (0..<128).map { UInt8($0) }
        report += Self.padded(Array(Self.serialNumber.utf8), 16, with: 0)
        report += [UInt8(status >> 8), UInt8(status & 0xFF)] + keySerialNumber
        report += masked.map { UInt8($0.count) } + Self.areas(masked, 112)
        report += [1, 2, 3, 4, 5, 6, 7, 8] + tracks.map { UInt8($0?.utf8.count ?? 0) } + [54]
        guard isNew else { return report }
        return report + [0, 0xFF, 0xFE] + Self.padded(Array("V05".utf8), 8, with: 0)
            + (0..<20).map { UInt8($0 + 100) }
    }

    /// Behind a length everything is undefined, so it is no zero.
    private static func areas(_ texts: [[UInt8]], _ room: Int) -> [UInt8] {
        texts.flatMap { padded($0, room, with: 0x5A) }
    }

    private static func padded(_ bytes: [UInt8], _ count: Int, with byte: UInt8) -> [UInt8] {
        bytes + [UInt8](repeating: byte, count: count - bytes.count)
    }

    // MARK: Typed

    /// All characters but Enter.
    var text: String {
        let status = [UInt8(status & 0xFF), UInt8(status >> 8)]
        let serial = isEncrypting ? Self.hex(keySerialNumber) : ""
        let tracks = zip(fields, self.tracks).map {
            isEncrypting ? Self.hex($0) : $1 ?? ""
        }
        var fields =
            [Self.hex(status)] + tracks + [
                "A1050000", Self.hex([UInt8](repeating: 0xC3, count: 56)), Self.serialNumber,
                "0102030405060708", serial,
            ]
        if let counter { fields.append(counter) }
        return Self.withCRC(front + "|" + fields.joined(separator: "|") + "|", behind)
    }

    private var front: String {
        affixes.0 + maskedTracks.compactMap(\.self).joined() + affixes.1
    }

    private var behind: String { "|0011223344556677|1000" + affixes.2 }

    /// Text up to the CRC's place, the CRC, and what follows.
    static func withCRC(_ front: String, _ behind: String) -> String {
        let crc = crc(Array(front.utf8))
        return front + hex([UInt8(crc & 0xFF), UInt8(crc >> 8)]) + behind
    }

    /// CRC-16 by the polynomial 1021 from FFFF, bit by bit.
    static func crc(_ bytes: [UInt8]) -> UInt16 {
        bytes.reduce(0xFFFF) { sum, byte in
            (0..<8).reduce(sum ^ UInt16(byte) << 8) { rest, _ in
                rest & 0x8000 == 0 ? rest << 1 : rest << 1 ^ 0x1021
            }
        }
    }

    static func hex(_ bytes: [UInt8]) -> String {
        String(decoding: FrameComposer.hex(bytes), as: UTF8.self)
    }

    // MARK: Readers

    static var keyboard: ReaderProfile? { row(0x0001) }
    static var magneSafe: ReaderProfile? { row(0x0011) }

    private static func row(_ product: UInt16) -> ReaderProfile? {
        ReaderCatalogue.rows.first { $0.vendorID == 0x0801 && $0.productID == product }
    }
}
