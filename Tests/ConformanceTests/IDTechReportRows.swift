import Foundation
import Readers
import Secrets
import Timeline
import Tracks
import Values

/// Rows that hold a HID report with clear tracks.
extension IDTechRows {
    static func checkReport(
        _ raw: [UInt8], _ expected: [String: Any], _ findings: inout RowFindings
    ) throws {
        guard let profile = ReaderCatalogue.rows.first(where: { $0.family == .idTech }) else {
            findings.mismatches.append("no ID TECH reader in the catalogue")
            return
        }
        var bytes = try SecretArena().take(capacity: Limits.swipeBytesMaximum)
        try bytes.append(raw.span)
        let swipe = Swipe(
            decoding: GatheredSwipe(
                profile: profile, lastReportAt: Moment(nanoseconds: 0), ending: .whole,
                bytes: bytes))
        guard case .plain(let tracks) = swipe.content else {
            findings.expect(expected["error"] != nil, "the report is refused")
            return
        }
        findings.expect(expected["error"] == nil, "error")
        for (key, value) in expected {
            check(key, value, tracks, FixtureBytes(raw), &findings)
        }
    }

    private static func check(
        _ key: String, _ value: Any, _ tracks: CardTracks, _ bytes: FixtureBytes,
        _ findings: inout RowFindings
    ) {
        let texts = [
            tracks.track1.layout?.text, tracks.track2.layout?.text, tracks.track3.layout?.text,
        ]
        switch key {
        case "report_len": findings.expect(value as? Int == bytes.all.count, key)
        case "card_encode_type": findings.expect(value as? Int == 0, key)
        case "decode_status":
            let faults = [tracks.track1.fault, tracks.track2.fault, tracks.track3.fault]
            findings.expect(value as? [Int] == faults.map { $0 == .readError ? 1 : 0 }, key)
        case "track_lens":
            findings.expect(value as? [Int] == texts.map { ($0?.count ?? -2) + 2 }, key)
        case "total_output_length":
            // Behind the last track's text stand its end sentinel and a CR, before it the header.
            let end = texts.compactMap { $0?.end }.max() ?? 0
            findings.expect(value as? Int == end + 2 - 9, key)
        case "track1_clear": findings.expect(value as? String == whole(texts[0], bytes), key)
        case "track2_clear": findings.expect(value as? String == whole(texts[1], bytes), key)
        case "track1_data_no_sentinels":
            findings.expect(value as? String == bytes.text(texts[0]), key)
        case "track2_data_no_sentinels":
            findings.expect(value as? String == bytes.text(texts[1]), key)
        case "track1": checkTrack1(value, tracks.track1.layout, bytes, &findings)
        case "track2": checkTrack2(value, tracks.track2.layout, bytes, &findings)
        default: findings.mismatches.append("unknown key \(key)")
        }
    }

    /// A track with its sentinels.
    private static func whole(_ text: ByteRange?, _ bytes: FixtureBytes) -> String? {
        bytes.text(text.map { ByteRange(start: $0.start - 1, count: $0.count + 2) })
    }

    private static func checkTrack1(
        _ value: Any, _ track: Track1?, _ bytes: FixtureBytes, _ findings: inout RowFindings
    ) {
        guard let track, let fields = value as? [String: Any] else {
            findings.mismatches.append("track1")
            return
        }
        let found: [String: ByteRange?] = [
            "format_code": ByteRange(start: track.text.start, count: 1), "pan": track.pan,
            "name": track.name, "exp_yymm": track.expiry, "service_code": track.serviceCode,
            "discretionary": track.discretionary,
        ]
        findings.mismatches += wrong(fields, found, pan: track.pan, bytes)
    }

    private static func checkTrack2(
        _ value: Any, _ track: Track2?, _ bytes: FixtureBytes, _ findings: inout RowFindings
    ) {
        guard let track, let fields = value as? [String: Any] else {
            findings.mismatches.append("track2")
            return
        }
        let found: [String: ByteRange?] = [
            "pan": track.pan, "exp_yymm": track.expiry, "service_code": track.serviceCode,
            "discretionary": track.discretionary,
        ]
        findings.mismatches += wrong(fields, found, pan: track.pan, bytes)
    }

    /// The fields of a track that are not as the row expects.
    private static func wrong(
        _ fields: [String: Any], _ found: [String: ByteRange?], pan: ByteRange,
        _ bytes: FixtureBytes
    ) -> [String] {
        fields.compactMap { key, value in
            if key == "luhn_ok" {
                let holds = Luhn.holds(bytes.all.span.extracting(pan.range))
                return value as? Bool == holds ? nil : key
            }
            guard let range = found[key] else { return "unknown key \(key)" }
            return value as? String == bytes.text(range) ? nil : key
        }
    }
}
