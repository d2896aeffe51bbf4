import DUKPT
import Secrets

/// The rows of key derivation, held against module DUKPT.
enum KeyRows {
    /// What a row says of one key, and how it is derived.
    private typealias Derivation =
        @Sendable (borrowing SecretKey, KeySerialNumber, SecretArena) throws -> SecretKey

    private static let derivations: [String: Derivation] = [
        "ipek": { base, number, arena in try base.initialKey(for: number, in: arena) },
        "initial_key": { base, number, arena in try base.initialKey(for: number, in: arena) },
        "derived_key": { base, number, arena in try base.transactionKey(for: number, in: arena) },
        "transaction_key": { base, number, arena in
            try base.transactionKey(for: number, in: arena)
        },
        "pin_key": { base, number, arena in
            try base.workingKey(.pin, for: number, in: arena)
        },
        "mac_gen_key": { base, number, arena in
            try base.workingKey(.macRequest, for: number, in: arena)
        },
        "data_key": { base, number, arena in
            try base.workingKey(.dataRequest, for: number, in: arena)
        },
        "data_encrypt_key": { base, number, arena in
            try base.workingKey(.dataRequest, for: number, in: arena)
        },
    ]

    /// Texts that a row has encrypted, by the use of the key; padded with zeros.
    private static let messages: [String: (clear: String, use: KeyUse)] = [
        "pin_block_encrypted": ("pin_block_clear", .pin),
        "data_request_encrypted": ("data_clear_ascii", .dataRequest),
        "data_response_encrypted": ("data_clear_ascii", .dataResponse),
    ]

    private static let common: Set<String> = [
        "name", "reader", "mode", "raw_hex", "key", "key_kind", "ksn", "expected",
    ]

    /// `vectors/dukpt_tdes.json`
    static let tripleDES = Runner(
        paths: common.union(TrackRows.vectors.paths)
            .union(derivations.keys.map { "expected.\($0)" })
            .union(messages.flatMap { ["expected.\($0.key)", "expected.\($0.value.clear)"] })
            .union(["expected.data_padding", "expected.by_ksn"])
            .union(
                [
                    "EFF801", "EFF802", "EFF804", "EFF808", "EFF810", "EFF820", "EFF840",
                    "EFF880", "EFF900", "EFFA00", "EFFC00", "F00000",
                ].map { "expected.by_ksn.FFFF9876543210\($0)" }),
        exceptions: [:],
        check: { row in
            try keys(row, as: .tripleDES) + texts(row) + blocks(row) + tracks(row)
        })

    /// `vectors/dukpt_aes.json`
    static let aes = Runner(
        paths: common.union(derivations.keys.map { "expected.\($0)" }), exceptions: [:],
        check: { row in
            try keys(row, as: row["key"]?.text?.utf8.count == 64 ? .aes256 : .aes128)
        })

    /// The keys of a row that are not as it says.
    static func keys(_ row: JSONValue, as cipher: Cipher) throws -> [String] {
        try derivations.keys.sorted().map { "expected.\($0)" }.filter { path in
            guard let expected = row[path]?.text else { return false }
            let derivation = derivations[String(path.dropFirst("expected.".count))]
            let arena = try SecretArena()
            let base = try base(row, as: cipher, in: arena)
            guard let number = number(row["ksn"]), let derivation else { return true }
            return Hexadecimal.of(try derivation(base, number, arena).bytes)
                != expected.uppercased()
        }
    }

    private static func texts(_ row: JSONValue) throws -> [String] {
        try messages.keys.sorted().filter { name in
            guard let expected = row["expected.\(name)"]?.text, let message = messages[name],
                let clear = row["expected.\(message.clear)"]?.text
            else { return false }
            let bytes =
                message.use == .pin ? Hexadecimal.bytes(clear) ?? [] : Array(clear.utf8)
            return try encrypted(bytes, message.use, row["ksn"], row) != expected
        }.map { "expected.\($0)" }
    }

    /// PIN blocks of many serial numbers.
    private static func blocks(_ row: JSONValue) throws -> [String] {
        guard case .object(let members)? = row["expected.by_ksn"] else { return [] }
        let clear = Hexadecimal.bytes(row["expected.pin_block_clear"]?.text ?? "") ?? []
        return try members.keys.sorted().filter { number in
            try encrypted(clear, .pin, .text(number), row) != members[number]?.text
        }.map { "expected.by_ksn.\($0)" }
    }

    private static func encrypted(
        _ clear: [UInt8], _ use: KeyUse, _ serial: JSONValue?, _ row: JSONValue
    ) throws -> String? {
        let arena = try SecretArena()
        guard let number = number(serial) else { return nil }
        let key = try base(row, as: .tripleDES, in: arena).workingKey(use, for: number, in: arena)
        let padded = clear + [UInt8](repeating: 0, count: (8 - clear.count % 8) % 8)
        var output = try arena.take(capacity: padded.count)
        try key.encrypt(padded.span, into: &output)
        return Hexadecimal.of(output)
    }

    /// Rows whose `raw_hex` is the ciphertext of a track.
    private static func tracks(_ row: JSONValue) throws -> [String] {
        guard let ciphertext = row["raw_hex"]?.text else { return [] }
        let use: KeyUse = row["mode"]?.text?.contains("pin variant") == true ? .pin : .dataRequest
        let key = row["key"]?.text ?? ""
        guard let clear = try decrypted(ciphertext, use, row["ksn"], base: key) else {
            return ["raw_hex"]
        }
        return TrackRows.clearFailures(row, try ReadSwipe(clear))
    }

    /// What a ciphertext of TDES-DUKPT hides, its padding of zeros dropped.
    static func decrypted(
        _ ciphertext: String, _ use: KeyUse, _ serial: JSONValue?, base: String
    ) throws -> String? {
        let arena = try SecretArena()
        guard let number = number(serial), let bytes = Hexadecimal.bytes(ciphertext),
            let base = Hexadecimal.bytes(base)
        else { return nil }
        let key = try SecretKey(copying: base.span, for: .tripleDES, in: arena)
            .workingKey(use, for: number, in: arena)
        var output = try arena.take(capacity: bytes.count)
        try key.decrypt(bytes.span, into: &output)
        let clear = output.withBytes { bytes in bytes.indices.map { bytes[$0] } }
        return String(decoding: clear.reversed().drop { $0 == 0 }.reversed(), as: UTF8.self)
    }

    private static func base(
        _ row: JSONValue, as cipher: Cipher, in arena: SecretArena
    ) throws -> SecretKey {
        let bytes = Hexadecimal.bytes(row["key"]?.text ?? "") ?? []
        return try SecretKey(copying: bytes.span, for: cipher, in: arena)
    }

    static func number(_ value: JSONValue?) -> KeySerialNumber? {
        Hexadecimal.bytes(value?.text ?? "").flatMap { KeySerialNumber($0) }
    }
}

/// Bytes in hexadecimal digits, as rows write them.
enum Hexadecimal {
    static func bytes(_ text: String) -> [UInt8]? { IDTechRows.bytes(hex: text) }

    static func text(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }

    /// Of published keys and of what they hide in published samples.
    static func of(_ secret: borrowing SecretBytes) -> String {
        text(secret.withBytes { bytes in bytes.indices.map { bytes[$0] } })
    }
}
