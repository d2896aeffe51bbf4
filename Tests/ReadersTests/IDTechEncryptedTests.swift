import Readers
import Secrets
import Testing
import Tracks
import Values

/// Where a binary frame stands in a report.
enum Placement: CaseIterable {
    case behindTheHeader
    case atTheStart

    var offset: Int { self == .atTheStart ? 0 : 9 }

    func report(_ frame: [UInt8], size: Int = 509) -> [UInt8] {
        switch self {
        case .behindTheHeader: FrameComposer.report(output: frame, size: size)
        case .atTheStart:
            frame + [UInt8](repeating: 0, count: max(0, size - frame.count))
        }
    }
}

@Suite struct IDTechEncryptedTests {
    @Test(arguments: ReaderFrame.all + ReaderFrame.original, Placement.allCases)
    func `a frame is found whole behind the header and at the start`(
        _ expected: ReaderFrame, _ placement: Placement
    ) throws {
        let frame = expected.composer.frame
        for size in [0, 512] {
            let decoded = try Decoded(placement.report(frame, size: size))
            let block = try #require(decoded.block)
            #expect(block.form == .binary)
            #expect(block.frame == ByteRange(start: placement.offset, count: frame.count))
            #expect(Array(decoded.bytes[block.frame.range]) == frame)
            #expect(block.hasChip == expected.hasChip)
            #expect(block.maskedPAN.lastFour == (expected.isAmex ? "8431" : "1111"))
            #expect(block.maskedPAN.length == (expected.isAmex ? 15 : 16))
            #expect(block.brand == (expected.isAmex ? .americanExpress : .visa))
            #expect(block.keySerialNumber?.count == 10)
            #expect(block.expiry == nil)
        }
    }

    @Test(arguments: ReaderFrame.all + ReaderFrame.original)
    func `a typed frame is a block without the Enter behind it`(_ expected: ReaderFrame) throws {
        var composer = expected.composer
        composer.form = .typed
        let frame = composer.frame
        for ending in ["", "\r", "\r\n"] {
            let decoded = try Decoded(frame + Array(ending.utf8), .keyboard)
            // The keyboard is on no list; its maker shows in the block.
            #expect(decoded.reader.brand == "IDTECH" && decoded.reader.model == "UNIMAGII")
            let block = try #require(decoded.block)
            #expect(block.form == .typed)
            #expect(block.frame == ByteRange(start: 0, count: frame.count))
            #expect(Array(decoded.bytes[block.frame.range]) == frame)
            #expect(block.maskedPAN.lastFour == (expected.isAmex ? "8431" : "1111"))
            #expect(block.keySerialNumber?.count == 20)
        }
    }

    @Test func `a typed frame that is damaged or doubled is a bad read`() throws {
        let typed = FrameComposer(form: .typed).frame
        var damaged = typed
        damaged[40] ^= 1
        #expect(try Decoded(damaged, .keyboard).fault == .lrcWrong)
        #expect(try Decoded(typed + typed, .keyboard).fault == .lengthMismatch)
        #expect(try Decoded(Array("02\r".utf8), .keyboard).fault == .tooShort)
        #expect(try Decoded(Array("02ZZZZ000000".utf8), .keyboard).fault == .lengthMismatch)
    }

    @Test(arguments: Placement.allCases)
    func `a clear expiry is told, from track 2 first`(_ placement: Placement) throws {
        let both = FrameComposer(masksExpiry: false)
        let two = try Decoded(placement.report(both.frame))
        let expiry = try #require(two.block?.expiry)
        #expect(two.text(expiry) == "3012")
        #expect(two.bytes[expiry.start - 1] == UInt8(ascii: "="))
        let one = FrameComposer(
            trackStatus: 0x19, tracks: [Sample.track1, nil, nil], field8: 0x01, field9: 0x89,
            masksExpiry: false)
        let alone = try Decoded(placement.report(one.frame))
        #expect(alone.text(alone.block?.expiry) == "3012")
        #expect(alone.block?.maskedPAN.lastFour == "1111")
        #expect(alone.block?.brand == .visa)
    }

