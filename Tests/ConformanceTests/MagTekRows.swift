import Decryption
import Foundation
import Readers
import Secrets
import Testing
import Timeline
import Tracks
import Values

/// The rows about MagTek's readers, held against module Readers.
enum MagTekRows {
    /// `vectors/magtek_public.json`
    static let vectors = Runner(
        paths: paths,
        exceptions: [
            "magtek-authentication-challenge": "a command to the reader, no swipe"
        ],
        check: check)

    /// The paths of the expectations that do not hold. Tracks inside ciphertext are opened by the
    /// code with which the emulator opens a block.
    static func check(_ row: JSONValue) throws -> [String] {
        guard row["mode"]?.text != "command crypto" else { return [] }
        let found = try MagTekRow(row)
        let isRead = row["expected.error"] == nil
        guard found.isSwipe == isRead else { return ["expected.error"] }
        var failed = found.values.keys.sorted().filter { path in
            row[path].map { $0 != found.values[path] } ?? false
        }
        failed += found.affixFaults(row)
        if let tracks = found.tracks { failed += TrackRows.clearFailures(row, tracks) }
        if let block = found.block, let key = row["key"]?.text {
            guard let clear = try OpeningRows.open(block, base: key) else { return ["not opened"] }
            failed += try OpeningRows.clearFaults(row, clear)
        }
        return failed + found.maskedFaults(row)
    }

    /// Every path that such a row may have.
    private static let paths: Set<String> = TrackRows.vectors.paths.union(
        [
            "absolute_len", "absolute_len.[]", "card_encode_type", "challenge1", "challenge2",
            "clear_text_crc", "crc_rule", "deactivate", "decode_status", "decode_status.[]",
            "enc_len", "enc_len.[]", "format_code", "ksn", "magneprint_clear", "magneprint_len",
            "magneprint_status", "masked", "masked.[]", "masked_len", "masked_len.[]",
            "masked_text", "post_card", "post_track", "pre_card", "pre_track",
            "reader_encryption_status", "reply_480s", "report_len", "serial", "session_id",
            "session_id_encrypted", "terminator",
        ].map { "expected.\($0)" } + ["raw_hex", "key_variant"])
}

/// What a row's report or text turned out to be.
private struct MagTekRow {
    /// What was found, by the path of the expectation.
    private(set) var values: [String: JSONValue] = [:]
    /// The swipe's tracks when it is in clear.
    private(set) var tracks: ReadSwipe?
    /// What is to be opened when it is encrypted.
    private(set) var block: SealedBlock?
    private var content = SwipeContent.bad(.incomplete)
    private var bytes = FixtureBytes([])
    /// The whole text in front of the first field.
    private var front = ""
    private var terminator = ""

