import Foundation
import Readers
import Secrets
import Timeline
import Tracks
import Values

/// What became of one row of a vector file.
struct RowFindings {
    /// What is not as the row expects; key names only, never card data.
    var mismatches: [String] = []
    /// Keys that need a step which does not exist yet (decryption, key derivation).
    var pending: [String] = []

    mutating func expect(_ holds: Bool, _ key: String) {
        if !holds { mismatches.append(key) }
    }
}

/// The rows of the ID TECH and keyboard vectors, checked through the public interface.
///
/// A row is an object as `JSONSerialization` gives it, with `expected` in it.
enum IDTechRows {
    /// Checks one row of the ID TECH files.
    static func check(_ row: [String: Any]) throws -> RowFindings {
        var findings = RowFindings()
        guard let expected = row["expected"] as? [String: Any] else {
            return RowFindings(mismatches: ["expected is missing"])
        }
        let name = row["name"] as? String ?? ""
        if let text = row["raw_text"] as? String {
            check(Array(text.utf8), .typed, expected, &findings)
        } else if name.contains("magtek") || !(row["raw_hex"] is String) {
            findings.pending = expected.keys.sorted()
        } else if let raw = bytes(hex: row["raw_hex"] as? String) {
            if raw.first == 0x02 {
                check(raw, .binary, expected, &findings)
            } else {
                try checkReport(raw, expected, &findings)
            }
        } else {
            findings.mismatches.append("raw_hex")
        }
        return findings
    }

    /// Checks one row of boot keyboard reports.
    static func checkKeyboard(_ row: [String: Any]) throws -> RowFindings {
        var findings = RowFindings()
        guard let expected = row["expected"] as? [String: Any],
            let raw = bytes(hex: row["raw_hex"] as? String), raw.count % 8 == 0
        else { return RowFindings(mismatches: ["raw_hex or expected"]) }
        let arena = try SecretArena()
        var gatherer = try SwipeGatherer(profile: ReaderCatalogue.genericKeyboard, arena: arena)
        var wholeAt: Int?
        for index in 0..<raw.count / 8 where wholeAt == nil {
            let report = Array(raw[index * 8..<index * 8 + 8])
            let moment = Moment(nanoseconds: UInt64(index))
            if gatherer.take(report.span, at: moment) == .whole { wholeAt = index }
        }
        let swipe = Swipe(decoding: try gatherer.release())
        let text = swipe.bytes.withBytes { FixtureBytes($0).all }
        for (key, value) in expected {
            switch key {
            case "text": findings.expect((value as? String).map { Array($0.utf8) } == text, key)
            case "report_count": findings.expect(value as? Int == raw.count / 8, key)
            default: findings.mismatches.append("unknown key \(key)")
            }
        }
        // Only the release of the last key may follow the end.
        findings.expect(wholeAt == raw.count / 8 - 2, "the end is seen at the last key")
        return findings
    }

    static func bytes(hex: String?) -> [UInt8]? {
        guard let digits = hex.map({ Array($0.utf8) }), digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let text = String(bytes: digits[index..<index + 2], encoding: .utf8),
                let byte = UInt8(text, radix: 16)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}

/// Bytes of a fixture, to be compared with what a row expects.
struct FixtureBytes {
    let all: [UInt8]

    init(_ span: Span<UInt8>) {
        var bytes: [UInt8] = []
        for index in span.indices { bytes.append(span[index]) }
        all = bytes
    }

    init(_ bytes: [UInt8]) { all = bytes }

    func text(_ range: ByteRange?) -> String? {
        range.flatMap { String(bytes: all[$0.range], encoding: .utf8) }
    }
}
