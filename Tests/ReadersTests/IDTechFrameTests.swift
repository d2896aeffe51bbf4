import Readers
import Testing
import Values

/// A frame of a known reader and what must be found in it.
struct ReaderFrame: Sendable, CustomTestStringConvertible {
    let name: String
    let composer: FrameComposer
    var hashes = 0
    var hasSerialNumber = false
    var hasChip: Bool?
    var testDescription: String { name }

    static let all: [ReaderFrame] = [
        ReaderFrame(name: "UniMag", composer: FrameComposer(), hashes: 2),
        ReaderFrame(
            name: "SecureMag, three tracks, three hashes",
            composer: FrameComposer(
                trackStatus: 0x3F, tracks: [Sample.track1, Sample.track2, Sample.track3],
                field9: 0xBF),
            hashes: 3),
        ReaderFrame(
            name: "UniMag II",
            composer: FrameComposer(trackStatus: 0x1F, field8: 0x83, field9: 0x83),
            hasSerialNumber: true),
        ReaderFrame(
            name: "UniMag II without the flag of its KSN",
            composer: FrameComposer(trackStatus: 0x1F, field8: 0x83, field9: 0x03),
            hasSerialNumber: true),
        ReaderFrame(
            name: "Augusta with a chip card",
            composer: FrameComposer(trackStatus: 0x1F, field8: 0xA3), hashes: 2,
            hasSerialNumber: true, hasChip: true),
        ReaderFrame(
            name: "AES with a session id", composer: FrameComposer(field8: 0x13, field9: 0xDB),
            hashes: 2),
        ReaderFrame(
            name: "PIN variant, American Express",
            composer: FrameComposer(
                tracks: [Sample.amexTrack1, Sample.amexTrack2, nil], field8: 0x43),
            hashes: 2),
        ReaderFrame(
            name: "track 2 alone",
            composer: FrameComposer(
                trackStatus: 0x1A, tracks: [nil, Sample.track2, nil], field8: 0x02, field9: 0x92),
            hashes: 1),
        ReaderFrame(
            name: "SHA-256",
            composer: FrameComposer(trackStatus: 0x5B, optionalBytes: [1], hashBytes: 32),
            hashes: 2),
        ReaderFrame(
            name: "fuel card, encrypted by force", composer: FrameComposer(encodeType: 0x83),
            hashes: 2),
    ]

    static let original: [ReaderFrame] = [
        ReaderFrame(name: "original", composer: FrameComposer(encodeType: 0), hashes: 2),
        ReaderFrame(
            name: "original, AES", composer: FrameComposer(encodeType: 0, field8: 0x10), hashes: 2),
        ReaderFrame(
            name: "original, track 2 alone",
            composer: FrameComposer(
                encodeType: 0, trackStatus: 0x1A, tracks: [nil, Sample.track2, nil]),
            hashes: 1),
        ReaderFrame(
            name: "original, track 3 in clear",
            composer: FrameComposer(
                encodeType: 4, trackStatus: 0x3F,
                tracks: [Sample.track1, Sample.track2, Sample.track3]),
            hashes: 2),
    ]
}

@Suite struct IDTechFrameTests {
    static let forms: [EncryptedBlock.Form] = [.binary, .typed]

    @Test(arguments: ReaderFrame.all + ReaderFrame.original, forms)
    func `reads every field of a frame in both forms`(
        _ expected: ReaderFrame, _ form: EncryptedBlock.Form
    ) throws {
        var composer = expected.composer
        composer.form = form
        let bytes = composer.frame
        let found = try frame(bytes, form)
        let width = form == .typed ? 2 : 1
        #expect(found.encodeType == composer.encodeType)
        #expect(found.trackStatus == composer.trackStatus)
        #expect(values(found.trackLengths) == composer.lengths)
        #expect(found.hasChip == expected.hasChip)
        #expect((found.serialNumber != nil) == expected.hasSerialNumber)
        let hashes = values(found.hashes).compactMap(\.self)
        #expect(hashes.count == expected.hashes)
        #expect(hashes.allSatisfy { $0.count == composer.hashBytes * width })
        let wanted =
            composer.form == .typed
            ? FrameComposer.hex(FrameComposer.keySerialNumber) : FrameComposer.keySerialNumber
        #expect(found.keySerialNumber.map { Array(bytes[$0.range]) } == wanted)
        #expect(found.isEncrypted)
    }

    @Test(arguments: ReaderFrame.all)
    func `encrypted tracks are padded to the cipher's block`(_ expected: ReaderFrame) throws {
        let composer = expected.composer
        let found = try frame(composer.frame)
        let block = composer.field8 & 0x10 != 0 ? 16 : 8
        #expect(found.usesAES == (block == 16))
        #expect(found.usesPINVariant == (composer.field8 & 0x40 != 0))
        #expect(found.sessionID?.count == (composer.field9 & 0x40 != 0 ? block : nil))
        for (range, length) in zip(values(found.encryptedTracks), composer.lengths) {
            guard let range else { continue }
            #expect(range.count == (length + block - 1) / block * block)
        }
    }

