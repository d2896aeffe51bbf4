import DUKPT
import Decryption
import Readers
import SealedFrames
import Secrets
import Testing
import Tracks
import Values

/// A card's stripe, a frame of it, and what opening the frame yields.
enum Opening {
    static let track1 = "B4111111111111111^PUBLISHED/TEST CARD^30121010000000001"
    static let track2 = "4111111111111111=30121010000000001"

    static var frame: SealedFrame { SealedFrame(track1: track1, track2: track2) }

    static func block(_ frame: SealedFrame) throws -> SealedBlock {
        let bytes = try frame.bytes()
        let read = try IDTechFrame(
            bytes.span, in: ByteRange(start: 0, count: bytes.count),
            form: frame.isTyped ? .typed : .binary)
        let block = SealedBlock(read, bytes.span)
        return try #require(block)
    }

    /// The texts of both tracks and the use of the key that gave them.
    static func open(
        _ block: SealedBlock, _ change: (KeyRing, SecretArena) throws -> Void = published
    ) throws -> (track1: String?, track2: String?, use: KeyUse) {
        let arena = try SecretArena()
        let ring = try KeyRing(in: arena)
        try change(ring, arena)
        let opened = try OpenedTracks(opening: block, with: ring, in: arena)
        let tracks = opened.tracks
        let text = { (range: ByteRange?, bytes: [UInt8]) in
            range.map { String(decoding: bytes[$0.range], as: UTF8.self) }
        }
        let bytes = opened.bytes.withBytes { bytes in bytes.indices.map { bytes[$0] } }
        return (
            text(tracks.track1.layout?.text, bytes), text(tracks.track2.layout?.text, bytes),
            opened.variant.use
        )
    }

    static func open(_ frame: SealedFrame) throws -> (String?, String?, KeyUse) {
        try open(block(frame))
    }

    static let published: @Sendable (KeyRing, SecretArena) throws -> Void = { ring, arena in
        try ring.add(.any, SecretKey.published(in: arena))
    }
}

@Suite struct OpeningTests {
    private static func changed(_ change: (inout SealedFrame) -> Void) -> SealedFrame {
        var frame = Opening.frame
        change(&frame)
        return frame
    }

    static let frames: [(String, SealedFrame, KeyUse)] = [
        ("enhanced", Opening.frame, .dataRequest),
        ("original", changed { $0.isOriginal = true }, .dataRequest),
        ("typed", changed { $0.isTyped = true }, .dataRequest),
        (
            "original, typed",
            changed {
                $0.isOriginal = true
                $0.isTyped = true
            }, .dataRequest
        ),
        (
            "PIN variant, said",
            changed {
                $0.use = .pin
                $0.saysPIN = true
            }, .pin
        ),
        ("PIN variant, not said", changed { $0.use = .pin }, .pin),
        (
            "original, PIN variant",
            changed {
                $0.isOriginal = true
                $0.use = .pin
            }, .pin
        ),
        ("AES", changed { $0.usesAES = true }, .dataRequest),
        (
            "AES, original",
            changed {
                $0.usesAES = true
                $0.isOriginal = true
            }, .dataRequest
        ),
        ("hashed", changed { $0.hashBytes = 20 }, .dataRequest),
        ("hashed by SHA-256", changed { $0.hashBytes = 32 }, .dataRequest),
        (
            "no hash but zeros",
            changed {
                $0.hashBytes = 20
                $0.hash = .zeros
            }, .dataRequest
        ),
        (
            "a counter that readers skip",
            changed { $0.keySerialNumber = "FFFF9876543210FFFFFF" }, .dataRequest
        ),
    ]

    @Test(arguments: frames) func `opens a frame`(
        row: (name: String, frame: SealedFrame, use: KeyUse)
    ) throws {
        let opened = try Opening.open(row.frame)
        #expect(opened == (Opening.track1, Opening.track2, row.use), "\(row.name)")
    }

    @Test func `opens a frame of one track`() throws {
        let opened = try Opening.open(SealedFrame(track1: nil, track2: Opening.track2))
        #expect(opened == (nil, Opening.track2, .dataRequest))
    }

    @Test(arguments: [20, 32]) func `refuses a hash that is not the track's`(count: Int) {
        let frame = Self.changed {
            $0.hashBytes = count
            $0.hash = .wrong
        }
        #expect(throws: OpeningFault.hashWrong) { try Opening.open(frame) }
    }

    static let unreadable: [(String, SealedFrame)] = [
        ("another key", changed { $0.baseKey = [UInt8](repeating: 0x11, count: 16) }),
        ("garbage", changed { $0.isBlank = true }),
        ("another use", changed { $0.use = .macRequest }),
        ("a PIN variant that is none", changed { $0.saysPIN = true }),
        ("no number", SealedFrame(track1: nil, track2: "no number")),
    ]

    @Test(arguments: unreadable) func `refuses what is no track under its key`(
        row: (name: String, frame: SealedFrame)
    ) {
        #expect(throws: OpeningFault.notReadable) { try Opening.open(row.frame) }
    }

    @Test func `refuses a block whose padding is not zeros`() throws {
        var block = try Opening.block(SealedFrame(track1: nil, track2: Opening.track2))
        block.pieces[0].tracks[0].count -= 1
        #expect(throws: OpeningFault.notReadable) { try Opening.open(block) }
    }

    @Test func `refuses lengths beyond the ciphertext, and ciphertext of no whole blocks`() throws {
        var block = try Opening.block(Opening.frame)
        block.pieces[0].tracks[0].count = 500
        #expect(throws: OpeningFault.notReadable) { try Opening.open(block) }
        block = try Opening.block(Opening.frame)
        block.pieces[1].ciphertext.removeLast()
        #expect(throws: OpeningFault.notReadable) { try Opening.open(block) }
        block.pieces = []
        #expect(throws: OpeningFault.notReadable) { try Opening.open(block) }
    }

