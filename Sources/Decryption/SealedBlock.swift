public import DUKPT
public import Readers
public import Values

/// An encrypted block as its reader's layout gives it: what is needed to open it, whoever made
/// the reader. A maker's layout is an initializer in a file of its own.
public struct SealedBlock: Equatable, Sendable {
    /// Which key the block is encrypted under.
    public var keySerialNumber: KeySerialNumber
    /// What may be done with that key, the likeliest first: readers do not always say.
    public var variants: [Variant]
    /// What was encrypted, in the order of the block.
    public var pieces: [Piece]
    /// SHA-1 (20 bytes) or SHA-256 (32 bytes) over each whole track; `nil` where there is none.
    public var hashes = PerTrack<[UInt8]?>(nil, nil, nil)
    /// The card number as far as the reader shows it, a byte a digit; `nil` when it shows none.
    public var maskedPAN: [UInt8]?

    /// What is made of a transaction's key.
    public struct Variant: Equatable, Sendable {
        /// The use that the working key is derived for.
        public var use: KeyUse
        /// True when the key of TDES-DUKPT is used for AES; AES-DUKPT needs no saying.
        public var usesAES: Bool

        /// A variant.
        public init(_ use: KeyUse, usesAES: Bool = false) {
            self.use = use
            self.usesAES = usesAES
        }
    }

    /// One chain of CBC from an IV of zeros, with zeros up to the last block's end.
    public struct Piece: Equatable, Sendable {
        /// A whole number of blocks.
        public var ciphertext: [UInt8]
        /// The tracks in it, one behind the other.
        public var tracks: [Track]

        /// A piece.
        public init(ciphertext: [UInt8], tracks: [Track]) {
            self.ciphertext = ciphertext
            self.tracks = tracks
        }
    }

    /// A track, and how many characters it has with its sentinels (and LRC, if it was sent).
    public struct Track: Equatable, Sendable {
        /// Which.
        public var number: TrackNumber
        /// Characters.
        public var count: Int

        /// A track.
        public init(_ number: TrackNumber, count: Int) {
            self.number = number
            self.count = count
        }
    }

    /// A block.
    public init(keySerialNumber: KeySerialNumber, variants: [Variant], pieces: [Piece]) {
        self.keySerialNumber = keySerialNumber
        self.variants = variants
        self.pieces = pieces
    }

    /// The hash that readers take of a whole track, sentinels and LRC included: SHA-1, 20 bytes.
    /// - Throws: ``OpeningFault/digestRefused``
    package static func hash(of track: Span<UInt8>) throws(OpeningFault) -> [UInt8] {
        try Calls.digest(of: track, count: 20)
    }

    /// True when the number agrees with what the reader shows of it: the length, and those of the
    /// first and last four digits that are not masked. What stands between may be a filler, which
    /// with some makers is a digit.
    public func shows(_ pan: Span<UInt8>) -> Bool {
        guard let maskedPAN else { return true }
        guard maskedPAN.count == pan.count else { return false }
        let ends = [maskedPAN.indices.prefix(4), maskedPAN.indices.suffix(4)].joined()
        return ends.allSatisfy { index in
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(maskedPAN[index])
            return !isDigit || maskedPAN[index] == pan[index]
        }
    }
}
