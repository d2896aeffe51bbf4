internal import DUKPT
internal import Foundation
internal import PayHub
internal import Readers
internal import Secrets
internal import Testing
internal import Timeline
internal import Values

@testable internal import HotPath
@testable internal import compose_fixtures

/// From the reader's reports to the request's `encrypted_track`, no byte of a block changes.
@Suite struct ForwardingTests {
    static let frame: [UInt8] = {
        guard let serial = KeySerialNumber([0x62, 0x99, 0x49, 0x90, 0x11, 0, 0, 0, 0, 0x07])
        else { return [] }
        return (try? EncryptedFrame(.visa, keySerialNumber: serial).bytes) ?? []
    }()

    static let forms: [(EncryptedTrackForm, String)] = [
        (.hexLower, frame.map { String(format: "%02x", $0) }.joined()),
        (.hexUpper, frame.map { String(format: "%02X", $0) }.joined()),
    ]

    /// The report of a reader that puts the frame behind a header.
    static var headed: [UInt8] {
        let count = [UInt8(frame.count & 0xFF), UInt8(frame.count >> 8)]
        return filled([0, 0, 0, 0, 0, 0, 0] + count + frame)
    }

    static func filled(_ report: [UInt8]) -> [UInt8] {
        report + [UInt8](repeating: 0, count: 509 - report.count)
    }

    @Test(arguments: forms)
    func `a frame at either offset of its report goes out as hex of every byte`(
        _ form: EncryptedTrackForm, _ expected: String
    ) throws {
        for report in [Self.headed, Self.filled(Self.frame)] {
            #expect(try Self.forwarded([report], from: Self.hid, as: form) == expected)
        }
    }

    @Test(arguments: forms)
    func `a frame in pieces goes out the same`(
        _ form: EncryptedTrackForm, _ expected: String
    ) throws {
        for size in [8, 32, 64] {
            let noise: [UInt8] = [0x15, 0x02, 0xFF]
            let pieces = stride(from: 0, to: Self.frame.count, by: size).map {
                Array(Self.frame[$0..<min($0 + size, Self.frame.count)])
            }
            let sent = try Self.forwarded(
                [noise] + pieces, from: Self.hid, as: form, reportBytes: size)
            #expect(sent == expected, "pieces of \(size)")
        }
    }

    /// The frame as a keyboard reader types it: the tracks as text, all else in hex digits, and
    /// length, LRC and checksum over the characters.
    static var typedFrame: String {
        let lengths = Int(frame[5]) + Int(frame[6])
        let data = Array(frame[3..<frame.count - 3])
        let header = 7
        let characters =
            hex(data[..<header]) + String(decoding: data[header..<header + lengths], as: UTF8.self)
            + hex(data[(header + lengths)...])
        let bytes = Array(characters.utf8)
        let count = [UInt8(bytes.count & 0xFF), UInt8(bytes.count >> 8)]
        return hex([2] + count) + characters + hex([bytes.reduce(0, ^), bytes.reduce(0, &+), 3])
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String(format: "%02X", $0) }.joined()
    }

    static let message = """
        <DvcMsg Ver="1.1"><Dvc App="SecureKey" DvcType="M130-IDTECH" Entry="SWIPE"></Dvc><Card \
        CEncode="0" ETrk1="0011AABB" ETrk2="CCDDEEFF" CDataKSN="62994900000000000001" \
        Exp="3012" MskPAN="4012********8888" EFormat="4"></Card></DvcMsg>
        """

    @Test(arguments: [typedFrame, message])
    func `a typed block goes out as it was typed, whatever form is set for binary ones`(
        _ text: String
    ) throws {
        for form in EncryptedTrackForm.allCases {
            let reports = try KeyboardWriter.reports(typing: text + "\r").map(\.bytes)
            #expect(try Self.forwarded(reports, from: Self.keyboard, as: form) == text)
        }
    }

    static var hid: ReaderProfile? {
        ReaderCatalogue.rows.first { $0.family == .idTech }
    }

    static var keyboard: ReaderProfile? {
        ReaderCatalogue.rows.first { $0.productID == 0x2030 }
    }

    /// What stands in the request behind `encrypted_track`.
    private static func forwarded(
        _ reports: [[UInt8]], from reader: ReaderProfile?, as form: EncryptedTrackForm,
        reportBytes: Int? = nil
    ) throws -> String? {
        let arena = try SecretArena(blocks: 16)
        var gatherer = try SwipeGatherer(
            profile: try #require(reader), reportBytes: reportBytes, arena: arena)
        for (index, report) in reports.enumerated() {
            _ = gatherer.take(report.span, at: Moment(nanoseconds: UInt64(index)))
        }
        try #require(gatherer.progress == .whole)
        let swipe = Swipe(decoding: try gatherer.release())
        let body = try Self.body(of: swipe, as: form, arena)
        let card = try #require(body["card_data"] as? [String: Any])
        let block = try #require(card["encrypted_track_data"] as? [String: Any])
        return block["encrypted_track"] as? String
    }

    private static func body(
        of swipe: borrowing Swipe, as form: EncryptedTrackForm, _ arena: SecretArena
    ) throws -> [String: Any] {
        let order = PaymentOrder(
            operation: .sale, merchant: Merchant(organizationID: 1, terminalID: 1),
            amount: try Amount(cents: 1275),
            reference: PaymentReference(lane: 1, journal: 1, sequence: 1))
        var token = try arena.take(capacity: 16)
        try token.append(UInt8(ascii: "t"))
        var request = try arena.take(capacity: Limits.requestBytesMaximum)
        let prepared = try RequestWriter.prepare(
            order, for: try GatewayEndpoint(url: "https://localhost"), token: token,
            into: &request)
        let made = CardData(of: swipe, for: order, as: form)
        let card = try #require(made)
        try RequestWriter.complete(prepared, with: card, from: swipe.bytes, in: &request)
        let text = request.withBytes { (bytes: Span<UInt8>) in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
        let body = try #require(text.split(separator: "\r\n\r\n").last)
        let object = try JSONSerialization.jsonObject(with: Data(body.utf8))
        return try #require(object as? [String: Any])
    }
}
