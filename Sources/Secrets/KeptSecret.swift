/// A short secret that an answer of the gateway holds for whoever needs it later, such as a card's
/// token or expiry.
///
/// It is wiped when its last holder goes, and cannot be printed, reflected or encoded by accident.
/// It is not locked into memory, since a report may hold thousands: a card's number, its tracks and
/// its CVV belong into ``SecretBytes``.
public struct KeptSecret: Sendable {
    private final class Storage: Sendable {
        let bytes: WipedBytes

        init(_ span: Span<UInt8>) {
            var bytes = WipedBytes(capacity: max(1, span.count))
            bytes.append(span)
            self.bytes = bytes
        }
    }

    private let storage: Storage

    /// Keeps a copy of the bytes.
    public init(_ bytes: Span<UInt8>) { storage = Storage(bytes) }

    /// How many bytes it holds.
    public var count: Int { storage.bytes.count }

    /// Lets `body` read the bytes.
    public func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result { try storage.bytes.withBytes(body) }
}

extension KeptSecret: Equatable {
    /// True when both hold the same bytes; the time taken tells only whether the counts agree.
    public static func == (one: KeptSecret, other: KeptSecret) -> Bool {
        guard one.count == other.count else { return false }
        return one.withBytes { mine in
            other.withBytes { theirs in
                var difference: UInt8 = 0
                for index in mine.indices { difference |= mine[index] ^ theirs[index] }
                return difference == 0
            }
        }
    }
}

extension KeptSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Four asterisks.
    public var description: String { "****" }
    /// Four asterisks.
    public var debugDescription: String { "****" }
    /// Nothing of it.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