    @Test func `gives all locked memory back, opened or not`() throws {
        let arena = try SecretArena()
        let ring = try KeyRing(in: arena)
        try Opening.published(ring, arena)
        let free = arena.freeBlocks
        for frame in [Opening.frame] + Self.unreadable.map(\.1) {
            _ = try? OpenedTracks(opening: Opening.block(frame), with: ring, in: arena)
        }
        #expect(arena.freeBlocks == free)
    }

    @Test func `tells of memory that cannot be had`() throws {
        let arena = try SecretArena()
        let ring = try KeyRing(in: arena)
        try Opening.published(ring, arena)
        let rest = try arena.take(capacity: arena.freeBlocks * SecretArena.blockBytes)
        #expect(throws: OpeningFault.keys(.secrets(.arenaFull))) {
            _ = try OpenedTracks(opening: Opening.block(Opening.frame), with: ring, in: arena)
        }
        #expect(rest.count == 0)
    }

    @Test(arguments: [
        (nil, true), ("4111", true), ("4112", false), ("****", true), ("4***", true),
        ("5***", false),
    ]) func `holds the clear number against what the reader shows`(
        row: (shown: String?, agrees: Bool)
    ) throws {
        let block = try Opening.block(
            Self.changed { $0.shownNumber = row.shown.map { $0 + "********" } })
        let number = Array("4111111111111111".utf8)
        let longer = Array("41111111111111111".utf8)
        let another = Array("4111111111111112".utf8)
        #expect(block.shows(number.span) == row.agrees)
        let others = [block.shows(longer.span), block.shows(another.span)]
        #expect(others == [false, false])
    }
}

@Suite struct KeyRingTests {
    private static let other = [UInt8](repeating: 0x5A, count: 16)

    @Test func `takes the key of the longest key set that fits`() throws {
        let block = try Opening.block(Opening.frame)
        var frame = Opening.frame
        frame.baseKey = Self.other
        let blockOfOther = try Opening.block(frame)
        let ring: @Sendable (KeyRing, SecretArena) throws -> Void = { ring, arena in
            let other = try SecretKey(copying: Self.other.span, for: .tripleDES, in: arena)
            try ring.add(#require(KeySetID("ffff98")), other)
            try Opening.published(ring, arena)
            try ring.add(#require(KeySetID("629949")), SecretKey.published(in: arena))
        }
        #expect(try Opening.open(blockOfOther, ring).track2 == Opening.track2)
        #expect(throws: OpeningFault.notReadable) { try Opening.open(block, ring) }
    }

    @Test func `knows no key where no key set fits`() throws {
        let block = try Opening.block(Opening.frame)
        #expect(throws: OpeningFault.noBaseKey) {
            try Opening.open(block) { ring, arena in
                try ring.add(#require(KeySetID("629949")), SecretKey.published(in: arena))
            }
        }
    }

    /// The standard's base key of the example; the number's 12 bytes say that it is AES-DUKPT.
    @Test(arguments: [Cipher.aes128, .aes256]) func `opens a block of AES-DUKPT`(
        cipher: Cipher
    ) throws {
        let arena = try SecretArena()
        let base = (0..<cipher.keyBytes).map { UInt8($0) }
        let number = try #require(
            KeySerialNumber(SealedFrame.bytes("123456789012345600000001")))
        let track = Array(";\(Opening.track2)?".utf8)
        let padded = track + [UInt8](repeating: 0, count: 48 - track.count)
        var sealed = try arena.take(capacity: 48)
        try SecretKey(copying: base.span, for: cipher, in: arena)
            .workingKey(.dataRequest, for: number, in: arena)
            .encrypt(padded.span, into: &sealed)
        let ciphertext = sealed.withBytes { bytes in bytes.indices.map { bytes[$0] } }
        let block = SealedBlock(
            keySerialNumber: number, variants: [SealedBlock.Variant(.dataRequest)],
            pieces: [
                SealedBlock.Piece(
                    ciphertext: ciphertext,
                    tracks: [SealedBlock.Track(.two, count: track.count)])
            ])
        let opened = try Opening.open(block) { ring, arena in
            try Opening.published(ring, arena)
            try ring.add(.any, SecretKey(copying: base.span, for: cipher, in: arena))
        }
        #expect(opened.track2 == Opening.track2)
    }

    @Test func `refuses a second key of a key set, and more than it has room for`() throws {
        let arena = try SecretArena()
        let ring = try KeyRing(in: arena)
        try Opening.published(ring, arena)
        #expect(throws: KeyRingError.twice) { try Opening.published(ring, arena) }
        #expect(throws: KeyRingError.secrets(.noRoom)) {
            for index in 0..<300 {
                let keySet = try #require(KeySetID(String(index + 0x1000, radix: 16)))
                try ring.add(keySet, SecretKey.published(in: arena))
            }
        }
    }

    @Test(arguments: ["", "F", "ffff9876543210E00001", "123456789012345600000001"])
    func `reads a key set`(text: String) {
        #expect(KeySetID(text) != nil)
    }

    @Test(arguments: ["x", "FF FF", "1234567890123456000000012", "١"])
    func `reads no key set of other characters or of too many`(text: String) {
        #expect(KeySetID(text) == nil)
    }

    @Test func `names the fault and the remedy of every error`() {
        let faults: [OpeningFault] = [
            .noBaseKey, .notReadable, .hashWrong, .keys(.cipherRefused), .digestRefused,
        ]
        #expect(Set(faults.map(\.description)).count == faults.count)
        #expect(KeyRingError.twice.description != KeyRingError.secrets(.noRoom).description)
    }
}
