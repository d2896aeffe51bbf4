import Tracks
import Values

/// The rows about what stands on a track, held against module Tracks.
enum TrackRows {
    private typealias Check = @Sendable (ReadSwipe, JSONValue) -> Bool

    /// `cases/track_parse.json`
    static let cases = Runner(
        paths: Set(caseChecks.keys).union([
            "id", "input", "track", "accept", "expect", "reason",
            // Says how strict the source is; what we take is `accept`.
            "strictness",
        ]),
        exceptions: [:],
        check: { row in
            let swipe = try ReadSwipe(text(of: row))
            let isTrack3 = row["track"] == .number(3)
            let isUsable = isTrack3 ? swipe.track3Text != nil : swipe.tracks.isUsable
            let isRefused = !isUsable || swipe.refusal != nil
            let isRight =
                row["accept"] == .bool(true)
                ? isUsable : isRefused && isReason(row["reason"]?.text, of: swipe)
            let failed = failures(caseChecks, row, swipe).filter { path in
                // A number that cannot be read cannot be weighed.
                let isOfNoNumber = path == "pan_luhn_ok_computed_here" && !isUsable
                return !isOfNoNumber && !(isTrack3 && isOfTrack3(path, row, swipe))
            }
            return (isRight ? [] : ["accept"]) + failed
        })

    /// `vectors/tracks_text.json`
    static let vectors = Runner(
        paths: Set(vectorChecks.keys).union([
            "name", "reader", "mode", "raw_text", "key", "key_kind", "ksn", "expected",
            "expected.error", "expected.track1", "expected.track2",
        ]),
        exceptions: [:],
        check: { row in
            let expected = row["expected"]
            let isTrack3Alone =
                expected?["track3_clear"] != nil && expected?["track1_clear"] == nil
                && expected?["track2_clear"] == nil
            let raw = row["raw_text"]?.text ?? ""
            let swipe = try ReadSwipe(isTrack3Alone ? withStart("+", raw) : raw)
            if expected?["error"] != nil {
                return swipe.tracks.isUsable && swipe.refusal == nil ? ["expected.error"] : []
            }
            let isRead = swipe.tracks.isUsable || isTrack3Alone
            return (isRead ? [] : ["raw_text"]) + failures(vectorChecks, row, swipe)
        })

    /// `cases/luhn_brand.json`
    static let numbers = Runner(
        paths: ["id", "input", "luhn", "brand"], exceptions: [:],
        check: { row in
            let input = row["input"]?.text ?? ""
            var failed: [String] = []
            if let luhn = row["luhn"], luhn != .bool(ReadSwipe.passesLuhn(input)) {
                failed.append("luhn")
            }
            if let brand = row["brand"], brand.text != ReadSwipe.brand(input) {
                failed.append("brand")
            }
            return failed
        })

    private static let caseChecks: [String: Check] = [
        "pan_luhn_ok_computed_here": { $1 == .bool(ReadSwipe.passesLuhn(number($0))) },
        "expect.pan": { same($0.pan, $1) },
        "expect.exp_yymm": { same($0.text($0.tracks.expiry), $1) },
        "expect.service_code": { same($0.serviceCode, $1) },
        "expect.t1_service_code": { same($0.text($0.track1?.serviceCode), $1) },
        "expect.t2_service_code": { same($0.text($0.track2?.serviceCode), $1) },
        "expect.after_service_code": { same($0.discretionary, $1) },
        "expect.name": { trimmed($0.text($0.track1?.name)) == trimmed($1.text) },
        "expect.display_name": { same($0.displayName, $1) },
        "expect.format_code": { same($0.track1Text.map { String($0.prefix(1)) }, $1) },
        "expect.brand": { same($0.pan.flatMap(ReadSwipe.brand), $1) },
        "expect.luhn_ok": { $1 == .bool(ReadSwipe.passesLuhn($0.pan ?? "none")) },
        "expect.chip_card": { swipe, expected in
            let digits = Array((swipe.serviceCode ?? "").utf8)
            return expected == .bool(ServiceCode(digits.span)?.hasChip ?? false)
        },
        "expect.international_chip": { $1 == .bool($0.serviceCode?.hasPrefix("2") == true) },
        "expect.track1_has_expiry": { $1 == .bool($0.track1?.expiry != nil) },
        "expect.track1_readable": { $1 == .bool($0.track1 != nil) },
        "expect.track1_stripped": { same($0.track1Text, $1) },
        "expect.track2_stripped": { same($0.track2Text, $1) },
        "expect.track3_stripped": { same($0.track3Text, $1) },
    ]

