public import DUKPT
internal import Secrets

/// Composes ID TECH frames whose tracks are really encrypted, for tests of who opens them.
public struct SealedFrame: Sendable, CustomStringConvertible {
    /// The text of track 1 between its sentinels; `nil` for none.
    public var track1: String?
    /// The text of track 2 between its sentinels; `nil` for none.
    public var track2: String?
    /// The original format in place of the enhanced one.
    public var isOriginal = false
    /// Typed by a keyboard.
    public var isTyped = false
    /// The use of the key that encrypts.
    public var use = KeyUse.dataRequest
    /// Whether the frame says that it is the PIN variant.
    public var saysPIN = false
    /// AES in place of TDES.
    public var usesAES = false
    /// Bytes of the hashes: 20, 32, or none.
    public var hashBytes: Int?
    /// What is put into the place of the hashes.
    public var hash = Hash.right
    /// What stands before the card number's last four digits on the masked tracks; four digits
    /// of the number and asterisks when it is `nil`.
    public var shownNumber: String?
    /// The key serial number, 20 hex digits.
    public var keySerialNumber = "FFFF9876543210E00001"
    /// The base key of TDES-DUKPT; the published one when it is `nil`.
    public var baseKey: [UInt8]?
    /// Zeros in place of the ciphertext.
    public var isBlank = false

    /// What the reader sends for a hash.
    public enum Hash: Sendable {
        case right
        case wrong
        case zeros
    }

    /// A frame of these tracks.
    public init(track1: String?, track2: String?) {
        self.track1 = track1
        self.track2 = track2
    }

    /// Nothing of the tracks: a table names its rows.
    public var description: String { "a frame" }

    private var tracks: [[UInt8]] {
        // Any character does for the LRC: nobody computes it from the text.
        [track1.map { "%\($0)?!" }, track2.map { ";\($0)?0" }].map { Array(($0 ?? "").utf8) }
    }

    /// The frame from 02 to 03.
    public func bytes() throws -> [UInt8] {
        let data = try isOriginal ? originalData() : enhancedData()
        let length = [UInt8(data.count & 0xFF), UInt8(data.count >> 8)]
        return written([2] + length) + data
            + written([data.reduce(0, ^), data.reduce(0, &+), 3])
    }

    /// The frame as the gateway is sent it: in hex digits, or as it was typed.
    public func text() throws -> String {
        let bytes = try bytes()
        return String(decoding: isTyped ? bytes : Self.hexadecimal(bytes), as: UTF8.self)
    }

    private var present: UInt8 { (track1 == nil ? 0 : 1) | (track2 == nil ? 0 : 2) }
    private var lengths: [UInt8] { tracks.map { UInt8($0.count) } + [0] }
    private var isSHA256: Bool { hashBytes == 32 }

    private func enhancedData() throws -> [UInt8] {
        let status = present | present << 3 | (isSHA256 ? 0x40 : 0)
        let field8 = present | (usesAES ? 0x10 : 0) | (saysPIN ? 0x40 : 0)
        let field9 = present | (hashBytes == nil ? 0 : present << 3) | 0x80
        let header = [0x80, status] + lengths + [field8, field9] + (isSHA256 ? [1, 1] : [])
        return try written(header) + masked() + written(tracks.flatMap { try sealed($0) })
            + written(hashes()) + written(Self.bytes(keySerialNumber))
    }

    private func originalData() throws -> [UInt8] {
        try written([0x00, present | present << 3] + lengths) + masked()
            + written(sealed(tracks[0] + tracks[1])) + written(hashes())
            + written(Self.bytes(keySerialNumber))
    }

    private func hashes() -> [UInt8] {
        guard let count = isOriginal ? 20 : hashBytes else { return [] }
        return tracks.filter { !$0.isEmpty }.flatMap { track -> [UInt8] in
            switch hash {
            case .right: Calls.digest(of: track, count: count)
            case .wrong: Calls.digest(of: track + [0], count: count)
            case .zeros: [UInt8](repeating: 0, count: count)
            }
        }
    }

    private func sealed(_ track: [UInt8]) throws -> [UInt8] {
        let block = usesAES ? 16 : 8
        let count = (track.count + block - 1) / block * block
        let clear = track + [UInt8](repeating: 0, count: count - track.count)
        guard !isBlank else { return [UInt8](repeating: 0, count: count) }
        let arena = try SecretArena()
        var key = try workingKey(in: arena)
        if usesAES { key = try key.used(for: .aes128) }
        var sealed = try arena.take(capacity: count)
        try key.encrypt(clear.span, into: &sealed)
        return sealed.withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }

    private func workingKey(in arena: SecretArena) throws -> SecretKey {
        guard let number = KeySerialNumber(Self.bytes(keySerialNumber)) else {
            throw DUKPTError.serialNumberOfOtherStandard
        }
        guard let baseKey else {
            return try SecretKey.published(in: arena).workingKey(use, for: number, in: arena)
        }
        return try SecretKey(copying: baseKey.span, for: .tripleDES, in: arena)
            .workingKey(use, for: number, in: arena)
    }

    /// The tracks as the reader shows them.
    private func masked() -> [UInt8] {
        let lead = [2, 1]
        return zip(tracks, lead).flatMap { track, lead -> [UInt8] in
            guard let separator = track.firstIndex(where: { $0 == 0x5E || $0 == 0x3D }) else {
                return track
            }
            var shown = track
            for index in track.indices.dropFirst(separator + 1).dropLast(2) { shown[index] = 0x2A }
            if lead == 2 { shown[1] = 0x2A }
            for index in lead + 4..<separator - 4 { shown[index] = 0x2A }
            if let shownNumber {
                shown.replaceSubrange(lead..<separator - 4, with: shownNumber.utf8)
                shown = Array(shown.prefix(track.count))
            }
            return shown
        }
    }

    private func written(_ bytes: [UInt8]) -> [UInt8] {
        isTyped ? Self.hexadecimal(bytes) : bytes
    }

    /// The bytes of hexadecimal digits.
    public static func bytes(_ text: String) -> [UInt8] {
        let digits = text.compactMap { $0.hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }
}
