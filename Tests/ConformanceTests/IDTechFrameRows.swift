import Foundation
import Readers
import Tracks
import Values

/// Rows that hold a frame, or a stream of frames.
extension IDTechRows {
    static func check(
        _ raw: [UInt8], _ form: EncryptedBlock.Form, _ expected: [String: Any],
        _ findings: inout RowFindings
    ) {
        if let count = expected["frames"] as? Int {
            findings.expect(frames(raw, form)?.count == count, "frames")
            return
        }
        let whole = ByteRange(start: 0, count: raw.count)
        do {
            let frame = try IDTechFrame(raw.span, in: whole, form: form)
            let bytes = FixtureBytes(raw)
            for (key, value) in expected {
                check(key, value, frame, bytes, &findings)
            }
        } catch {
            checkRefusal(error, expected, &findings)
        }
    }

    /// All frames of a stream, each checked whole; `nil` when one of them is not sound.
    static func frames(_ raw: [UInt8], _ form: EncryptedBlock.Form) -> [IDTechFrame]? {
        var found: [IDTechFrame] = []
        var start = 0
        while start < raw.count {
            let rest = ByteRange(start, upTo: raw.count)
            guard let extent = try? IDTechFrame.extent(raw.span, in: rest, form: form),
                let frame = try? IDTechFrame(raw.span, in: extent, form: form)
            else { return nil }
            found.append(frame)
            start = extent.end
        }
        return found
    }

    /// A frame that must be refused: the fault is one of the checks that must fail.
    private static func checkRefusal(
        _ fault: FrameFault, _ expected: [String: Any], _ findings: inout RowFindings
    ) {
        let failing: [(String, FrameFault)] = [
            ("len_ok", .lengthMismatch), ("lrc_ok", .lrcWrong), ("sum_ok", .checksumWrong),
        ]
        let named = failing.filter { expected[$0.0] as? Bool == false }.map(\.1)
        findings.expect(named.contains(fault), "refused with \(fault.rawValue)")
    }

    private static func check(
        _ key: String, _ value: Any, _ frame: IDTechFrame, _ bytes: FixtureBytes,
        _ findings: inout RowFindings
    ) {
        let width = frame.form == .typed ? 2 : 1
        switch key {
        case "declared_len", "actual_len":
            findings.expect(value as? Int == frame.frame.count - 6 * width, key)
        case "len_ok", "lrc_ok", "sum_ok": findings.expect(value as? Bool == true, key)
        case "card_type": findings.expect(value as? Int == Int(frame.encodeType), key)
        case "track_status": findings.expect(value as? Int == Int(frame.trackStatus), key)
        case "field8": findings.expect(value as? Int == frame.field8.map(Int.init), key)
        case "field9": findings.expect(value as? Int == frame.field9.map(Int.init), key)
        case "track_lens":
            findings.expect(value as? [Int] == list(frame.trackLengths), key)
        case "masked_tracks", "clear_tracks":
            let texts = list(frame.maskedTracks).map { bytes.text($0) }
            findings.expect((value as? [Any])?.map { $0 as? String } == texts, key)
        case "note", "error", "sha1_over": break
        case _ where isClear(key): findings.pending.append(key)
        default: checkBinary(key, value, frame, bytes, &findings)
        }
    }

    /// What stands in clear inside the ciphertext.
    private static func isClear(_ key: String) -> Bool {
        ["track1", "track2", "track3"].contains { key.hasPrefix($0) }
            && key != "track3_is_in_clear" || key == "data_key" || key == "ipek"
    }

    private static func checkBinary(
        _ key: String, _ value: Any, _ frame: IDTechFrame, _ bytes: FixtureBytes,
        _ findings: inout RowFindings
    ) {
        let hex = { (range: ByteRange?) in hexText(range, frame.form, bytes) }
        let hashes = list(frame.hashes).compactMap(hex)
        let sealed = list(frame.encryptedTracks) + [frame.encryptedTogether]
        switch key {
        case "ksn": findings.expect(value as? String == hex(frame.keySerialNumber), key)
        case "session_id":
            // The row has it decrypted.
            findings.expect(frame.sessionID != nil, key)
            findings.pending.append(key)
        case "serial":
            let serial = IDTechRows.bytes(hex: hex(frame.serialNumber))
            findings.expect((value as? String).map { Array($0.utf8) } == serial, key)
        case "hashes": findings.expect(value as? [String] == hashes, key)
        case "null_hashes":
            findings.expect(hashes.allSatisfy { $0.allSatisfy { $0 == "0" } }, key)
        case "encrypted_hex": findings.expect(value as? [String] == sealed.compactMap(hex), key)
        case "track3_is_in_clear":
            let isClear = frame.maskedTracks.track3 != nil
            findings.expect(value as? Bool == isClear, key)
        default: findings.mismatches.append("unknown key \(key)")
        }
    }

    private static func hexText(
        _ range: ByteRange?, _ form: EncryptedBlock.Form, _ bytes: FixtureBytes
    ) -> String? {
        guard form == .binary else { return bytes.text(range) }
        return range.map { range in
            bytes.all[range.range].map { String(format: "%02X", $0) }.joined()
        }
    }

    static func list<Value>(_ values: PerTrack<Value>) -> [Value] {
        [values.track1, values.track2, values.track3]
    }
}