    init(_ row: JSONValue) throws {
        let typed = row["raw_text"]?.text.map { Array($0.utf8) }
        let raw = try #require(typed ?? IDTechRows.bytes(hex: row["raw_hex"]?.text))
        bytes = FixtureBytes(raw)
        let product: UInt16 = typed != nil ? 0x0001 : raw.count == 337 ? 0x0002 : 0x0011
        let profile = try #require(
            ReaderCatalogue.rows.first { $0.vendorID == 0x0801 && $0.productID == product })
        var secret = try SecretArena(blocks: 1).take(capacity: Limits.swipeBytesMaximum)
        try secret.append(raw.span)
        let swipe = Swipe(
            decoding: GatheredSwipe(
                profile: profile, lastReportAt: Moment(nanoseconds: 0), ending: .whole,
                bytes: secret))
        content = swipe.content
        if case .plain(let tracks) = swipe.content { self.tracks = try ReadSwipe(swipe, tracks) }
        let whole = ByteRange(start: 0, count: raw.count)
        if typed == nil {
            set("report_len", .number(Double(raw.count)))
            set("card_encode_type", .number(Double(raw[6])))
            set("decode_status", .list(raw[0..<3].map { .number(Double($0)) }))
        }
        if product == 0x0011 {
            let report = try MagTekReport(raw.span, in: whole)
            block = SealedBlock(report, raw.span)
            read(report)
        }
        if typed != nil, raw.contains(MagTekText.separator) {
            let text = try MagTekText(raw.span, in: whole)
            block = SealedBlock(text, raw.span)
            read(text)
        }
    }

    var isSwipe: Bool { if case .bad = content { false } else { true } }

    private mutating func set(_ name: String, _ value: JSONValue) {
        values["expected.\(name)"] = value
    }

    private func text(_ range: ByteRange?) -> JSONValue { .text(bytes.text(range) ?? "") }

    private func hex(_ range: ByteRange) -> JSONValue {
        .text(bytes.all[range.range].map { String(format: "%02X", $0) }.joined())
    }

    private func counts(_ ranges: PerTrack<ByteRange?>) -> JSONValue {
        .list(IDTechRows.list(ranges).map { .number(Double($0?.count ?? 0)) })
    }

    private mutating func read(_ report: MagTekReport) {
        set("decode_status", .list(IDTechRows.list(report.readErrors).map { .number($0 ? 1 : 0) }))
        set("enc_len", counts(report.encryptedTracks))
        set("card_encode_type", .number(Double(report.encodeType.rawValue)))
        set("magneprint_status", hex(report.magnePrintStatus))
        set("magneprint_len", .number(Double(report.magnePrint.count)))
        set("serial", text(report.serialNumber))
        set("reader_encryption_status", .text(Self.hex(report.encryptionStatus.rawValue)))
        set("ksn", hex(report.keySerialNumber))
        set("masked_len", counts(report.maskedTracks))
        set("masked", .list(IDTechRows.list(report.maskedTracks).map { text($0) }))
        set("session_id_encrypted", hex(report.sessionID))
        let lengths =
            IDTechRows.list(report.absoluteLengths) + [report.magnePrintAbsoluteLength]
        set("absolute_len", .list(lengths.map { .number(Double($0)) }))
    }

    private mutating func read(_ typed: MagTekText) {
        let status = typed.encryptionStatus.rawValue.byteSwapped
        set("reader_encryption_status", .text(Self.hex(status)))
        set("magneprint_status", text(typed.magnePrintStatus))
        set("magneprint_len", .number(Double((typed.magnePrint?.count ?? 0) / 2)))
        set("serial", text(typed.serialNumber))
        set("ksn", text(typed.keySerialNumber))
        set("session_id_encrypted", text(typed.sessionID))
        set("clear_text_crc", text(typed.clearTextCRC))
        set("format_code", text(typed.formatCode))
        set("masked", .list(IDTechRows.list(typed.maskedTracks).map { text($0) }))
        let all = String(decoding: bytes.all, as: UTF8.self)
        front = String(all.prefix { $0 != "|" })
        terminator = bytes.text(typed.terminator) ?? ""
        set("masked_text", .text(front))
    }

    private static func hex(_ value: UInt16) -> String { String(format: "%04X", value) }

    /// What the reader was set to type around the tracks.
    func affixFaults(_ row: JSONValue) -> [String] {
        func affix(_ name: String) -> String { row["expected.\(name)"]?.text ?? "" }
        var failed: [String] = []
        let before = affix("pre_card") + affix("pre_track")
        if !front.hasPrefix(before) { failed.append("expected.pre_card") }
        let between = "?" + affix("post_track") + affix("pre_track") + ";"
        if !affix("pre_track").isEmpty, !front.contains(between) {
            failed.append("expected.pre_track")
        }
        if !front.hasSuffix(affix("post_track") + affix("post_card")) {
            failed.append("expected.post_card")
        }
        if let expected = row["expected.terminator"]?.text, expected != terminator + "<CR>" {
            failed.append("expected.terminator")
        }
        return failed
    }

    /// What the masked part of a block must show of the card inside.
    func maskedFaults(_ row: JSONValue) -> [String] {
        guard case .encrypted(let block) = content else { return [] }
        var failed: [String] = []
        for track in ["track1", "track2"] {
            if let pan = row["expected.\(track).pan"]?.text,
                block.maskedPAN.length != pan.utf8.count
                    || block.maskedPAN.lastFour != String(pan.suffix(4))
            {
                failed.append("expected.\(track).pan")
            }
            if let expiry = row["expected.\(track).exp_yymm"]?.text,
                bytes.text(block.expiry) != expiry
            {
                failed.append("expected.\(track).exp_yymm")
            }
        }
        return failed
    }
}
