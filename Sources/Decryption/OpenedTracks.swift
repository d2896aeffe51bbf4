internal import DUKPT
public import Readers
public import Secrets
public import Tracks
public import Values

/// The clear tracks of a block, in locked memory.
public struct OpenedTracks: ~Copyable, Sendable {
    /// The tracks as they were encrypted; the ranges count in it.
    public let bytes: SecretBytes
    /// Where each whole track stands, from its start sentinel to its end sentinel or LRC.
    public let whole: PerTrack<ByteRange?>
    /// What stands on them.
    public let tracks: CardTracks
    /// What was made of the key that opened it.
    public let variant: SealedBlock.Variant

    /// Opens a block. What is right is judged by what comes out: padding of zeros, sentinels where
    /// the lengths say, a track that can be used, and the hashes where the reader sends some.
    /// - Throws: ``OpeningFault``
    public init(
        opening block: SealedBlock, with ring: KeyRing, in arena: SecretArena
    ) throws(OpeningFault) {
        var fault = OpeningFault.notReadable
        for variant in block.variants {
            do throws(OpeningFault) {
                self = try Self(opening: block, variant, with: ring, in: arena)
                return
            } catch {
                guard error == .notReadable || error == .hashWrong else { throw error }
                if error == .hashWrong { fault = error }
            }
        }
        throw fault
    }

    private init(
        opening block: SealedBlock, _ variant: SealedBlock.Variant, with ring: KeyRing,
        in arena: SecretArena
    ) throws(OpeningFault) {
        guard let key = try ring.key(variant, for: block.keySerialNumber, in: arena) else {
            throw .noBaseKey
        }
        var bytes = try Self.room(in: arena)
        let whole = try block.decrypt(with: key, into: &bytes)
        tracks = try bytes.withBytes { (bytes: Span<UInt8>) throws(OpeningFault) in
            try block.judge(bytes, whole)
        }
        tracks.mendSeparator(in: &bytes)
        self.whole = whole
        self.bytes = bytes
        self.variant = variant
    }

    private static func room(in arena: SecretArena) throws(OpeningFault) -> SecretBytes {
        do {
            return try arena.take(capacity: Limits.swipeBytesMaximum)
        } catch {
            throw .keys(.secrets(error))
        }
    }
}

extension SealedBlock {
    /// Decrypts every piece, and says where the tracks stand.
    fileprivate func decrypt(
        with key: borrowing SecretKey, into bytes: inout SecretBytes
    ) throws(OpeningFault) -> PerTrack<ByteRange?> {
        var whole = PerTrack<ByteRange?>(nil, nil, nil)
        for piece in pieces {
            var start = bytes.count
            do {
                try key.decrypt(piece.ciphertext.span, into: &bytes)
            } catch .notWholeBlocks {
                throw .notReadable
            } catch {
                throw .keys(error)
            }
            for track in piece.tracks {
                whole[track.number] = ByteRange(start: start, count: track.count)
                start += track.count
            }
            guard start <= bytes.count, bytes.withBytes({ $0.isZero(from: start) }) else {
                throw .notReadable
            }
        }
        return whole
    }

    /// Reads the clear tracks and holds them against the hashes.
    fileprivate func judge(
        _ bytes: Span<UInt8>, _ whole: PerTrack<ByteRange?>
    ) throws(OpeningFault) -> CardTracks {
        let tracks: CardTracks
        do {
            tracks = try CardTracks(
                bytes, wholeTracks: whole, readErrors: PerTrack(false, false, false))
        } catch {
            throw .notReadable
        }
        guard tracks.isUsable else { throw .notReadable }
        for number in TrackNumber.allCases {
            // Readers that send no hash leave zeros in its place.
            guard let hash = hashes[number], hash.contains(where: { $0 != 0 }),
                let range = whole[number]
            else { continue }
            guard try Calls.digest(of: bytes.extracting(range.range), count: hash.count) == hash
            else { throw .hashWrong }
        }
        return tracks
    }
}

extension Span where Element == UInt8 {
    /// True when nothing but zeros stands from an offset on.
    fileprivate func isZero(from start: Int) -> Bool {
        for index in start..<count where self[index] != 0 { return false }
        return true
    }
}
