import Readers

/// Composes ID TECH frames and reports for tests. What stands for ciphertext is a fixed pattern:
/// nothing here depends on a key.
struct FrameComposer: Sendable, CustomStringConvertible {
    var form = EncryptedBlock.Form.binary
    var encodeType: UInt8 = 0x80
    var trackStatus: UInt8 = 0x1B
    /// Whole tracks in clear, sentinels and LRC included; `nil` for none.
    var tracks: [String?] = [Sample.track1, Sample.track2, nil]
    var field8: UInt8 = 0x03
    var field9: UInt8 = 0x9B
    var optionalBytes: [UInt8]?
    var hashBytes = 20
    var masksExpiry = true
    var sendsKeySerialNumber = true

    static let serialNumber = Array("T000000001".utf8)
    static let keySerialNumber: [UInt8] = [0x62, 0x99, 0x49, 0x01, 0, 0, 0, 0, 0, 0x01]

    var lengths: [Int] { tracks.map { $0?.utf8.count ?? 0 } }

    /// What tells the rows of a table apart, and nothing of the tracks.
    var description: String {
        "type \(encodeType), track status \(trackStatus), fields \(field8) and \(field9), "
            + "tracks of \(lengths)"
    }

    /// The whole frame.
    var frame: [UInt8] {
        let data = cardData
        let lrc = data.reduce(0, ^)
        let sum = data.reduce(0, &+)
        let count = [UInt8(data.count & 0xFF), UInt8(data.count >> 8)]
        return binary([0x02] + count) + data + binary([lrc, sum, 0x03])
    }

    var cardData: [UInt8] {
        var header = [encodeType, trackStatus] + lengths.map { UInt8($0) }
        guard encodeType >= 0x80 else { return binary(header) + originalFields }
        header += [field8, field9]
        if let optionalBytes { header += [UInt8(optionalBytes.count)] + optionalBytes }
        return binary(header) + enhancedFields
    }

    private var enhancedFields: [UInt8] {
        let block = field8 & 0x10 != 0 ? 16 : 8
        var data: [UInt8] = []
        for index in 0..<3 where field8 >> index & 1 != 0 { data += shown(index) }
        for index in 0..<3 where field9 >> index & 1 != 0 {
            data += binary(sealed(padded(lengths[index], block), seed: index))
        }
        if field9 & 0x40 != 0 { data += binary(sealed(block, seed: 5)) }
        for index in 0..<3 where field9 >> (index + 3) & 1 != 0 {
            data += binary(sealed(hashBytes, seed: index + 6))
        }
        if field8 & 0x80 != 0 { data += binary(Self.serialNumber) }
        if sendsKeySerialNumber { data += binary(Self.keySerialNumber) }
        return data
    }

    private var originalFields: [UInt8] {
        var data: [UInt8] = []
        for index in 0..<3 { data += shown(index) }
        guard sendsKeySerialNumber else { return data }
        data += binary(
            sealed(padded(lengths[0] + lengths[1], field8 & 0x10 != 0 ? 16 : 8), seed: 1))
        for index in 0..<2 where lengths[index] > 0 {
            data += binary(sealed(20, seed: index + 6))
        }
        return data + binary(Self.keySerialNumber)
    }

    /// A track as the reader shows it: masked when it is also encrypted.
    private func shown(_ index: Int) -> [UInt8] {
        guard let track = tracks[index] else { return [] }
        let isSealed =
            encodeType >= 0x80 ? field9 >> index & 1 != 0 : sendsKeySerialNumber && index < 2
        return isSealed ? masked(Array(track.utf8), isTrack1: index == 0) : Array(track.utf8)
    }

    /// First and last four digits of the PAN, separators, name and sentinels stay.
    private func masked(_ track: [UInt8], isTrack1: Bool) -> [UInt8] {
        let separator = UInt8(ascii: isTrack1 ? "^" : "=")
        let first = isTrack1 ? 2 : 1
        guard let end = track.firstIndex(of: separator), let last = track.lastIndex(of: separator)
        else { return track }
        var shown = track
        if isTrack1 { shown[1] = UInt8(ascii: "*") }
        for index in first + 4..<end - 4 { shown[index] = UInt8(ascii: "*") }
        let secret = last + (masksExpiry ? 1 : 5)
        for index in secret..<track.count where track[index] != UInt8(ascii: "?") {
            shown[index] = UInt8(ascii: "*")
        }
        return shown
    }

    private func padded(_ count: Int, _ block: Int) -> Int { (count + block - 1) / block * block }

    private func sealed(_ count: Int, seed: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: ($0 + seed) &* 167 &+ 13) }
    }

    /// Bytes as the form writes them.
    private func binary(_ bytes: [UInt8]) -> [UInt8] {
        form == .binary ? bytes : Self.hex(bytes)
    }

    static func hex(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    /// An input report: header, output, zeros up to the report's size.
    static func report(
        status: [UInt8] = [0, 0, 0], lengths: [Int] = [0, 0, 0], encodeType: UInt8 = 0,
        output: [UInt8], size: Int = 509
    ) -> [UInt8] {
        let count = [UInt8(output.count & 0xFF), UInt8(output.count >> 8)]
        let report = status + lengths.map { UInt8($0) } + [encodeType] + count + output
        return report + [UInt8](repeating: 0, count: max(0, size - report.count))
    }

    /// Clear output: the tracks with a CR behind each.
    static func clearReport(
        _ tracks: [String?], status: [UInt8] = [0, 0, 0], size: Int = 509
    ) -> [UInt8] {
        report(
            status: status, lengths: tracks.map { $0?.utf8.count ?? 0 },
            output: tracks.flatMap { $0.map { Array(($0 + "\r").utf8) } ?? [] }, size: size)
    }
}

/// Tracks of published test cards, whole as readers count them, with an LRC character.
enum Sample {
    static let track1 = "%B4111111111111111^PUBLISHED/TEST CARD^30121010000000001?!"
    static let track2 = ";4111111111111111=30121010000000001?4"
    static let track3 = ";014111111111111111=000000000001?5"
    static let amexTrack1 = "%B371449635398431^PUBLISHED/TEST CARD^30121010000000001?!"
    static let amexTrack2 = ";371449635398431=30121010000000001?4"
}
