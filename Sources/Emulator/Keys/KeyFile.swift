internal import DUKPT
internal import Decryption
internal import Secrets

/// Base keys for encrypted swipes, read from a private file without leaving locked memory:
/// a JSON array of `{"keySetID": "FFFF98", "baseKey": "...", "scheme": "tdes"}`.
internal enum KeyFile {
    /// The base key that makers publish for their test readers, and those of a file. The published
    /// one opens what no key set of the file names.
    static func ring(
        from path: String?, in arena: SecretArena
    ) throws(EmulatorError) -> KeyRing {
        let ring: KeyRing
        do throws(KeyRingError) {
            ring = try KeyRing(in: arena)
        } catch {
            throw .keyFile(.ring(error, key: 0))
        }
        if let path { try add(keysOf: path, to: ring, in: arena) }
        do throws(KeyRingError) {
            try addPublished(to: ring, in: arena)
        } catch {
            // A file may have a key of its own for every reader.
            guard error == .twice else { throw .keyFile(.ring(error, key: 0)) }
        }
        return ring
    }

    private static func addPublished(
        to ring: KeyRing, in arena: SecretArena
    ) throws(KeyRingError) {
        let key: SecretKey
        do throws(DUKPTError) {
            key = try SecretKey.published(in: arena)
        } catch {
            throw .secrets(.arenaFull)
        }
        try ring.add(.any, key)
    }

    private static func add(
        keysOf path: String, to ring: KeyRing, in arena: SecretArena
    ) throws(EmulatorError) {
        var text: SecretBytes
        do throws(SecretError) {
            text = try arena.take(capacity: 4 * SecretArena.blockBytes)
        } catch {
            throw .secrets(error)
        }
        do throws(SecretFileError) {
            let maximum = text.capacity - 1
            try SecretFile.read(path, into: &text, maximum: maximum, isText: true)
        } catch {
            throw .keyFile(.file(error))
        }
        do throws(KeyFileFault) {
            try text.withBytes { (text: Span<UInt8>) throws(KeyFileFault) in
                for (index, row) in try KeyFileRow.read(text).enumerated() {
                    try row.add(to: ring, text, key: index + 1, in: arena)
                }
            }
        } catch {
            throw .keyFile(error)
        }
    }
}
