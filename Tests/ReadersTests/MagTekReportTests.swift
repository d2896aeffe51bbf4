import Readers
import Secrets
import Testing
import Tracks
import Values

/// Reads a report that fills the bytes.
private func magTekReport(_ bytes: [UInt8]) throws(FrameFault) -> MagTekReport {
    try MagTekReport(bytes.span, in: ByteRange(start: 0, count: bytes.count))
}

@Suite struct MagTekReportTests {
    private static func composer(isNew: Bool) -> MagTekComposer {
        var composer = MagTekComposer()
        composer.isNew = isNew
        return composer
    }

    @Test(arguments: [true, false]) func `an encrypted report is a block, whole`(
        _ isNew: Bool
    ) throws {
        let raw = Self.composer(isNew: isNew).report
        #expect(raw.count == (isNew ? 887 : 856))
        let decoded = try Decoded(raw, .magTek)
        let block = try #require(decoded.block)
        #expect(block.form == .binary)
        #expect(block.frame == ByteRange(start: 0, count: raw.count))
        #expect(decoded.bytes == raw)
        #expect(block.maskedPAN == MaskedPAN(length: 16, lastFour: (0x31, 0x31, 0x31, 0x31)))
        #expect(block.brand == .visa)
        #expect(decoded.text(block.expiry) == "3012")
        #expect(block.keySerialNumber == ByteRange(start: 495, count: 10))
        #expect(block.hasChip == nil)
    }

    @Test(arguments: [true, false]) func `a zero in front is no part of the block`(
        _ isNew: Bool
    ) throws {
        let raw = [0] + Self.composer(isNew: isNew).report
        let block = try #require(try Decoded(raw, .magTek).block)
        #expect(block.frame == ByteRange(start: 1, count: raw.count - 1))
        #expect(block.keySerialNumber?.start == 496)
    }

    @Test func `every field stands where the manual has it`() throws {
        let raw = MagTekComposer().report
        let report = try magTekReport(raw)
        func bytes(_ range: ByteRange?) -> [UInt8] { range.map { Array(raw[$0.range]) } ?? [] }
        #expect(report.encodeType == .bank && report.cardStatus == 1)
        #expect(bytes(report.encryptedTracks.track1) == MagTekComposer().fields[0])
        #expect(bytes(report.encryptedTracks.track2) == MagTekComposer().fields[1])
        #expect(report.encryptedTracks.track3 == nil)
        #expect(bytes(report.magnePrintStatus) == [0xA1, 0x05, 0, 0])
        #expect(bytes(report.magnePrint) == (0..<54).map { UInt8($0) })
        #expect(bytes(report.serialNumber) == Array(MagTekComposer.serialNumber.utf8))
        #expect(report.encryptionStatus.isEncrypting)
        #expect(bytes(report.keySerialNumber) == MagTekComposer().keySerialNumber)
        #expect(bytes(report.maskedTracks.track1) == Array(MagTekComposer.maskedTrack1.utf8))
        #expect(bytes(report.maskedTracks.track2) == Array(MagTekComposer.maskedTrack2.utf8))
        #expect(bytes(report.sessionID) == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(report.absoluteLengths.track1 == MagTekComposer.track1.utf8.count)
        #expect(report.absoluteLengths.track2 == MagTekComposer.track2.utf8.count)
        #expect(report.magnePrintAbsoluteLength == 54)
        #expect(bytes(report.encryptionCounter) == [0, 0xFF, 0xFE])
        #expect(bytes(report.version) == Array("V05".utf8) + [0, 0, 0, 0, 0])
        #expect(bytes(report.hashedTrack2) == (0..<20).map { UInt8($0 + 100) })
    }

    @Test func `older firmware has no counter, version and hash`() throws {
        let report = try magTekReport(Self.composer(isNew: false).report)
        #expect(report.encryptionCounter == nil)
        #expect(report.version == nil && report.hashedTrack2 == nil)
    }

    @Test func `a serial number may fill its field`() throws {
        var raw = MagTekComposer().report
        raw.replaceSubrange(477..<493, with: [UInt8](repeating: 0x41, count: 16))
        #expect(try magTekReport(raw).serialNumber.count == 16)
        raw[477] = 0
        #expect(try magTekReport(raw).serialNumber.isEmpty)
    }

    @Test(arguments: [UInt16](arrayLiteral: 0x0000, 0x0002))
    func `a reader that does not encrypt sends clear tracks`(_ status: UInt16) throws {
        var composer = MagTekComposer.level2
        composer.status = status
        let decoded = try Decoded(composer.report, .magTek)
        #expect(decoded.track1Text == String(MagTekComposer.track1.dropFirst().dropLast()))
        #expect(decoded.track2Text == String(MagTekComposer.track2.dropFirst().dropLast()))
    }

    @Test func `a decode status makes its clear track a read error`() throws {
        var composer = MagTekComposer.level2
        composer.tracks[0] = nil
        composer.decodeStatus = [1, 0, 0]
        guard case .plain(let tracks) = try Decoded(composer.report, .magTek).content else {
            Issue.record("no plain tracks")
            return
        }
        #expect(tracks.track1 == .failed(.readError) && tracks.track2.layout != nil)
    }