    private static let vectorChecks: [String: Check] = [
        "expected.track1_clear": { same($0.track1Text.map { "%\($0)?" }, $1) },
        "expected.track2_clear": { same($0.track2Text.map { ";\($0)?" }, $1) },
        "expected.track3_clear": { swipe, expected in
            // Some sources begin track 3 like track 2.
            expected.text.map { withStart("+", String($0.drop { $0 == ";" })) }
                == swipe.track3Text.map { "+\($0)?" }
        },
        "expected.track1_data_no_sentinels": { same($0.track1Text, $1) },
        "expected.track2_data_no_sentinels": { same($0.track2Text, $1) },
        "expected.track1.format_code": { same($0.track1Text.map { String($0.prefix(1)) }, $1) },
        "expected.track1.pan": { same($0.text($0.track1?.pan), $1) },
        "expected.track1.name": { same($0.text($0.track1?.name), $1) },
        "expected.track1.exp_yymm": { same($0.text($0.track1?.expiry), $1) },
        "expected.track1.service_code": { same($0.text($0.track1?.serviceCode), $1) },
        "expected.track1.discretionary": { same($0.text($0.track1?.discretionary), $1) },
        "expected.track1.luhn_ok": {
            $1 == .bool(ReadSwipe.passesLuhn($0.text($0.track1?.pan) ?? "none"))
        },
        "expected.track2.pan": { same($0.text($0.track2?.pan), $1) },
        "expected.track2.exp_yymm": { same($0.text($0.track2?.expiry), $1) },
        "expected.track2.service_code": { same($0.text($0.track2?.serviceCode), $1) },
        "expected.track2.discretionary": { same($0.text($0.track2?.discretionary), $1) },
        "expected.track2.luhn_ok": {
            $1 == .bool(ReadSwipe.passesLuhn($0.text($0.track2?.pan) ?? "none"))
        },
    ]

    /// What does not hold of the clear tracks that a row expects.
    static func clearFailures(_ row: JSONValue, _ swipe: ReadSwipe) -> [String] {
        failures(vectorChecks, row, swipe)
    }

    private static func failures(
        _ checks: [String: Check], _ row: JSONValue, _ swipe: ReadSwipe
    ) -> [String] {
        checks.keys.sorted().filter { path in
            guard let expected = row[path], let check = checks[path] else { return false }
            return !check(swipe, expected)
        }
    }

    /// True when a text, or its absence, is what a row expects.
    private static func same(_ found: String?, _ expected: JSONValue) -> Bool {
        expected == .null ? found == nil : found != nil && found == expected.text
    }

    private static func trimmed(_ text: String?) -> String? {
        text.map { String($0.reversed().drop { $0 == " " }.reversed()) }
    }

    /// The text as the reader of its track gives it: a track that stands alone gets its sentinel.
    private static func text(of row: JSONValue) -> String {
        let input = row["input"]?.text ?? ""
        switch row["track"] {
        case .number(1): return withStart("%", input)
        case .number(2): return withStart(";", input)
        case .number(3): return withStart("+", input)
        default: return input
        }
    }

    private static func withStart(_ sentinel: String, _ text: String) -> String {
        text.hasPrefix(sentinel) ? text : sentinel + text
    }

    /// Track 3 is carried through: its format code and number must stand where the row says.
    private static func isOfTrack3(_ path: String, _ row: JSONValue, _ swipe: ReadSwipe) -> Bool {
        let format = row["expect.format_code"]?.text ?? ""
        let start = format + (row["expect.pan"]?.text ?? "")
        return ["expect.pan", "expect.format_code", "pan_luhn_ok_computed_here"].contains(path)
            && !start.isEmpty && swipe.track3Text?.hasPrefix(start) == true
    }

    /// The card number, also of a track that cannot be used.
    private static func number(_ swipe: ReadSwipe) -> String { swipe.pan ?? "none" }

    /// True unless a reason that we know is not the one for which we refuse.
    private static func isReason(_ reason: String?, of swipe: ReadSwipe) -> Bool {
        let faults = [swipe.tracks.track1.fault, swipe.tracks.track2.fault]
        func breaks(_ rules: Set<TrackRule>) -> Bool {
            faults.contains { fault in
                if case .malformed(let rule, _) = fault { rules.contains(rule) } else { false }
            }
        }
        return switch reason {
        case "pan_length": breaks([.panTooLong, .panTooShort])
        case "name_length": breaks([.nameTooLong, .nameTooShort])
        case "empty": breaks([.empty]) || swipe.tracks == CardTracks()
        case "luhn": swipe.refusal == .luhn
        default: true
        }
    }
}