    @Test func `the original format encrypts two tracks in one piece`() throws {
        let three = try frame(FrameComposer(encodeType: 0).frame)
        let plain = Sample.track1.utf8.count + Sample.track2.utf8.count
        #expect(three.encryptedTogether?.count == (plain + 7) / 8 * 8)
        #expect(three.field8 == nil && three.field9 == nil && !three.isEnhanced)
        #expect(three.encryptedTracks == PerTrack(nil, nil, nil))
    }

    @Test(arguments: ReaderFrame.all + ReaderFrame.original, forms)
    func `refuses a frame cut at any byte`(
        _ expected: ReaderFrame, _ form: EncryptedBlock.Form
    ) {
        var composer = expected.composer
        composer.form = form
        let bytes = composer.frame
        for count in 0..<bytes.count {
            #expect(frameFault(Array(bytes[..<count]), form) != nil, "cut to \(count)")
        }
    }

    @Test(arguments: ReaderFrame.all + ReaderFrame.original, forms)
    func `refuses a frame with any single bit flipped`(
        _ expected: ReaderFrame, _ form: EncryptedBlock.Form
    ) {
        var composer = expected.composer
        composer.form = form
        var bytes = composer.frame
        var accepted: [Int] = []
        for bit in 0..<bytes.count * 8 {
            bytes[bit / 8] ^= 1 << (bit % 8)
            if frameFault(bytes, form) == nil { accepted.append(bit) }
            bytes[bit / 8] ^= 1 << (bit % 8)
        }
        #expect(accepted.isEmpty)
    }

    @Test(arguments: [
        (0, FrameFault.lengthMismatch), (65_535, .lengthMismatch), (-1, .lengthMismatch),
        (1, .lengthMismatch),
    ])
    func `refuses a length that lies`(_ lie: Int, _ fault: FrameFault) {
        var bytes = FrameComposer().frame
        let honest = Int(bytes[1]) | Int(bytes[2]) << 8
        let told = abs(lie) == 1 ? honest + lie : lie
        bytes[1] = UInt8(told & 0xFF)
        bytes[2] = UInt8(told >> 8)
        #expect(frameFault(bytes) == fault)
    }

    @Test func `names what is wrong with the envelope`() {
        let sound = FrameComposer().frame
        let end = sound.count
        for (offset, fault) in [
            (0, FrameFault.startMissing), (end - 1, .endMissing), (end - 3, .lrcWrong),
            (end - 2, .checksumWrong),
        ] {
            var bytes = sound
            bytes[offset] ^= 0x40
            #expect(frameFault(bytes) == fault)
        }
        #expect(frameFault([]) == .tooShort)
        #expect(frameFault([2, 0, 0, 0, 0, 3]) == .fieldsRunOver)
    }

    static let contradictions: [(FrameComposer, FrameFault)] = [
        (FrameComposer(trackStatus: 0x19), .trackStatusContradictsFields),
        (FrameComposer(trackStatus: 0x9B), .statusInvalid),
        (FrameComposer(trackStatus: 0x5B, optionalBytes: [0x20]), .statusInvalid),
        (FrameComposer(trackStatus: 0x5B, optionalBytes: [1, 1]), .statusInvalid),
        (FrameComposer(encodeType: 0, trackStatus: 0x5B), .statusInvalid),
        (FrameComposer(encodeType: 0x82), .encodeTypeUnknown),
        (FrameComposer(encodeType: 0x86), .encodeTypeUnknown),
        (FrameComposer(encodeType: 0x05), .encodeTypeUnknown),
        (FrameComposer(encodeType: 0x88), .encodeTypeUnknown),
        (FrameComposer(sendsKeySerialNumber: false), .fieldsRunOver),
        (FrameComposer(hashBytes: 21), .bytesLeftOver),
        (FrameComposer(hashBytes: 19), .fieldsRunOver),
    ]

    @Test(arguments: contradictions)
    func `names what is wrong with the fields`(_ composer: FrameComposer, _ fault: FrameFault) {
        #expect(frameFault(composer.frame) == fault)
    }

    @Test func `a typed frame is in capital hex digits`() {
        let typed = FrameComposer(form: .typed).frame
        #expect(frameFault(typed, .typed) == nil)
        let small = typed.map { $0 >= 0x41 && $0 <= 0x46 ? $0 | 0x20 : $0 }
        #expect(frameFault(small, .typed) != nil)
        #expect(frameFault(typed, .binary) != nil)
    }

    @Test func `refuses a range that is not in the bytes`() {
        let bytes = FrameComposer().frame
        #expect(throws: FrameFault.tooShort) {
            _ = try IDTechFrame(bytes.span, in: ByteRange(start: 1, count: bytes.count))
        }
    }

    @Test func `tells two frames of a stream apart`() throws {
        let one = FrameComposer().frame
        let both = one + FrameComposer(field8: 0x83, field9: 0x83).frame
        #expect(frameFault(both) == .lengthMismatch)
        let whole = ByteRange(start: 0, count: both.count)
        let first = try IDTechFrame.extent(both.span, in: whole)
        #expect(first == ByteRange(start: 0, count: one.count))
        let rest = ByteRange(first.end, upTo: both.count)
        #expect(try IDTechFrame(both.span, in: rest).serialNumber != nil)
    }
}

func values<Value>(_ tracks: PerTrack<Value>) -> [Value] {
    [tracks.track1, tracks.track2, tracks.track3]
}