    @Test func `either track encrypted is enough, with the other unread`() throws {
        for index in 0..<2 {
            var composer = MagTekComposer()
            composer.tracks[index] = nil
            composer.maskedTracks[index] = nil
            composer.decodeStatus[index] = 1
            let block = try #require(try Decoded(composer.report, .magTek).block)
            #expect(block.maskedPAN.lastFour == "1111" && block.brand == .visa)
        }
    }

    @Test func `nothing masked leaves the number hidden`() throws {
        var composer = MagTekComposer()
        composer.maskedTracks = [nil, nil, nil]
        let block = try #require(try Decoded(composer.report, .magTek).block)
        #expect(block.maskedPAN == .hidden && block.brand == nil && block.expiry == nil)
    }

    @Test func `a track that is masked in another character is shown as far`() throws {
        var composer = MagTekComposer()
        composer.maskedTracks = [nil, ";4111********1111=****************?", nil]
        let block = try #require(try Decoded(composer.report, .magTek).block)
        #expect(block.maskedPAN.lastFour == "1111" && block.expiry == nil)
    }

    /// A composer with a status and no track.
    private static func empty(
        _ status: UInt16, decodeStatus: [UInt8] = [0, 0, 0]
    ) -> MagTekComposer {
        var composer = MagTekComposer()
        composer.status = status
        composer.tracks = [nil, nil, nil]
        composer.maskedTracks = [nil, nil, nil]
        composer.decodeStatus = decodeStatus
        return composer
    }

    static let refused: [(MagTekComposer, BadRead)] = [
        (empty(0x0007), .frame(.keysExhausted)),
        (empty(0x0003), .frame(.keysExhausted)),
        (empty(0x0106), .frame(.keysExhausted)),
        (empty(0x0004), .frame(.keyMissing)),
        (empty(0x000E), .frame(.authenticationRequired)),
        (
            empty(0x000E, decodeStatus: [1, 1, 0]),
            .noUsableTrack(track1: .readError, track2: .readError)
        ),
        (empty(0x0016), .noUsableTrack(track1: nil, track2: nil)),
        (
            empty(0x0006, decodeStatus: [0, 1, 0]),
            .noUsableTrack(track1: nil, track2: .readError)
        ),
        (
            empty(0x0002, decodeStatus: [1, 0, 0]),
            .noUsableTrack(track1: .readError, track2: nil)
        ),
    ]

    @Test(arguments: refused) func `names why no swipe is there`(
        composer: MagTekComposer, bad: BadRead
    ) throws {
        #expect(try Decoded(composer.report, .magTek).content == .bad(bad))
    }

    @Test func `a clear track that should be encrypted is refused`() throws {
        var composer = MagTekComposer()
        composer.status = 0x0004
        #expect(try Decoded(composer.report, .magTek).fault == .keyMissing)
    }

    @Test func `encrypted tracks without a key serial number are refused`() throws {
        var composer = MagTekComposer()
        composer.keySerialNumber = [UInt8](repeating: 0, count: 10)
        #expect(try Decoded(composer.report, .magTek).fault == .keyMissing)
    }

    @Test(arguments: [UInt8](arrayLiteral: 1, 2)) func `a licence is no payment card`(
        _ type: UInt8
    ) throws {
        var composer = MagTekComposer()
        composer.encodeType = type
        #expect(try Decoded(composer.report, .magTek).content == .bad(.notAPaymentCard(.licence)))
    }

    static let changes: [(offset: Int, value: UInt8, fault: FrameFault)] = [
        (0, 2, .statusInvalid), (2, 0x81, .statusInvalid), (6, 7, .encodeTypeUnknown),
        (3, 113, .lengthMismatch), (4, 120, .lengthMismatch), (5, 255, .lengthMismatch),
        // No whole blocks, and a track longer than its ciphertext.
        (3, 57, .lengthMismatch), (853, 41, .lengthMismatch), (854, 1, .lengthMismatch),
        (505, 113, .lengthMismatch), (506, 113, .lengthMismatch), (507, 255, .lengthMismatch),
        (348, 129, .lengthMismatch),
    ]

    @Test(arguments: changes) func `refuses a report that lies`(
        change: (offset: Int, value: UInt8, fault: FrameFault)
    ) throws {
        var raw = MagTekComposer().report
        raw[change.offset] = change.value
        #expect(try Decoded(raw, .magTek).fault == change.fault)
    }

    @Test func `a report of any other length is refused`() throws {
        let raw = MagTekComposer().report + [0, 0, 0]
        let arena = try SecretArena()
        // With the zero in front a layout is one byte longer.
        for count in 0...raw.count where ![337, 338, 856, 857, 887, 888].contains(count) {
            let fault = try Decoded(Array(raw.prefix(count)), .magTek, in: arena).fault
            #expect(fault == (count < 337 ? .reportTooShort : .lengthMismatch))
        }
    }

    @Test func `a range that leaves the bytes is refused`() {
        let raw = MagTekComposer().report
        #expect(throws: FrameFault.lengthMismatch) {
            try MagTekReport(raw.span, in: ByteRange(start: 1, count: 887))
        }
    }

    @Test func `the bits of the status are told apart`() {
        let all = MagTekEncryptionStatus(rawValue: 0x091F)
        #expect(
            all == [
                .keysExhausted, .keyInjected, .encryptionEnabled, .authenticationRequired,
                .timedOut, .counterExpired, .usesDataVariant,
            ])
        #expect(!MagTekEncryptionStatus.encryptionEnabled.isEncrypting)
        #expect(!MagTekEncryptionStatus.keyInjected.isEncrypting)
    }
}
