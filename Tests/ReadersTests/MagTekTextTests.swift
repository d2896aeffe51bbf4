import Quiet
import Readers
import Secrets
import Testing
import Tracks
import Values

@Suite struct MagTekTextTests {
    private static func decoded(_ text: String) throws -> Decoded {
        try Decoded(Array(text.utf8), .keyboard)
    }

    private static func text(_ text: String) throws(FrameFault) -> MagTekText {
        let bytes = Array(text.utf8)
        return try MagTekText(bytes.span, in: ByteRange(start: 0, count: bytes.count))
    }

    @Test(arguments: ["", "\r", "\r\n"]) func `typed fields are a block, as typed`(
        _ ending: String
    ) throws {
        let text = MagTekComposer().text
        let decoded = try Self.decoded(text + ending)
        let block = try #require(decoded.block)
        #expect(block.form == .typed)
        #expect(decoded.text(block.frame) == text)
        #expect(block.maskedPAN == MaskedPAN(length: 16, lastFour: (0x31, 0x31, 0x31, 0x31)))
        #expect(block.brand == .visa)
        #expect(decoded.text(block.expiry) == "3012")
        #expect(decoded.text(block.keySerialNumber) == "FFFF9876543210E00008")
    }

    @Test(arguments: [nil, "00FFFE"]) func `every field stands in its place`(
        _ counter: String?
    ) throws {
        var composer = MagTekComposer()
        composer.counter = counter
        let whole = composer.text
        let text = try Self.text(whole)
        func field(_ range: ByteRange?) -> String? {
            range.map { String(decoding: Array(whole.utf8)[$0.range], as: UTF8.self) }
        }
        #expect(field(text.maskedTracks.track1) == MagTekComposer.maskedTrack1)
        #expect(field(text.maskedTracks.track2) == MagTekComposer.maskedTrack2)
        #expect(text.maskedTracks.track3 == nil && !text.isLicence)
        #expect(text.readErrors == PerTrack(false, false, false))
        #expect(text.encryptionStatus == [.keyInjected, .encryptionEnabled])
        #expect(
            field(text.encryptedTracks.track1) == MagTekComposer.hex(composer.fields[0]))
        #expect(
            field(text.encryptedTracks.track2) == MagTekComposer.hex(composer.fields[1]))
        #expect(text.encryptedTracks.track3 == nil)
        #expect(field(text.magnePrintStatus) == "A1050000")
        #expect(text.magnePrint?.count == 112)
        #expect(field(text.serialNumber) == MagTekComposer.serialNumber)
        #expect(field(text.sessionID) == "0102030405060708")
        #expect(field(text.keySerialNumber) == "FFFF9876543210E00008")
        #expect(field(text.encryptionCounter) == counter)
        #expect(text.clearTextCRC.count == 4)
        #expect(field(text.encryptedCRC) == "0011223344556677")
        #expect(field(text.formatCode) == "1000" && text.terminator == nil)
    }

    @Test func `what a reader was set to type around the tracks is passed over`() throws {
        var composer = MagTekComposer()
        composer.affixes = ("CARD", "END", "DONE")
        let whole = composer.text
        let decoded = try Self.decoded(whole + "\r")
        let block = try #require(decoded.block)
        #expect(decoded.text(block.frame) == whole)
        #expect(block.maskedPAN.lastFour == "1111")
        #expect(try Self.text(whole).terminator?.count == 4)
    }

    @Test(arguments: [UInt16](arrayLiteral: 0x0000, 0x0002))
    func `a reader that does not encrypt types clear tracks`(_ status: UInt16) throws {
        var composer = MagTekComposer.level2
        composer.status = status
        composer.tracks[2] = "+014111111111111111=000000000001?"
        let decoded = try Self.decoded(composer.text + "\r")
        #expect(decoded.track1Text == String(MagTekComposer.track1.dropFirst().dropLast()))
        #expect(decoded.track2Text == String(MagTekComposer.track2.dropFirst().dropLast()))
        guard case .plain(let tracks) = decoded.content else { return }
        #expect(tracks.track3.layout != nil)
    }

    @Test func `a masked E is a read error`() throws {
        var composer = MagTekComposer()
        composer.tracks = [nil, nil, nil]
        composer.maskedTracks = ["%E?", ";E?", nil]
        #expect(
            try Self.decoded(composer.text).content
                == .bad(.noUsableTrack(track1: .readError, track2: .readError)))
        composer.status = 0x0002
        #expect(
            try Self.decoded(composer.text).content
                == .bad(.noUsableTrack(track1: .readError, track2: .readError)))
    }

    @Test(arguments: ["#", "+", "&"]) func `track 3 of a licence is known by its start`(
        _ start: String
    ) throws {
        var composer = MagTekComposer()
        composer.maskedTracks[2] = start + "0000?"
        let content = try Self.decoded(composer.text).content
        #expect((content == .bad(.notAPaymentCard(.licence))) == (start == "#"))
    }

    static let statuses: [(UInt16, FrameFault)] = [
        (0x0007, .keysExhausted), (0x0003, .keysExhausted), (0x0106, .keysExhausted),
        (0x0004, .keyMissing), (0x000E, .authenticationRequired),
    ]

    @Test(arguments: statuses)
    func `names what is wrong with the reader's keys`(status: UInt16, fault: FrameFault) throws {
        var composer = MagTekComposer()
        composer.status = status
        composer.tracks = [nil, nil, nil]
        composer.maskedTracks = [nil, nil, nil]
        #expect(try Self.decoded(composer.text + "\r").fault == fault)
    }

    /// The text with its fields changed and its CRC right again.
    private static func changed(_ change: (inout [String]) -> Void) -> CardText {
        let all = MagTekComposer().text
        var fields = all.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        change(&fields)
        let crc = max(0, fields.count - 3)
        let front = fields[..<crc].joined(separator: "|") + "|"
        return CardText(
            MagTekComposer.withCRC(
                front, "|" + fields[(crc + 1)...].joined(separator: "|")))
    }

    static let refused: [(CardText, FrameFault)] = [
        (changed { $0.removeLast() }, .tooShort),
        (
            changed {
                $0.append("X"); $0.append("Y")
            }, .bytesLeftOver
        ),
        (changed { $0[1] = "" }, .statusInvalid),
        (changed { $0[1] = "06" }, .lengthMismatch),
        (changed { $0[1] = "06ZZ" }, .fieldsRunOver),
        (changed { $0[2] += "AB" }, .lengthMismatch),
        (changed { $0[3] = String(repeating: "A", count: 240) }, .lengthMismatch),
        (changed { $0[3] = String(repeating: "G", count: 80) }, .fieldsRunOver),
        (changed { $0[3] = String(repeating: "a", count: 80) }, .fieldsRunOver),
        (changed { $0[5] = "A1" }, .lengthMismatch),
        (changed { $0[6] = String(repeating: "A", count: 258) }, .lengthMismatch),
        (changed { $0[8] = "01" }, .lengthMismatch),
        (changed { $0[9] = "FFFF9876543210E0000" }, .lengthMismatch),
        (changed { $0[9] = "" }, .keyMissing),
        (changed { $0[9] = String(repeating: "0", count: 20) }, .keyMissing),
        (changed { $0[11] = "0011" }, .lengthMismatch),
        (changed { $0[12] = "100" }, .fieldsRunOver),
        (changed { $0[0] = "%B4111" }, .endMissing),
    ]

    @Test(arguments: refused) func `refuses fields that are not what they must be`(
        text: CardText, fault: FrameFault
    ) throws {
        #expect(try Self.decoded(text.clear).fault == fault)
    }

    @Test func `no changed character in front of the CRC goes unseen`() throws {
        let text = Array(MagTekComposer().text.utf8)
        let crc = try Self.text(MagTekComposer().text).clearTextCRC
        let arena = try SecretArena()
        for offset in 0..<crc.end {
            var changed = text
            changed[offset] ^= 0x01
            let decoded = try Decoded(changed, .keyboard, in: arena)
            #expect(decoded.block == nil)
            if text[offset] != MagTekText.separator {
                #expect(decoded.fault == .checksumWrong)
            }
        }
    }

    @Test func `a CRC that is not there is wrong`() throws {
        var fields = MagTekComposer().text.split(
            separator: "|", omittingEmptySubsequences: false
        ).map(String.init)
        fields[10] = ""
        #expect(try Self.decoded(fields.joined(separator: "|")).fault == .checksumWrong)
    }

    @Test func `text that is cut anywhere is no block`() throws {
        let text = Array(MagTekComposer().text.utf8)
        let keyboard = try #require(MagTekComposer.keyboard)
        let arena = try SecretArena()
        for count in 0..<text.count {
            let decoded = try Decoded(Array(text.prefix(count)), profile: keyboard, in: arena)
            guard case .bad = decoded.content else {
                Issue.record("cut at \(count) it is no bad read")
                return
            }
        }
    }
}
