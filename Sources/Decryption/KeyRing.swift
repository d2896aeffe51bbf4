public import DUKPT
public import Secrets
internal import Synchronization

/// The base keys of a host, each with the key serial numbers that it is for, in locked memory.
public final class KeyRing: Sendable {
    private struct Row {
        let keySet: KeySetID
        let cipher: Cipher
        /// Where the key begins in the bytes of all keys.
        let start: Int
    }

    private struct State: ~Copyable {
        var rows: [Row] = []
        var keys: SecretBytes

        borrowing func copy(
            of row: Row, in arena: SecretArena
        ) throws(DUKPTError) -> SecretBytes {
            do throws(SecretError) {
                var copy = try arena.take(capacity: row.cipher.keyBytes)
                try keys.withBytes { (keys: Span<UInt8>) throws(SecretError) in
                    let end = row.start + row.cipher.keyBytes
                    try copy.append(keys.extracting(row.start..<end))
                }
                return copy
            } catch {
                throw .secrets(error)
            }
        }
    }

    private let state: Mutex<State>

    /// An empty ring; it takes one block of the arena.
    /// - Throws: ``KeyRingError/secrets(_:)``
    public init(in arena: SecretArena) throws(KeyRingError) {
        do {
            state = Mutex(State(keys: try arena.take(capacity: SecretArena.blockBytes)))
        } catch {
            throw .secrets(error)
        }
    }

    /// Adds a base key. Where two fit a serial number, the one whose key set has more digits
    /// opens its blocks.
    /// - Throws: ``KeyRingError``: `twice` when the key set has a key of that standard already,
    ///   `secrets` when there is no room.
    public func add(
        _ keySet: KeySetID, _ key: borrowing SecretKey
    ) throws(KeyRingError) {
        let cipher = key.cipher
        try state.withLock { state throws(KeyRingError) in
            let isTwice = state.rows.contains {
                $0.keySet == keySet
                    && $0.cipher.serialNumberBytes == cipher.serialNumberBytes
            }
            guard !isTwice else { throw .twice }
            let start = state.keys.count
            do throws(SecretError) {
                try key.bytes.withBytes { (bytes: Span<UInt8>) throws(SecretError) in
                    try state.keys.append(bytes)
                }
            } catch {
                throw .secrets(error)
            }
            state.rows.append(Row(keySet: keySet, cipher: cipher, start: start))
        }
    }

    /// A block's key of one variant; `nil` when no base key is for its serial number.
    internal func key(
        _ variant: SealedBlock.Variant, for number: KeySerialNumber, in arena: SecretArena
    ) throws(OpeningFault) -> SecretKey? {
        do throws(DUKPTError) {
            guard let base = try baseKey(for: number, in: arena) else {
                return nil
            }
            let key = try base.workingKey(variant.use, for: number, in: arena)
            guard variant.usesAES, key.cipher == .tripleDES else { return key }
            return try key.used(for: .aes128)
        } catch {
            throw .keys(error)
        }
    }

    private func baseKey(
        for number: KeySerialNumber, in arena: SecretArena
    ) throws(DUKPTError) -> SecretKey? {
        try state.withLock { state throws(DUKPTError) -> SecretKey? in
            let fitting = state.rows.filter {
                $0.cipher.serialNumberBytes == number.bytes.count && $0.keySet.names(number)
            }
            guard let row = fitting.max(by: { $0.keySet.digits.count < $1.keySet.digits.count })
            else { return nil }
            return try SecretKey(try state.copy(of: row, in: arena), for: row.cipher)
        }
    }
}

/// The digits with which the serial numbers of a base key's readers begin.
public struct KeySetID: Equatable, Sendable {
    /// The value of each hexadecimal digit.
    internal let digits: [UInt8]

    /// All serial numbers.
    public static let any = KeySetID(digits: [])

    private init(digits: [UInt8]) { self.digits = digits }

    /// Reads 0 to 24 hexadecimal digits; `nil` when it is anything else.
    public init?(_ text: String) {
        let digits = text.compactMap(\.hexDigitValue).map { UInt8($0) }
        guard digits.count == text.count, text.utf8.count == text.count, digits.count <= 24 else {
            return nil
        }
        self.digits = digits
    }

    /// True when a serial number begins with these digits.
    internal func names(_ number: KeySerialNumber) -> Bool {
        number.bytes.flatMap { [$0 >> 4, $0 & 15] }.starts(with: digits)
    }
}

/// Why a key cannot be added to a ring.
public enum KeyRingError: Error, Equatable, Sendable {
    /// The key set has a key already.
    case twice
    /// No locked memory, or no room in it.
    case secrets(SecretError)
}

extension KeyRingError: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .twice: "the key set has two base keys; leave one of them out"
        case .secrets(let error): error.description
        }
    }
}
