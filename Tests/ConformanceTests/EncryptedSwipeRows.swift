import DUKPT
import Foundation
import Readers
import Tracks
import Values

/// `cases/encrypted_swipes.json`: blocks and ciphertexts from the tests of others.
enum EncryptedSwipeRows {
    static let runner = Runner(
        paths: Set(
            ["id", "device", "input_hex_as_forwarded", "input_hex_prefix", "input_prefix"]
                + ["bdk", "ksn", "ciphertext", "plaintext", "scheme", "padding_zero_bytes"]
                + ["decrypt", "expect", "layout", "decrypt.bdk", "decrypt.scheme", "decrypt.t1"]
                + ["decrypt.t2", "decrypt.sha1_t1", "decrypt.sha1_t2"]
                + ["bin6", "brand", "encrypted", "exp_yymm", "last4", "name", "outcome", "prompt"]
                .map { "expect.\($0)" }
                + [
                    "stx", "length_le", "card_type", "track_status", "t1_len", "t2_len", "t3_len",
                    "field8", "field9", "masked_t1", "masked_t2", "enc_t1_bytes", "enc_t2_bytes",
                    "hash_t1_bytes", "hash_t2_bytes", "ksn", "etx",
                ].map { "layout.\($0)" }),
        exceptions: [:],
        check: { row in
            if let frame = row["input_hex_as_forwarded"]?.text { return try block(row, frame) }
            if let ciphertext = row["ciphertext"]?.text { return try text(row, ciphertext) }
            return try typed(row)
        })

    private static func use(_ scheme: JSONValue?) -> KeyUse {
        scheme?.text?.contains("PIN variant") == true ? .pin : .dataRequest
    }

    private static func text(_ row: JSONValue, _ ciphertext: String) throws -> [String] {
        let clear = try KeyRows.decrypted(
            ciphertext, use(row["scheme"]), row["ksn"], base: row["bdk"]?.text ?? "")
        var failed = clear != nil && clear == row["plaintext"]?.text ? [] : ["plaintext"]
        if case .number(let zeros)? = row["padding_zero_bytes"],
            ciphertext.utf8.count / 2 - (clear?.utf8.count ?? 0) != Int(zeros)
        {
            failed.append("padding_zero_bytes")
        }
        return failed
    }

    /// Text that a keyboard reader typed, or how it begins: what is no clear swipe must not be
    /// taken for one. A block of a maker whose readers we have not is told as a bad read, so of
    /// its number nothing is shown.
    private static func typed(_ row: JSONValue) throws -> [String] {
        let hex = row["input_hex_prefix"]?.text.flatMap { Hexadecimal.bytes($0) }
        let text = hex.map { String(decoding: $0, as: UTF8.self) + "?;E?" }
        guard let input = text ?? row["input_prefix"]?.text else { return ["input"] }
        return try ReadSwipe(input).tracks.isUsable ? ["expect"] : []
    }

    /// A frame that was forwarded with `XXXX` in the place of its LRC and checksum: both are put
    /// right, and all else is the reader's.
    private static func block(_ row: JSONValue, _ forwarded: String) throws -> [String] {
        guard let head = Hexadecimal.bytes(forwarded.replacing("XXXX03", with: "")),
            head.count > 3
        else { return ["input_hex_as_forwarded"] }
        let data = head.dropFirst(3)
        let raw = head + [data.reduce(0, ^), data.reduce(0, &+), 3]
        let whole = ByteRange(start: 0, count: raw.count)
        guard let frame = try? IDTechFrame(raw.span, in: whole),
            let clear = try OpeningRows.open(raw, .binary, base: row["decrypt.bdk"]?.text ?? "")
        else { return ["input_hex_as_forwarded"] }
        let swipe = try clear.swipe
        let found = layout(frame, FixtureBytes(raw)).merging([
            "decrypt.t1": clear.clear(0), "decrypt.t2": clear.clear(1),
            "expect.last4": swipe.pan.map { String($0.suffix(4)) },
            "expect.bin6": swipe.pan.map { String($0.prefix(6)) },
            "expect.brand": swipe.pan.flatMap(ReadSwipe.brand),
            "expect.name": swipe.text(swipe.track1?.name),
            "expect.exp_yymm": swipe.text(swipe.tracks.expiry),
            "expect.encrypted": String(frame.isEncrypted),
        ]) { _, new in new }
        return found.keys.sorted().filter { path in
            row[path]?.written?.lowercased() != found[path]??.lowercased()
        }
    }

    private static func layout(
        _ frame: IDTechFrame, _ bytes: FixtureBytes
    ) -> [String: String?] {
        func hex(_ byte: UInt8?) -> String? { byte.map { Hexadecimal.text([$0]) } }
        func hex(_ range: ByteRange?) -> String? {
            range.map { Hexadecimal.text(Array(bytes.all[$0.range])) }
        }
        let lengths = frame.trackLengths
        return [
            "layout.stx": hex(bytes.all.first), "layout.etx": hex(bytes.all.last),
            "layout.length_le": String(frame.frame.count - 6),
            "layout.card_type": hex(frame.encodeType),
            "layout.track_status": hex(frame.trackStatus),
            "layout.t1_len": String(lengths.track1), "layout.t2_len": String(lengths.track2),
            "layout.t3_len": String(lengths.track3), "layout.field8": hex(frame.field8),
            "layout.field9": hex(frame.field9),
            "layout.masked_t1": bytes.text(frame.maskedTracks.track1),
            "layout.masked_t2": bytes.text(frame.maskedTracks.track2),
            "layout.enc_t1_bytes": frame.encryptedTracks.track1.map { String($0.count) },
            "layout.enc_t2_bytes": frame.encryptedTracks.track2.map { String($0.count) },
            "layout.hash_t1_bytes": frame.hashes.track1.map { String($0.count) },
            "layout.hash_t2_bytes": frame.hashes.track2.map { String($0.count) },
            "layout.ksn": hex(frame.keySerialNumber),
            "decrypt.sha1_t1": hex(frame.hashes.track1),
            "decrypt.sha1_t2": hex(frame.hashes.track2),
        ]
    }
}

extension JSONValue {
    /// The value as text.
    fileprivate var written: String? {
        switch self {
        case .text(let text): text
        case .bool(let bool): String(bool)
        case .number(let number): String(Int(number))
        default: nil
        }
    }
}
