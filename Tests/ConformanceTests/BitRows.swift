import Secrets
import Tracks

/// The rows of raw bits, held against module Tracks.
enum BitRows {
    private typealias Check = @Sendable (ReadBits, JSONValue) -> Bool

    /// `vectors/bits.json`
    static let vectors = Runner(
        paths: Set(checks.keys).union([
            "name", "reader", "mode", "raw_hex", "bit_count", "key", "key_kind", "ksn",
            "expected",
        ]),
        exceptions: [:],
        check: { row in
            guard let bytes = bytes(ofHex: row["raw_hex"]?.text ?? ""),
                let read = try ReadBits(bytes, count: number(row["bit_count"]))
            else { return ["raw_hex"] }
            return checks.keys.sorted().filter { path in
                guard let expected = row[path], let check = checks[path] else { return false }
                return !check(read, expected)
            }
        })

    /// `cases/bitstreams.json`
    static let streams = Runner(
        paths: ["id", "bytes", "bits", "kind", "expect"], exceptions: [:],
        check: { row in
            let bytes = (row["bytes"]?.list ?? []).map { UInt8(clamping: number($0)) }
            let read = try ReadBits(bytes, count: number(row["bits"]))
            guard let expected = row["expect"]?.text else {
                return read == nil ? [] : ["expect"]
            }
            guard let read, read.track.isSound else { return ["bits"] }
            let isKind = (row["kind"]?.text ?? "").lowercased().hasSuffix("inverted")
            return (read.text == ";\(expected)?" ? [] : ["expect"])
                + (isKind == read.track.isInverted ? [] : ["kind"])
        })

    private static let checks: [String: Check] = [
        "expected.text": { $1 == .text($0.text) },
        "expected.bits_per_char": { $1 == .number(Double($0.track.alphabet.bitsPerCharacter)) },
        "expected.inverted": { $1 == .bool($0.track.isInverted) },
        "expected.reversed": { $1 == .bool($0.track.isReversed) },
        "expected.leading_zero_bits": { $1 == .number(Double($0.track.leadingZeroBits)) },
        "expected.lrc_char": { $1.text.map { Array($0.utf8) } == [$0.track.lrc] },
        "expected.lrc_ok": { $1 == .bool($0.track.isLRCRight) },
        "expected.parity_ok": { $1 == .bool($0.track.parityErrorCount == 0) },
        "expected.parity_error_at_char": {
            $1 == ($0.track.firstParityError.map { .number(Double($0)) } ?? .null)
        },
    ]

    private static func number(_ value: JSONValue?) -> Int {
        if case .number(let number) = value { Int(number) } else { -1 }
    }

    private static func bytes(ofHex text: String) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
    }
}

/// A row's bits as a track, with its characters as text; `nil` when they are none.
private struct ReadBits {
    let track: RawTrack
    let text: String

    init?(_ bytes: [UInt8], count: Int) throws {
        var read = try SecretArena(blocks: 1).take(capacity: RawTrack.charactersMaximum)
        do {
            track = try RawTrack(bytes.span, bitCount: count, into: &read)
        } catch {
            return nil
        }
        text = read.withBytes { span in
            String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
        }
    }
}
