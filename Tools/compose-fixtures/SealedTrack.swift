internal import DUKPT
internal import Decryption
internal import Secrets

/// What a reader's key is used for: tracks encrypted under the published test key.
internal enum SealedTrack {
    /// A track under the working key of the swipe, one chain of CBC, padded with zeros.
    static func bytes(
        of track: [UInt8], for use: KeyUse, _ number: KeySerialNumber
    ) throws -> [UInt8] {
        let arena = try SecretArena()
        let key = try SecretKey.published(in: arena).workingKey(use, for: number, in: arena)
        var sealed = try arena.take(capacity: SecretArena.blockBytes)
        let padding = [UInt8](repeating: 0, count: (8 - track.count % 8) % 8)
        try key.encrypt((track + padding).span, into: &sealed)
        return sealed.withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }

    /// The hash that readers take of a whole track: SHA-1.
    static func hash(of track: [UInt8]) throws -> [UInt8] {
        try SealedBlock.hash(of: track.span)
    }
}
