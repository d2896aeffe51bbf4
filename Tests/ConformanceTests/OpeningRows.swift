import DUKPT
import Decryption
import Readers
import Secrets
import Tracks
import Values

/// The rows of encrypted frames: the frame by `IDTechRows`, and what is inside by the code with
/// which the emulator opens a block.
enum OpeningRows {
    /// A frame that was opened under a row's key: its clear tracks.
    struct Clear {
        /// From the start sentinel to the LRC, if one was sent.
        let whole: [String?]
        /// Between the sentinels.
        let texts: [String?]

        var swipe: ReadSwipe { get throws { try ReadSwipe(whole.compactMap(\.self).joined()) } }

        /// With sentinels and without LRC.
        func clear(_ index: Int) -> String? {
            whole[index].flatMap { whole in
                texts[index].map { String(whole.prefix($0.count + 2)) }
            }
        }

        func lrc(_ index: Int) -> String? {
            clear(index).flatMap { clear in
                whole[index].map { String($0.dropFirst(clear.count)) }
            }
        }
    }

    /// Opens a frame under a base key in hexadecimal digits; `nil` when it is no frame.
    static func open(
        _ raw: [UInt8], _ form: EncryptedBlock.Form, base: String
    ) throws -> Clear? {
        guard
            let frame = try? IDTechFrame(
                raw.span, in: ByteRange(start: 0, count: raw.count), form: form),
            let block = SealedBlock(frame, raw.span)
        else { return nil }
        return try open(block, base: base)
    }

    /// Opens a block under a base key in hexadecimal digits.
    static func open(_ block: SealedBlock, base: String) throws -> Clear? {
        guard let base = Hexadecimal.bytes(base) else { return nil }
        let arena = try SecretArena()
        let ring = try KeyRing(in: arena)
        try ring.add(.any, SecretKey(copying: base.span, for: .tripleDES, in: arena))
        let opened = try OpenedTracks(opening: block, with: ring, in: arena)
        let bytes = opened.bytes.withBytes { FixtureBytes($0) }
        let tracks = opened.tracks
        let texts = [
            tracks.track1.layout?.text, tracks.track2.layout?.text, tracks.track3.layout?.text,
        ]
        return Clear(
            whole: IDTechRows.list(opened.whole).map { bytes.text($0) },
            texts: texts.map { bytes.text($0) })
    }

    /// `vectors/idtech_public.json`, `vectors/idtech_synthetic.json`
    static let idTech = Runner(
        paths: framePaths.union(TrackRows.vectors.paths).union(MagTekRows.vectors.paths),
        exceptions: [:],
        check: { row in
            if row["reader"]?.text?.contains("MagTek") == true { return try MagTekRows.check(row) }
            guard let plain = row.plain as? [String: Any] else { return ["row"] }
            let findings = try IDTechRows.check(plain)
            let failed = findings.mismatches.map { "expected.\($0)" }
            guard !findings.pending.isEmpty else { return failed }
            return try failed + hidden(row, findings.pending)
        })

    /// `vectors/hid_keyboard.json`
    static let keyboard = Runner(
        paths: [
            "name", "reader", "mode", "raw_hex", "key", "key_kind", "ksn", "expected",
            "expected.text", "expected.report_count",
        ], exceptions: [:],
        check: { row in
            guard let plain = row.plain as? [String: Any] else { return ["row"] }
            return try IDTechRows.checkKeyboard(plain).mismatches.map { "expected.\($0)" }
        })

    private static let framePaths = Set(
        [
            "name", "reader", "mode", "raw_hex", "raw_text", "key", "key_kind", "key_variant",
            "ksn", "assumption", "expected",
        ]
            + [
                "actual_len", "card_encode_type", "card_type", "data_key", "declared_len",
                "decode_status", "encrypted_hex", "error", "field8", "field9", "frames", "hashes",
                "ipek", "ksn", "len_ok", "lrc_ok", "masked_tracks", "report_len", "serial",
                "sum_ok", "total_output_length", "track_lens", "track_status",
                "track1_lrc_char", "track2_lrc_char", "track3_lrc_char",
            ].map { "expected.\($0)" })

    /// What stands in clear only inside the block, or is a key of it.
    private static func hidden(_ row: JSONValue, _ keys: [String]) throws -> [String] {
        guard row["raw_hex"]?.text != nil || row["raw_text"]?.text != nil else {
            return try KeyRows.keys(row, as: .tripleDES)
        }
        let typed = row["raw_text"]?.text.map { Array($0.utf8) }
        let raw = typed ?? Hexadecimal.bytes(row["raw_hex"]?.text ?? "") ?? []
        let form: EncryptedBlock.Form = typed == nil ? .binary : .typed
        guard let clear = try open(raw, form, base: row["key"]?.text ?? "") else {
            return ["not opened"]
        }
        let failed = TrackRows.clearFailures(row, try clear.swipe)
        let wrong = try keys.map { "expected.\($0)" }.filter { try !holds($0, row, clear) }
        return Set(failed + wrong).sorted()
    }

    /// The expectations about clear tracks inside a block that do not hold.
    static func clearFaults(_ row: JSONValue, _ clear: Clear) throws -> [String] {
        let names = ["track1", "track2", "track3"].flatMap {
            ["\($0)_clear", "\($0)_lrc_char", "\($0)_data_no_sentinels"]
        }
        let wrong = try names.map { "expected.\($0)" }.filter {
            try row[$0] != nil && !holds($0, row, clear)
        }
        return TrackRows.clearFailures(row, try clear.swipe) + wrong
    }

    private static func holds(_ path: String, _ row: JSONValue, _ clear: Clear) throws -> Bool {
        let name = path.dropFirst("expected.".count)
        guard let number = Int(name.dropFirst("track".count).prefix(1)) else { return false }
        let expected = row[path]?.text
        switch name.dropFirst("track1".count) {
        case "_clear": return expected == clear.clear(number - 1)
        case "_lrc_char": return expected == clear.lrc(number - 1)
        case "_data_no_sentinels": return expected == clear.texts[number - 1]
        // Its fields are held one by one, as those of clear tracks.
        case "": return try clear.swipe.pan != nil
        default: return false
        }
    }
}

extension JSONValue {
    /// The same as the dictionaries and arrays that `IDTechRows` takes.
    var plain: Any {
        switch self {
        case .null: ()
        case .bool(let bool): bool
        case .number(let number): Int(exactly: number).map { $0 as Any } ?? number
        case .text(let text): text
        case .list(let list): list.map(\.plain)
        case .object(let members): members.mapValues(\.plain)
        }
    }
}