    @Test func `without a masked track nothing of the card is shown`() throws {
        let decoded = try Decoded(FrameComposer.report(output: FrameComposer(field8: 0).frame))
        #expect(decoded.block?.maskedPAN == .hidden)
        #expect(decoded.block?.brand == nil)
        #expect(decoded.block?.expiry == nil)
    }

    @Test(arguments: [UInt8](arrayLiteral: 0x80, 0x00))
    func `tracks of which none is encrypted are plain tracks`(_ encodeType: UInt8) throws {
        let clear = FrameComposer(
            encodeType: encodeType, field9: 0, sendsKeySerialNumber: false)
        for placement in Placement.allCases {
            let decoded = try Decoded(placement.report(clear.frame))
            #expect(decoded.track1Text == String(Sample.track1.dropFirst().dropLast(2)))
            #expect(decoded.track2Text == String(Sample.track2.dropFirst().dropLast(2)))
        }
        var typed = clear
        typed.form = .typed
        let decoded = try Decoded(typed.frame, .keyboard)
        #expect(decoded.track2Text == String(Sample.track2.dropFirst().dropLast(2)))
    }

    static let bad: [(FrameComposer, BadRead)] = [
        (FrameComposer(encodeType: 0x85), .manualEntry),
        (FrameComposer(encodeType: 0x81), .notAPaymentCard(.licence)),
        (FrameComposer(encodeType: 0x01, sendsKeySerialNumber: false), .notAPaymentCard(.licence)),
        (
            FrameComposer(
                trackStatus: 0x18, tracks: [nil, nil, nil], field8: 0, field9: 0x80),
            .noUsableTrack(track1: .readError, track2: .readError)
        ),
        (
            FrameComposer(
                trackStatus: 0x10, tracks: [nil, nil, nil], field8: 0, field9: 0x80),
            .noUsableTrack(track1: nil, track2: .readError)
        ),
        (
            FrameComposer(field8: 0, field9: 0, sendsKeySerialNumber: false),
            .frame(.nothingEncrypted)
        ),
        (
            FrameComposer(
                encodeType: 0x83, trackStatus: 0x1A, tracks: [nil, ";4111=3012?1", nil],
                field8: 2, field9: 0, sendsKeySerialNumber: false),
            .noUsableTrack(
                track1: .readError, track2: .malformed(.panTooShort, offset: 4))
        ),
        (
            FrameComposer(
                tracks: [Sample.track2, Sample.track1, nil], field9: 0,
                sendsKeySerialNumber: false),
            .frame(.lengthMismatch)
        ),
    ]

    @Test(arguments: bad)
    func `a frame that cannot be sold with says why`(
        _ composer: FrameComposer, _ reason: BadRead
    ) throws {
        for placement in Placement.allCases {
            #expect(try Decoded(placement.report(composer.frame)).content == .bad(reason))
        }
        var typed = composer
        typed.form = .typed
        let decoded = try Decoded(typed.frame + [0x0D], .keyboard)
        #expect(decoded.content == .bad(reason))
    }

    @Test(arguments: Placement.allCases)
    func `two frames in one report are two cards`(_ placement: Placement) throws {
        let frame = FrameComposer().frame
        #expect(try Decoded(placement.report(frame + frame)).fault == .bytesLeftOver)
        #expect(try Decoded(placement.report(frame + [0x0D] + frame)).fault == .bytesLeftOver)
        #expect(try Decoded(placement.report(frame + [0x0D])).block != nil)
    }

    @Test(arguments: Placement.allCases)
    func `a report that cuts its frame is refused`(_ placement: Placement) throws {
        let report = placement.report(FrameComposer().frame, size: 0)
        for count in 0..<report.count {
            let decoded = try Decoded(Array(report[..<count]))
            #expect(decoded.fault != nil, "cut to \(count)")
        }
    }
}

extension ReaderFrame {
    var isAmex: Bool { composer.tracks[1] == Sample.amexTrack2 }
}
