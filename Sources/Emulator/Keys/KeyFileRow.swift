internal import DUKPT
internal import Decryption
internal import Secrets
internal import Values

/// One key of a key file: where its members stand, no byte of them.
internal struct KeyFileRow {
    private var members: [String: ByteRange] = [:]
    private static let names = ["keySetID", "baseKey", "scheme"]

    /// All keys of a file.
    static func read(_ text: Span<UInt8>) throws(KeyFileFault) -> [KeyFileRow] {
        var cursor = KeyFileCursor()
        var rows: [KeyFileRow] = []
        try cursor.take("[", of: text)
        if cursor.skips("]", of: text) { return try cursor.ending(rows, text) }
        repeat {
            rows.append(try row(text, &cursor, key: rows.count + 1))
        } while cursor.skips(",", of: text)
        try cursor.take("]", of: text)
        return try cursor.ending(rows, text)
    }

    private static func row(
        _ text: Span<UInt8>, _ cursor: inout KeyFileCursor, key: Int
    ) throws(KeyFileFault) -> KeyFileRow {
        var row = KeyFileRow()
        try cursor.take("{", of: text)
        repeat {
            let name = try cursor.string(text)
            try cursor.take(":", of: text)
            let value = try cursor.string(text)
            let known = names.first { text.holds($0, at: name) }
            guard let known, row.members.updateValue(value, forKey: known) == nil else {
                throw .memberUnknown(key: key)
            }
        } while cursor.skips(",", of: text)
        try cursor.take("}", of: text)
        return row
    }

    /// Adds the key to a ring.
    func add(
        to ring: KeyRing, _ text: Span<UInt8>, key: Int, in arena: SecretArena
    ) throws(KeyFileFault) {
        let digits = try range("keySetID", key: key)
        let base = try range("baseKey", key: key)
        let scheme = try range("scheme", key: key)
        guard let cipher = Cipher.allCases.first(where: { text.holds($0.rawValue, at: scheme) })
        else { throw .scheme(key: key) }
        guard let keySet = KeySetID(Self.text(text, digits)) else {
            throw .keySetID(key: key)
        }
        let secret = try Self.secret(text, base, for: cipher, key: key, in: arena)
        do { try ring.add(keySet, secret) } catch { throw .ring(error, key: key) }
    }

    private static func text(_ text: Span<UInt8>, _ range: ByteRange) -> String {
        String(decoding: range.range.map { text[$0] }, as: UTF8.self)
    }

    private func range(_ name: String, key: Int) throws(KeyFileFault) -> ByteRange {
        guard let range = members[name] else { throw .memberMissing(name, key: key) }
        return range
    }

    private static func secret(
        _ text: Span<UInt8>, _ range: ByteRange, for cipher: Cipher, key: Int,
        in arena: SecretArena
    ) throws(KeyFileFault) -> SecretKey {
        let fault = KeyFileFault.baseKey(digits: 2 * cipher.keyBytes, key: key)
        guard range.count == 2 * cipher.keyBytes else { throw fault }
        do {
            var bytes = try arena.take(capacity: cipher.keyBytes)
            for offset in stride(from: range.start, to: range.end, by: 2) {
                guard let high = HexText.value(of: text[offset]),
                    let low = HexText.value(of: text[offset + 1])
                else { throw fault }
                try bytes.append(high << 4 | low)
            }
            return try SecretKey(bytes, for: cipher)
        } catch let error as SecretError {
            throw .ring(.secrets(error), key: key)
        } catch {
            throw fault
        }
    }
}
